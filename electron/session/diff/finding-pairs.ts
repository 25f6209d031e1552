import type { DiffFinding } from '../../../preload/contract/comparison';
import type { Finding } from '../../../preload/contract/finding';
import type { HandleId } from '../../../preload/contract/ids';
import type { HandlePair } from './handle-pairs';

/** Findings that one session has and the other has not: the same rule, at handles that play the same part, as often. */
export function findingsApart(a: readonly Finding[], b: readonly Finding[], pairs: readonly HandlePair[]): readonly DiffFinding[] {
  const partA = new Map(pairs.flatMap(({ a: id }, part): [HandleId, number][] => (id === undefined ? [] : [[id, part]])));
  const partB = new Map(pairs.flatMap(({ b: id }, part): [HandleId, number][] => (id === undefined ? [] : [[id, part]])));
  return [...without(a, b, partA, partB).map((finding) => told('a', finding)), ...without(b, a, partB, partA).map((finding) => told('b', finding))];
}

function without(mine: readonly Finding[], others: readonly Finding[], partMine: ReadonlyMap<HandleId, number>, partOthers: ReadonlyMap<HandleId, number>): readonly Finding[] {
  const keyOf = ({ rule, handle }: Finding, part: ReadonlyMap<HandleId, number>): string => `${rule} ${handle === undefined ? '' : part.get(handle) ?? 'alone'}`;
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other, partOthers), (left.get(keyOf(other, partOthers)) ?? 0) + 1);
  return mine.filter((finding) => {
    const key = keyOf(finding, partMine);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count <= 0;
  });
}

function told(side: 'a' | 'b', { rule, severity, message, events }: Finding): DiffFinding {
  return { side, rule, severity, message, seq: events[0] };
}
