import { useState } from 'react';
import { withMoved, withShown, withWidth, type ColumnInfo, type ColumnPlace } from '../model/columns';
import { TABLES, type TableName } from '../model/tables';
import { placeColumns, resetColumns } from '../store/layout-actions';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Tabs } from '../ui/tabs';
import css from './columns-dialog.module.css';

/** One press of wider or narrower, in CSS pixels. */
const STEP = 16;

// Object.keys tells no better than that they are names.
const TABS = (Object.keys(TABLES) as TableName[]).map((id) => ({ id, label: TABLES[id].title }));

/** Which columns the tables show, in which order and how wide: everything that a pointer does at their heads. */
export default function ColumnsDialog({ table: asked }: { readonly table: TableName }) {
  const [table, setTable] = useState(asked);
  const places: readonly ColumnPlace[] = useApp((state) => state.layout[table]);
  const infos: readonly ColumnInfo[] = TABLES[table].columns;
  const leave = (): void => showDialog(undefined);
  return (
    <Dialog title="Columns" onClose={leave} footer={<><Button look="quiet" onPress={() => resetColumns(table)}>As at first</Button><Button focusFirst onPress={leave}>Done</Button></>}>
      <Tabs name="Tables" tabs={TABS} shown={table} onShow={setTable} />
      <div role="tabpanel" aria-label={TABLES[table].title}>
        <ol className={css.columns}>
          {places.map((place, at) => {
            const info = infos.find(({ id }) => id === place.id);
            return info !== undefined && <ColumnLine key={place.id} table={table} info={info} place={place} places={places} first={at === 0} last={at === places.length - 1} />;
          })}
        </ol>
        <p className={css.hint}>
          {TABLES[table].widths ? 'Auto: a column is as wide as it must be, and shares the room that is left.' : 'Each stands behind the name of its handle, as far as there is room.'}
        </p>
      </div>
    </Dialog>
  );
}

interface ColumnLineProps {
  readonly table: TableName;
  readonly info: ColumnInfo;
  readonly place: ColumnPlace;
  readonly places: readonly ColumnPlace[];
  readonly first: boolean;
  readonly last: boolean;
}

function ColumnLine({ table, info, place, places, first, last }: ColumnLineProps) {
  const { id, title, always } = info;
  const infos: readonly ColumnInfo[] = TABLES[table].columns;
  const name = title === 'Δ' ? 'Δ (after the row above)' : title === '#' ? '# (number of the event)' : title;
  const move = (by: number): void => placeColumns(table, withMoved(places, id, by));
  const widen = (width: number | undefined): void => placeColumns(table, withWidth(infos, places, id, width));
  return (
    <li className={css.column}>
      <label className={css.name}>
        <input
          type="checkbox" checked={place.shown} disabled={always === true} title={always === true ? 'A row says nothing without it' : undefined}
          onChange={() => placeColumns(table, withShown(infos, places, id, !place.shown))}
        />
        {name}
      </label>
      {TABLES[table].widths && (
        <span className={css.width}>
          <Button look="quiet" name={`Make ${title} narrower`} onPress={() => widen((place.width ?? info.least) - STEP)}>−</Button>
          <output className={css.pixels} aria-label={`Width of ${title}`}>{place.width === undefined ? 'auto' : `${place.width} px`}</output>
          <Button look="quiet" name={`Make ${title} wider`} onPress={() => widen((place.width ?? info.least) + STEP)}>+</Button>
          <Button look="quiet" name={`Auto: let ${title} be as wide as fits`} offReason={place.width === undefined ? 'It is so already.' : undefined} onPress={() => widen(undefined)}>Auto</Button>
        </span>
      )}
      <span className={css.order}>
        <Button look="quiet" name={`Move ${title} up`} offReason={first ? 'It is the first already.' : undefined} onPress={() => move(-1)}>↑</Button>
        <Button look="quiet" name={`Move ${title} down`} offReason={last ? 'It is the last already.' : undefined} onPress={() => move(1)}>↓</Button>
      </span>
    </li>
  );
}
