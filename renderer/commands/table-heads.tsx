import { lazy, Suspense, useState } from 'react';
import { withPutAt, withWidth, type ColumnInfo, type ColumnPlace } from '../model/columns';
import { TABLES, type TableName } from '../model/tables';
import { momentHead } from '../model/time-mode';
import { useColumns } from '../store/columns';
import { placeColumns } from '../store/layout-actions';
import { useApp } from '../store/state';
import { useTelling } from '../store/telling';
import { ColumnHeads } from '../ui/column-heads';

/** Asked for now and then: it is loaded when it is. */
export const ColumnsMenu = lazy(() => import('./columns-menu'));

/** The heads of a table, whose columns are chosen, moved and resized there. */
export function TableHeads({ table }: { readonly table: TableName }) {
  const { columns, grid } = useColumns(table);
  const places: readonly ColumnPlace[] = useApp((state) => state.layout[table]);
  const telling = useTelling();
  const [menu, setMenu] = useState<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const infos: readonly ColumnInfo[] = TABLES[table].columns;
  return (
    <>
      <ColumnHeads<string>
        columns={columns.map((column) => (column.id === 'time' ? { ...column, title: momentHead(telling) } : column))} grid={grid}
        onWidth={(id, width) => placeColumns(table, withWidth(infos, places, id, width))}
        onPutAt={(id, at) => placeColumns(table, withPutAt(places, id, at))}
        onMenu={(x, y) => setMenu({ x, y })}
      />
      {menu !== undefined && <Suspense><ColumnsMenu table={table} x={menu.x} y={menu.y} onClose={() => setMenu(undefined)} /></Suspense>}
    </>
  );
}
