/** What one more handle costs the rows of a tree of fifty thousand, against looking at the whole tree again. */
import type { HandleNode } from '../../preload/contract/handle';
import { handleId, seq } from '../../preload/contract/ids';
import { Forest } from '../../renderer/model/forest';
import { RowIndex } from '../../renderer/model/row-index';
import type { RowOptions } from '../../renderer/model/rows';

const SMOKE = process.env['HINSPECTOR_BENCH'] === 'smoke';
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

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

function at(times: readonly number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? 0;
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

const p95 = at(inserts, 0.95);
const us = (ms: number): string => `${(ms * 1000).toFixed(0)} µs`;
process.stdout.write(`rows of ${NODES.toLocaleString('en')} handles with a filter: first look ${first.toFixed(1)} ms\n`);
process.stdout.write(`one more handle and a screen of rows: p50 ${us(at(inserts, 0.5))}, p95 ${us(p95)} (aim ${us(AIM_MS)}); one that changes: p95 ${us(at(changes, 0.95))}; ${(at(whole, 0.5) / p95).toFixed(0)} × faster than looking at the whole tree\n`);
if (p95 > AIM_MS && !SMOKE) process.exitCode = 1;
