import { gridOf, leastWidth, shownColumns, type PlacedColumn } from '../model/columns';
import { TABLES, type ColumnOf, type TableName } from '../model/tables';
import { useApp } from './state';

export interface ShownTable<Id extends string> {
  readonly columns: readonly PlacedColumn<Id>[];
  /** grid-template-columns. */
  readonly grid: string;
  /** CSS pixels: in less room the table scrolls sideways. */
  readonly least: number;
}

/** The columns of a table as the person wants them. */
export function useColumns<T extends TableName>(table: T): ShownTable<ColumnOf<T>> {
  const places = useApp((state) => state.layout[table]);
  const columns = shownColumns<string>(TABLES[table].columns, places);
  // Names of the one table alone stand in its places: of the union the compiler knows no better.
  return { columns: columns as readonly PlacedColumn<ColumnOf<T>>[], grid: gridOf(columns), least: leastWidth(columns) };
}
