import { diff } from 'fast-myers-diff';

/** Pairs of places, one in each list; undefined where the other list has nothing for it. */
export interface Pair {
  readonly a: number | undefined;
  readonly b: number | undefined;
}

/** Comparisons after which two lists count as having nothing to do with each other: about a third of a second. */
const MOST_COMPARISONS = 30_000_000;

class TooDifferent extends Error {}

/**
 * Aligns two lists: first the longest run of items that are the same, then, between those, items that are of one kind. Every
 * item of both lists is in exactly one pair, in the order of each list.
 * @param same numbers that are equal for items that are the same
 * @param kind numbers that are equal for items of one kind
 */
export function align(same: readonly [Uint32Array, Uint32Array], kind: readonly [Uint32Array, Uint32Array]): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const gap of gaps(...same)) {
    if (gap.kind === 'equal') {
      for (let row = 0; row < gap.a1 - gap.a0; row += 1) pairs.push({ a: gap.a0 + row, b: gap.b0 + row });
      continue;
    }
    for (const inner of gaps(kind[0].subarray(gap.a0, gap.a1), kind[1].subarray(gap.b0, gap.b1))) {
      const [rowsA, rowsB] = [inner.a1 - inner.a0, inner.b1 - inner.b0];
      if (inner.kind === 'equal') for (let row = 0; row < rowsA; row += 1) pairs.push({ a: gap.a0 + inner.a0 + row, b: gap.b0 + inner.b0 + row });
      else {
        for (let row = 0; row < rowsA; row += 1) pairs.push({ a: gap.a0 + inner.a0 + row, b: undefined });
        for (let row = 0; row < rowsB; row += 1) pairs.push({ a: undefined, b: gap.b0 + inner.b0 + row });
      }
    }
  }
  return pairs;
}

interface Stretch {
  readonly kind: 'equal' | 'different';
  readonly a0: number;
  readonly a1: number;
  readonly b0: number;
  readonly b1: number;
}

/** The two lists as stretches that are equal and stretches that are not, in order. */
function* gaps(a: Uint32Array, b: Uint32Array): Generator<Stretch> {
  let [atA, atB] = [0, 0];
  for (const [a0, a1, b0, b1] of hunks(a, b)) {
    if (a0 > atA) yield { kind: 'equal', a0: atA, a1: a0, b0: atB, b1: b0 };
    yield { kind: 'different', a0, a1, b0, b1 };
    [atA, atB] = [a1, b1];
  }
  if (atA < a.length) yield { kind: 'equal', a0: atA, a1: a.length, b0: atB, b1: b.length };
}

/** Stretches that differ, by Myers' algorithm; lists too different for it are one such stretch between what they begin and end with. */
function hunks(a: Uint32Array, b: Uint32Array): readonly (readonly [number, number, number, number])[] {
  let compared = 0;
  try {
    return [...diff(a, b, (i, j) => {
      compared += 1;
      if (compared > MOST_COMPARISONS) throw new TooDifferent();
      return a[i] === b[j];
    })];
  } catch (fault) {
    if (!(fault instanceof TooDifferent)) throw fault;
    let begin = 0;
    while (begin < a.length && begin < b.length && a[begin] === b[begin]) begin += 1;
    let end = 0;
    while (end < a.length - begin && end < b.length - begin && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    return [[begin, a.length - end, begin, b.length - end]];
  }
}

/** Gives equal texts equal numbers. */
export class Numbers {
  private readonly known = new Map<string, number>();

  of(text: string): number {
    const found = this.known.get(text);
    if (found !== undefined) return found;
    this.known.set(text, this.known.size);
    return this.known.size - 1;
  }
}
