import { withShown, type ColumnInfo, type ColumnPlace } from '../model/columns';
import { TABLES, type TableName } from '../model/tables';
import { TIME_MODES, TIME_MODE_WORDS } from '../model/time-mode';
import { placeColumns, resetColumns } from '../store/layout-actions';
import { useApp } from '../store/state';
import { tellTime } from '../store/time-actions';
import { showDialog } from '../store/view-actions';
import { Menu, type MenuItem } from '../ui/menu';

interface ColumnsMenuProps {
  readonly table: TableName;
  readonly x: number;
  readonly y: number;
  readonly onClose: () => void;
}

/** Which columns a table shows, and how it tells the time. */
export default function ColumnsMenu({ table, x, y, onClose }: ColumnsMenuProps) {
  const places: readonly ColumnPlace[] = useApp((state) => state.layout[table]);
  const mode = useApp((state) => state.layout.timeMode);
  const infos: readonly ColumnInfo[] = TABLES[table].columns;
  const choices = places.map(({ id, shown }): MenuItem => {
    const info = infos.find((one) => one.id === id);
    return {
      key: id, label: info?.title ?? id, checked: shown, offReason: info?.always === true ? 'A row says nothing without it.' : undefined,
      onPress: () => placeColumns(table, withShown(infos, places, id, !shown)),
    };
  });
  const times = TIME_MODES.map((one, place): MenuItem => ({
    key: `time-${one}`, begins: place === 0, label: `Time: ${TIME_MODE_WORDS[one].label.toLowerCase()}`, checked: one === mode, onPress: () => void tellTime(one),
  }));
  const more: readonly MenuItem[] = [
    { key: 'columns', begins: true, label: 'Order and widths…', onPress: () => showDialog({ kind: 'columns', table }) },
    { key: 'reset', label: 'Columns as at first', onPress: () => resetColumns(table) },
  ];
  return <Menu name={`Columns of ${TABLES[table].title.toLowerCase()}`} x={x} y={y} items={[...choices, ...more, ...times]} onClose={onClose} />;
}
