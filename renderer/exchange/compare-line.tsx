import type { DiffRow, DiffSide, DiffState } from '../../preload/contract/comparison';
import { formatTime } from '../model/time-scale';
import { classNames } from '../ui/class-names';
import { SeveritySign } from '../ui/severity-sign';
import { VirtualLine } from '../ui/virtual-list';
import css from './compare.module.css';

/** The sign between the columns, and what it is called: never colour alone. */
const SIGNS: Readonly<Record<DiffState, { readonly sign: string; readonly words: string }>> = {
  same: { sign: '', words: 'the same' }, changed: { sign: '≠', words: 'changed' }, 'only-a': { sign: '−', words: 'in A alone' }, 'only-b': { sign: '+', words: 'in B alone' },
};

export function compareLineId(place: number): string {
  return `compared-${place}`;
}

/** "3.2 times as long in B"; undefined within the threshold. */
export function ratioWords({ ratio }: DiffRow): string | undefined {
  if (ratio === undefined) return undefined;
  return ratio >= 1 ? `${ratio.toFixed(1)} times as long in B` : `${(1 / ratio).toFixed(1)} times as fast in B`;
}

interface CompareLineProps {
  /** Undefined until it has been fetched. */
  readonly row: DiffRow | undefined;
  readonly place: number;
  readonly total: number;
  readonly top: number;
  readonly selected: boolean;
  readonly onChoose: () => void;
}

export function CompareLine({ row, place, total, top, selected, onChoose }: CompareLineProps) {
  const ratio = row === undefined ? undefined : ratioWords(row);
  return (
    <VirtualLine
      id={row === undefined ? undefined : compareLineId(place)} place={place} count={total} top={top} selected={selected}
      className={classNames(css.line, row !== undefined && css[row.state])}
      label={row === undefined ? undefined : [SIGNS[row.state].words, ratio, sideWords('A', row.a), sideWords('B', row.b)].filter((part) => part !== undefined).join('; ')}
      onChoose={onChoose}
    >
      {row !== undefined && <Sides row={row} ratio={ratio} />}
    </VirtualLine>
  );
}

function Sides({ row, ratio }: { readonly row: DiffRow; readonly ratio: string | undefined }) {
  const { sign, words } = SIGNS[row.state];
  const result = row.values.some(({ field }) => field === 'result' || field === 'error' || field === 'payload');
  const marked = { result, detail: row.values.length > 0 && !result };
  return (
    <>
      <Side side={row.a} marked={marked} />
      <span className={css.sign} title={ratio === undefined ? words : `${words}; ${ratio}`}>{sign}{ratio !== undefined && <i className={css.clock}>◷</i>}</span>
      <Side side={row.b} marked={marked} />
    </>
  );
}

function Side({ side, marked }: { readonly side: DiffSide | undefined; readonly marked: { readonly result: boolean; readonly detail: boolean } }) {
  if (side === undefined) return <span className={css.gap} />;
  const { time, handleLabel, title, detail, result, finding } = side;
  const said = result === '' ? detail : result;
  return (
    <span className={css.side}>
      <span className={css.time}>{formatTime(time)}</span>
      <span className={css.cell} title={handleLabel}>{handleLabel}</span>
      <span className={css.cell} title={`${title} ${detail}`}>{finding !== undefined && <SeveritySign severity={finding} />}<span className={marked.detail ? css.mark : undefined}>{title}</span></span>
      <span className={classNames(css.cell, css.result)} title={said}><span className={marked.result ? css.mark : undefined}>{said}</span></span>
    </span>
  );
}

function sideWords(name: string, side: DiffSide | undefined): string | undefined {
  return side === undefined ? undefined : `${name}: ${side.title} ${side.handleLabel} ${side.result === '' ? side.detail : side.result}`;
}
