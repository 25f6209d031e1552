import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handleId, type HandleId } from '../../../preload/contract/ids';
import { packNodes } from '../../../preload/contract/node-columns';
import { Forest } from '../../../renderer/model/forest';
import { PrefixSums } from '../../../renderer/model/prefix-sums';
import { RowIndex } from '../../../renderer/model/row-index';
import type { Row, RowList, RowOptions } from '../../../renderer/model/rows';
import { node } from './nodes';

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('born' as const), under: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('ends' as const), at: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('gone' as const), at: fc.nat(30), alone: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fold' as const), at: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('options' as const), liveOnly: fc.boolean(), filter: fc.constantFrom('', 'get', '/1'), asOf: fc.constantFrom(undefined, 12) }) },
);

function all(rows: RowList): readonly Row[] {
  return rows.slice(0, rows.length);
}

describe('rows that are kept up', () => {
  test('are after any changes those that a new look at the whole tree gives', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const forest = new Forest();
      const kept = new RowIndex(forest);
      let options: RowOptions = { collapsed: new Set(), liveOnly: false, filter: '', asOf: undefined };
      let born = 0;
      for (const made of steps) {
        switch (made.kind) {
          case 'born': {
            born += 1;
            const under = made.under % born;
            forest.apply([under === 0 ? node(born) : node(born, { under })]);
            break;
          }
          case 'ends': {
            const before = forest.get(handleId(1 + (made.at % Math.max(1, born))));
            if (before !== undefined) forest.apply([{ ...before, state: 'closed', endedAt: 20 }]);
            break;
          }
          case 'gone': {
            const id = handleId(1 + (made.at % Math.max(1, born)));
            // Most go with what is below them; what outlives its parent stands at the root.
            forest.remove(made.alone ? [id] : forest.subtree(id).map((node) => node.id).toReversed());
            break;
          }
          case 'fold': {
            const collapsed = new Set<HandleId>(options.collapsed);
            const id = handleId(1 + made.at);
            if (!collapsed.delete(id)) collapsed.add(id);
            options = { ...options, collapsed };
            break;
          }
          case 'options': options = { ...options, liveOnly: made.liveOnly, filter: made.filter, asOf: made.asOf }; break;
        }
        const rows = kept.update(options);
        expect(all(rows)).toEqual(all(new RowIndex(forest).update(options)));
        all(rows).forEach((row, index) => expect(rows.indexOf(row.node.id)).toBe(index));
      }
    }));
  });

  test.each(['', 'state:open'])('close the gaps of many that are gone, and go on: with the filter "%s"', (filter) => {
    const forest = new Forest();
    const kept = new RowIndex(forest);
    const options: RowOptions = { collapsed: new Set(), liveOnly: false, filter, asOf: undefined };
    forest.adopt(packNodes([node(1), ...Array.from({ length: 3000 }, (_, index) => node(index + 2, { under: 1, state: index % 3 === 0 ? 'closed' : 'open' }))]));
    kept.update(options);
    let moved = 0;
    forest.listen(({ kind }) => { if (kind === 'moved') moved += 1; });
    for (let first = 2; first < 2700; first += 300) {
      forest.apply([node(5000 + first, { under: 1 })]);
      forest.remove(Array.from({ length: 290 }, (_, index) => handleId(first + index)));
      forest.apply([node(5001 + first, { under: 1, state: 'closed' })]);
      const rows = kept.update(options);
      expect(all(rows)).toEqual(all(new RowIndex(forest).update(options)));
      expect(rows.length).toBe(filter === '' ? forest.size : forest.live);
    }
    expect(moved).toBe(1);
  });

  test('say -1 of a handle that is folded away, and of one that is unknown', () => {
    const forest = new Forest();
    forest.apply([node(1), node(2, { under: 1 })]);
    const rows = new RowIndex(forest).update({ collapsed: new Set([handleId(1)]), liveOnly: false, filter: '', asOf: undefined });
    expect([rows.indexOf(handleId(1)), rows.indexOf(handleId(2)), rows.indexOf(handleId(3))]).toEqual([0, -1, -1]);
    expect([rows.at(-1), rows.at(1)]).toEqual([undefined, undefined]);
  });
});

describe('sums of the first n', () => {
  test('and the place where a sum is reached are those of a plain count', () => {
    const change = fc.record({ at: fc.nat(40), value: fc.nat(5) });
    fc.assert(fc.property(fc.nat(40), fc.array(fc.nat(5), { maxLength: 40 }), fc.array(change), (begun, values, changes) => {
      const sums = new PrefixSums(Uint32Array.from(values.slice(0, begun)));
      for (const value of values.slice(begun)) sums.push(value);
      const plain = [...values];
      for (const { at, value } of changes) {
        sums.set(at, value);
        if (at < plain.length) plain[at] = value;
      }
      const before = (index: number): number => plain.slice(0, index).reduce((sum, value) => sum + value, 0);
      expect(sums.total).toBe(before(plain.length));
      plain.forEach((_, index) => expect(sums.before(index)).toBe(before(index)));
      for (let sum = 0; sum < sums.total; sum++) {
        const found = sums.find(sum);
        expect(before(found)).toBeLessThanOrEqual(sum);
        expect(before(found + 1)).toBeGreaterThan(sum);
      }
    }));
  });
});
