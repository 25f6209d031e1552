import type { EventRow } from '../../preload/contract/query';
import { formatTime } from '../model/time-scale';
import { classNames } from '../ui/class-names';
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
  const style = { transform: `translateY(${top}px)` };
  if (row === undefined) return <div className={css.line} style={style} role="option" aria-selected={false} aria-label="not fetched yet" />;
  return (
    // The list has the focus and takes the keys; a pointer needs the line.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- aria-activedescendant
    <div
      id={eventElementId(row.seq)}
      role="option"
      aria-selected={selected}
      aria-posinset={place + 1}
      aria-setsize={total}
      className={classNames(css.line, selected && css.selected)}
      style={style}
      onClick={onChoose}
    >
      <span className={classNames(css.cell, css.number)}>{formatTime(row.time)}</span>
      <span className={classNames(css.cell, css.number)}>{delta}</span>
      <span className={css.cell} title={row.handleLabel}>{row.handleLabel}</span>
      <span className={css.cell} title={row.title}><i className={css.sign} aria-hidden="true">{SIGNS[row.kind]}</i>{row.title}</span>
      <span className={classNames(css.cell, css.quiet)} title={row.detail}>{row.detail}</span>
      <span className={classNames(css.cell, css[row.tone])} title={row.result}>{row.result}</span>
      <span className={classNames(css.cell, css.number)}>{row.thread}</span>
    </div>
  );
}
