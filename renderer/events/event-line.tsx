import type { EventRow } from '../../preload/contract/query';
import { formatTime } from '../model/time-scale';
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
  /** Since the row before, in words. */
  readonly delta: string;
  readonly top: number;
  readonly selected: boolean;
  readonly onChoose: () => void;
}

/** What tells the kinds of events apart at a glance, beside their words. */
const SIGNS: Readonly<Record<EventRow['kind'], string>> = {
  'call': '→', 'return': '←', 'callback': '⤷', 'callback-return': '⤶', 'completion': '◆', 'connection': '⌁', 'note': '·', 'engine-lost': '!', 'observed': '◦',
};

export function EventLine({ row, place, total, delta, top, selected, onChoose }: EventLineProps) {
  const id = row === undefined ? undefined : eventElementId(row.seq);
  return (
    <VirtualLine id={id} place={place} count={total} top={top} selected={selected} className={css.line} onChoose={onChoose}>
      {row !== undefined && <Cells row={row} delta={delta} />}
    </VirtualLine>
  );
}

function Cells({ row, delta }: { readonly row: EventRow; readonly delta: string }) {
  return (
    <>
      <span className={classNames(css.cell, css.number)}>{formatTime(row.time)}</span>
      <span className={classNames(css.cell, css.number)}>{delta}</span>
      <span className={css.cell} title={row.handleLabel}>{row.handleLabel}</span>
      <span className={css.cell} title={row.title}><i className={css.sign} aria-hidden="true">{SIGNS[row.kind]}</i>{row.title}</span>
      <span className={classNames(css.cell, css.quiet)} title={row.detail}>{row.detail}</span>
      <span className={classNames(css.cell, css[row.tone])} title={row.result}>{row.result}</span>
      <span className={classNames(css.cell, css.number)}>{row.thread}</span>
    </>
  );
}
