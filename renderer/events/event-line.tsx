import type { EventRow } from '../../preload/contract/query';
import { assertUnreachable } from '../../preload/contract/result';
import type { PlacedColumn } from '../model/columns';
import type { EventColumn } from '../model/tables';
import { rowMoment, type TimeTelling } from '../model/time-mode';
import { formatCount, formatDelta } from '../model/time-scale';
import { classNames } from '../ui/class-names';
import { VirtualLine } from '../ui/virtual-list';
import css from './events.module.css';

export function eventElementId(seq: number): string {
  return `event-${seq}`;
}

interface EventLineProps {
  /** Undefined until it has been fetched. */
  readonly row: EventRow | undefined;
  readonly place: number;
  readonly total: number;
  /** Time of the row above, once that is fetched. */
  readonly before: number | undefined;
  readonly columns: readonly PlacedColumn<EventColumn>[];
  /** grid-template-columns. */
  readonly grid: string;
  readonly telling: TimeTelling;
  readonly top: number;
  readonly selected: boolean;
  readonly onChoose: () => void;
}

/** What tells the kinds of events apart at a glance, beside their words. */
const SIGNS: Readonly<Record<EventRow['kind'], string>> = {
  'call': '→', 'return': '←', 'callback': '⤷', 'callback-return': '⤶', 'completion': '◆', 'connection': '⌁', 'note': '·', 'engine-lost': '!', 'observed': '◦',
};

const KINDS: Readonly<Record<EventRow['kind'], string>> = {
  'call': 'call', 'return': 'return', 'callback': 'callback', 'callback-return': 'callback end', 'completion': 'completion', 'connection': 'connection', 'note': 'note', 'engine-lost': 'engine lost', 'observed': 'observed',
};

export function EventLine({ row, place, total, before, columns, grid, telling, top, selected, onChoose }: EventLineProps) {
  const id = row === undefined ? undefined : eventElementId(row.seq);
  return (
    <VirtualLine id={id} place={place} count={total} top={top} grid={grid} selected={selected} className={css.line} onChoose={onChoose}>
      {row !== undefined && columns.map((column) => <Cell key={column.id} column={column.id} row={row} before={before} telling={telling} />)}
    </VirtualLine>
  );
}

interface CellProps {
  readonly column: EventColumn;
  readonly row: EventRow;
  readonly before: number | undefined;
  readonly telling: TimeTelling;
}

function Cell({ column, row, before, telling }: CellProps) {
  const number = classNames(css.cell, css.number);
  switch (column) {
    case 'seq': return <span className={number}>{formatCount(row.seq)}</span>;
    case 'time': return <span className={number}>{rowMoment(row.time, before, telling)}</span>;
    case 'delta': return <span className={number}>{before === undefined ? '' : formatDelta(row.time - before)}</span>;
    case 'handle': return <span className={css.cell} title={row.handleLabel}>{row.handleLabel}</span>;
    case 'kind': return <span className={classNames(css.cell, css.quiet)}>{KINDS[row.kind]}</span>;
    case 'event': return <span className={css.cell} title={row.title}><i className={css.sign} aria-hidden="true">{SIGNS[row.kind]}</i>{row.title}</span>;
    case 'detail': return <span className={classNames(css.cell, css.quiet)} title={row.detail}>{row.detail}</span>;
    case 'result': return <span className={classNames(css.cell, css[row.tone])} title={row.result}>{row.result}</span>;
    case 'thread': return <span className={number}>{row.thread}</span>;
    default: return assertUnreachable(column);
  }
}
