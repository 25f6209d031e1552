import { MARK_KINDS, type MarkKind } from '../../preload/contract/query';
import type { MarkShapes } from './scene-shapes';

/** Which marks deserve words, the most telling first; the others speak when they are pointed at. */
const MARK_RANK: Readonly<Partial<Record<MarkKind, number>>> = {
  'cancelled': 1, 'completed': 2, 'connection-closed': 3, 'close-requested': 4, 'complete-failed': 5, 'failed-call': 6, 'handle-closing': 7, 'complete': 8, 'note': 9,
};

/** By the kind's place in MARK_KINDS; 0 for a tick, which has no rank. */
const RANKS: readonly number[] = MARK_KINDS.map((kind) => MARK_RANK[kind] ?? 0);
const LAST_RANK = Math.max(...RANKS);
const CANCELLED = MARK_KINDS.indexOf('cancelled');
const CONNECTION_CLOSED = MARK_KINDS.indexOf('connection-closed');

/** 0 for a mark that is a tick and stays silent; else the smaller, the more telling. */
export function rankOfMark(kind: number): number {
  return RANKS[kind] ?? 0;
}

/** How far a bolt stands from the cross of the cancel that closed its connection, so that both are seen. */
const BESIDE = 14;

export function standBesideTheCross({ length, row, kind, x }: MarkShapes): void {
  let [crossRow, crossX] = [-1, 0];
  for (let index = 0; index < length; index++) {
    const at = x[index] ?? 0;
    if (kind[index] === CANCELLED) {
      [crossRow, crossX] = [row[index] ?? 0, at];
    } else if (kind[index] === CONNECTION_CLOSED && row[index] === crossRow && at - crossX >= 0 && at - crossX < BESIDE) {
      x[index] = crossX + BESIDE;
    }
  }
}

/** Marks nearer to each other than this cannot be told apart, in CSS pixels. */
const APART = 10;

/** Of marks that would lie on each other only the most telling is drawn; ticks are thin enough to stay. */
export function hideClutter(marks: MarkShapes, width: number): void {
  // In a cell as wide as marks must be apart at most one can be drawn: what is near to a mark lies in three cells.
  const cells = new Float32Array(Math.ceil(width / APART) + 5);
  for (const row of marks.rows) {
    cells.fill(Number.NEGATIVE_INFINITY);
    const { first, last } = marks.rangeOf(row);
    const ranked = rankedMarks(marks, first, last);
    for (const index of ranked) {
      const x = marks.x[index] ?? 0;
      const cell = Math.floor(x / APART) + 2;
      const near = Math.min(Math.abs((cells[cell - 1] ?? 0) - x), Math.abs((cells[cell] ?? 0) - x), Math.abs((cells[cell + 1] ?? 0) - x));
      if (near < APART) marks.drawn[index] = 0;
      else cells[cell] = x;
    }
  }
}

/** The marks of a row that are no ticks: the most telling first, of one kind the latest first. */
function rankedMarks({ kind }: MarkShapes, first: number, last: number): readonly number[] {
  const byRank: number[][] = [];
  for (let index = last - 1; index >= first; index--) {
    const rank = rankOfMark(kind[index] ?? 0);
    if (rank > 0) (byRank[rank] ??= []).push(index);
  }
  const found: number[] = [];
  for (let rank = 1; rank <= LAST_RANK; rank++) found.push(...byRank[rank] ?? []);
  return found;
}
