import type { ListRow } from '../../../preload/contract/scenario';
import type { SequenceItem } from './callback-sequence';

/** Longer sequences are not laid side by side: nobody reads them, and the table would grow with their product. */
const LONGEST = 400;

interface Alignment<I, T> {
  readonly items: readonly I[];
  readonly observed: readonly T[];
  readonly fits: (item: I, one: T) => boolean;
  readonly itemWords: (item: I) => string;
  readonly observedWords: (one: T) => string;
  /** Whether what stands between the items is as it should be: for `ordered` it is, for `exactly` it is not. */
  readonly othersAllowed: boolean;
}

/**
 * Lays what was expected beside what came, so that as much as can be stands beside what it fits: the longest common
 * subsequence, in which an item that repeats may fit several.
 */
export function alignSequence<I extends SequenceItem, T>({ items, observed, fits, itemWords, observedWords, othersAllowed }: Alignment<I, T>): readonly ListRow[] {
  if (items.length > LONGEST || observed.length > LONGEST) return [];
  // best[i][j]: how many of observed[j…] can stand beside items[i…].
  const best = Array.from({ length: items.length + 1 }, () => new Uint16Array(observed.length + 1));
  const at = (i: number, j: number): number => best[i]?.[j] ?? 0;
  const matched = (i: number, j: number): number => {
    const item = items[i];
    const one = observed[j];
    if (item === undefined || one === undefined || !fits(item, one)) return 0;
    return 1 + Math.max(at(i + 1, j + 1), item.repeats ? at(i, j + 1) : 0);
  };
  for (let i = items.length - 1; i >= 0; i--) {
    const row = best[i];
    for (let j = observed.length - 1; j >= 0; j--) if (row !== undefined) row[j] = Math.max(at(i + 1, j), at(i, j + 1), matched(i, j));
  }
  const rows: ListRow[] = [];
  let again = false;
  for (let i = 0, j = 0; i < items.length || j < observed.length;) {
    const item = items[i];
    const one = observed[j];
    if (item !== undefined && one !== undefined && matched(i, j) === at(i, j) && at(i, j) > 0) {
      rows.push({ expected: itemWords(item), observed: observedWords(one), held: true });
      again = item.repeats && at(i, j + 1) >= at(i + 1, j + 1);
      if (!again) i++;
      j++;
    } else if (item !== undefined && (one === undefined || at(i + 1, j) >= at(i, j + 1))) {
      if (!again && !item.optional) rows.push({ expected: itemWords(item), observed: undefined, held: false });
      again = false;
      i++;
    } else if (one !== undefined) {
      // What came in the place of something else stands beside it.
      const missing = othersAllowed ? undefined : rows.at(-1);
      if (missing !== undefined && missing.observed === undefined) rows[rows.length - 1] = { ...missing, observed: observedWords(one) };
      else rows.push({ expected: undefined, observed: observedWords(one), held: othersAllowed });
      j++;
    }
  }
  return rows;
}
