import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HANDLE_KINDS, HANDLE_STATES, type HandleNode } from '../../../preload/contract/handle';
import { handleId, seq } from '../../../preload/contract/ids';
import { countsIn, nodeIn, packNodes } from '../../../preload/contract/node-columns';
import { isBusy } from '../../../renderer/model/forest';

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const time = fc.double({ min: 0, max: 1e9, noNaN: true });
const pendingCall = fc.record({ call: fc.nat().map(seq), api: fc.constantFrom('HttpSendRequestW', 'InternetReadFile', 'HttpReceiveHttpRequest'), since: time });
const word = fc.string({ unit: 'binary', maxLength: 12 });
const anyNode = (id: number): fc.Arbitrary<HandleNode> => fc.record({
  id: fc.constant(handleId(id)), kind: fc.constantFrom(...HANDLE_KINDS), parent: maybe(fc.integer({ min: 1, max: 4_000_000_000 }).map(handleId)), raw: word, label: word, detail: word,
  state: fc.constantFrom(...HANDLE_STATES), createdAt: time, endedAt: maybe(time), createdBy: fc.nat().map(seq), closeRequestedAt: maybe(time), pending: fc.array(pendingCall, { maxLength: 3 }),
  context: maybe(word), hasCallback: fc.boolean(), asynchronous: maybe(fc.boolean()), connectionId: maybe(word),
});
const nodes = fc.uniqueArray(fc.integer({ min: 1, max: 4_000_000_000 }), { maxLength: 12 }).chain((ids) => fc.tuple(...ids.map(anyNode)));

test('handles in columns are, after a crossing, the handles that were put in, by their ids', () => {
  fc.assert(fc.property(nodes, (given) => {
    const columns = structuredClone(packNodes(given));
    const sorted = given.toSorted((a, b) => a.id - b.id);
    expect(sorted.map((_, place) => nodeIn(columns, place))).toEqual(sorted);
    expect(countsIn(columns)).toEqual({ live: given.filter(({ state }) => state === 'open' || state === 'closing').length, busy: given.filter(isBusy).length });
  }));
});
