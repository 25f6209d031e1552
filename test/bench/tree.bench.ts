/** What one more handle costs a tree of fifty thousand: main's, a fold over events, and the rows of the window's, against looking at the whole tree again. */
import { HandleTree } from '../../electron/trace/handle-tree';
import type { TraceEvent } from '../../preload/contract/event';
import type { HandleNode } from '../../preload/contract/handle';
import { handleId, seq } from '../../preload/contract/ids';
import { Forest } from '../../renderer/model/forest';
import { RowIndex } from '../../renderer/model/row-index';
import type { RowOptions } from '../../renderer/model/rows';
import { percentile, report, SMOKE, timed } from './figures';

const NODES = SMOKE ? 5000 : 50_000;
const ROUNDS = SMOKE ? 200 : 2000;
const SCREEN = 40;
const AIM_MS = 1;

function node(id: number, parent: number | undefined): HandleNode {
  return {
    id: handleId(id), kind: parent === undefined ? 'session' : 'request', parent: parent === undefined ? undefined : handleId(parent), raw: `0x${id.toString(16)}`,
    label: `GET /item/${id % 97}`, detail: 'async', state: id % 3 === 0 ? 'closed' : 'open', createdAt: id, endedAt: undefined, createdBy: seq(id), closeRequestedAt: undefined,
    pending: [], context: '0x1', hasCallback: true, asynchronous: true, connectionId: undefined,
  };
}

/** Half of the handles are children of one connection: the branch that a server under load has. */
const parentOf = (id: number): number | undefined => (id <= 10 ? undefined : id % 2 === 0 ? 1 : 1 + (id % 10));
const options: RowOptions = { collapsed: new Set(), liveOnly: false, filter: 'item', asOf: undefined };
const forest = new Forest();
const index = new RowIndex(forest);
forest.apply(Array.from({ length: NODES }, (_, place) => node(place + 1, parentOf(place + 1))));
const first = timed(() => index.update(options));

const inserts: number[] = [];
const changes: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const id = NODES + round + 1;
  inserts.push(timed(() => {
    forest.apply([node(id, parentOf(id))]);
    const rows = index.update(options);
    rows.slice(rows.length - SCREEN, rows.length);
  }));
  const old = forest.get(handleId(1 + ((round * 7919) % NODES)));
  if (old === undefined) continue;
  changes.push(timed(() => {
    forest.apply([{ ...old, state: 'closed', endedAt: 1 }]);
    const rows = index.update(options);
    rows.slice(rows.indexOf(old.id), rows.indexOf(old.id) + SCREEN);
  }));
}
const whole = Array.from({ length: 5 }, () => timed(() => new RowIndex(forest).update(options)));

/** The event that tells of a handle's birth, or of its end: as another recorder tells it, which takes one event for either. */
function told(id: number, change: 'born' | 'ended'): TraceEvent {
  const { kind, parent, raw, label, detail, context, hasCallback, asynchronous, connectionId } = node(id, parentOf(id));
  const birth = { id: handleId(id), kind, parent, raw, label, detail, context, hasCallback, asynchronous, connectionId };
  return {
    kind: 'observed', seq: seq(id), time: id, thread: 1, handle: handleId(id), source: 'bench', name: change, fields: {}, error: 0,
    ...(change === 'born' ? { created: birth } : { created: undefined, became: 'closed' }),
  };
}

const tree = new HandleTree();
for (let id = 1; id <= NODES; id++) tree.apply(told(id, 'born'));
const births: number[] = [];
const ends: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  births.push(timed(() => tree.apply(told(NODES + round + 1, 'born'))));
  // Not those that many are below: they stand for one change, and not for fifty thousand.
  ends.push(timed(() => tree.apply(told(11 + ((round * 7919) % (NODES - 11)), 'ended'))));
}

report({ what: `main's tree: one more handle at ${NODES.toLocaleString('en')}, p95`, value: percentile(births, 0.95), unit: 'ms', aim: { most: AIM_MS } });
report({ what: 'a handle that ends there, p95', value: percentile(ends, 0.95), unit: 'ms', aim: { most: AIM_MS } });
const p95 = percentile(inserts, 0.95);
report({ what: `first look at the rows of ${NODES.toLocaleString('en')} handles, filtered`, value: first, unit: 'ms' });
report({
  what: `one more handle at ${NODES.toLocaleString('en')}, and a screen of rows, p95`, value: p95, unit: 'ms', aim: { most: AIM_MS },
  against: { times: p95 / percentile(whole, 0.5), of: 'looking at the whole tree' },
});
report({ what: 'a handle that changes, p95', value: percentile(changes, 0.95), unit: 'ms', aim: { most: AIM_MS } });
