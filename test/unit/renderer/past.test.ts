import { describe, expect, test } from 'vitest';
import { handleId } from '../../../preload/contract/ids';
import { MARK_KINDS, type MarkKind, type TimelineAnswer } from '../../../preload/contract/query';
import { Forest } from '../../../renderer/model/forest';
import { nodeAt } from '../../../renderer/model/past';
import { countRange } from '../../../renderer/model/range';
import { RowIndex } from '../../../renderer/model/row-index';
import { node, pending } from './nodes';

const closed = node(3, { createdAt: 10, closeRequestedAt: 20, endedAt: 30, state: 'closed' });

describe('a handle at a past time', () => {
  test.each([[9, undefined], [10, 'open'], [19.9, 'open'], [20, 'closing'], [29.9, 'closing'], [30, 'closed'], [99, 'closed']] as const)('at %d ms it is %s', (time, state) => {
    expect(nodeAt(closed, time)?.state).toBe(state);
  });

  test('has no end that had not come, and none of the operations that had not begun', () => {
    expect(nodeAt(closed, 25)).toMatchObject({ endedAt: undefined, closeRequestedAt: 20 });
    expect(nodeAt(closed, 15)).toMatchObject({ endedAt: undefined, closeRequestedAt: undefined });
    const busy = node(4, { createdAt: 0, pending: pending('HttpSendRequest') });
    expect(nodeAt(busy, 0.5)?.pending).toEqual([]);
    expect(nodeAt(busy, 1)).toBe(busy);
  });

  test('a request that was cancelled later was open until then', () => {
    expect(nodeAt(node(5, { kind: 'server-request', createdAt: 1, endedAt: 8, state: 'cancelled' }), 7)?.state).toBe('open');
  });
});

describe('the tree at a past time', () => {
  const forest = new Forest();
  forest.apply([node(1, { createdAt: 1, label: 'Session' }), node(2, { under: 1, createdAt: 5, label: 'A', state: 'closed', endedAt: 9 }), node(3, { under: 1, createdAt: 7, label: 'B' })]);
  const index = new RowIndex(forest);
  const rows = (asOf: number | undefined, liveOnly = false): readonly string[] =>
    index.update({ collapsed: new Set(), liveOnly, filter: '', asOf }).slice(0, 99).map((row) => `${row.node.label} ${row.node.state} ${row.position}/${row.siblings}`);

  test('has the handles that were there, in the states of that time', () => {
    expect(rows(0)).toEqual([]);
    expect(rows(6)).toEqual(['Session open 1/1', 'A open 1/1']);
    expect(rows(8)).toEqual(['Session open 1/1', 'A open 1/2', 'B open 2/2']);
    expect(rows(undefined)).toEqual(['Session open 1/1', 'A closed 1/2', 'B open 2/2']);
  });

  test('"live only" means those that lived then', () => {
    expect(rows(8, true)).toContain('A open 1/2');
    expect(rows(9, true)).not.toContain('A closed 1/2');
  });
});

describe('a marked stretch of time', () => {
  const answer = (marks: readonly (readonly [time: number, kind: MarkKind, count?: number])[]): TimelineAnswer => ({
    revision: 1, overview: { from: 0, bucket: 1, counts: new Uint32Array(), worst: new Uint8Array() }, strings: [''],
    spans: { lane: new Uint32Array(), start: new Float64Array(), end: new Float64Array(), kind: new Uint8Array(), bad: new Uint8Array(), seq: new Uint32Array(), label: new Uint32Array(), count: new Uint32Array() },
    marks: {
      lane: Uint32Array.from(marks, () => handleId(1)), time: Float64Array.from(marks, ([time]) => time), kind: Uint8Array.from(marks, ([, kind]) => MARK_KINDS.indexOf(kind)),
      seq: new Uint32Array(marks.length), label: new Uint32Array(marks.length), count: Uint32Array.from(marks, ([, , count]) => count ?? 1),
    },
  });

  test('counts what lies in it, its ends included, and failures among calls and callbacks', () => {
    const counts = countRange(answer([[1, 'call'], [2, 'failed-call'], [3, 'callback'], [4, 'complete-failed'], [5, 'call'], [6, 'call']]), { from: 2, to: 5 });
    expect(counts).toEqual({ marks: 4, calls: 2, callbacks: 2, failures: 2, exact: true });
  });

  test('says when what it counts was merged', () => {
    expect(countRange(answer([[3, 'callback', 40]]), { from: 0, to: 9 })).toEqual({ marks: 40, calls: 0, callbacks: 40, failures: 0, exact: false });
  });
});
