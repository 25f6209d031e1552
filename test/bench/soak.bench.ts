/** Memory over a long recording: two million events through the live path with a history of half a million. */
import { quietDesk } from '../unit/session/quiet-desk';
import { PortableEngine } from '../../electron/engine/portable/portable-engine';
import { Inspector } from '../../electron/inspector/inspector';
import { UpdateStream } from '../../electron/ipc/update-stream';
import { JournalWriter } from '../../electron/trace/journal/journal-writer';
import { CHUNK_EVENTS } from '../../electron/trace/event-chunk';
import { Trace } from '../../electron/trace/trace';
import { report, SMOKE } from './figures';

const EVENTS = SMOKE ? 600_000 : 2_000_000;
const HISTORY = SMOKE ? 100_000 : 500_000;
/** The history is full and has dropped some, and what was to be made once is made. */
const WARM = HISTORY + 5 * CHUNK_EVENTS;
const MOST_TIMES = 1.2;
const HANDLE_TYPE = 9;
const HTTP_SERVICE = 3;
const ASYNC = 0x10000000;
/** Requests between two turns of the event loop, in which timers and callbacks have their time. */
const AT_ONCE = 200;

/** Memory in use, in bytes: what nobody refers to is not counted. */
async function used(): Promise<number> {
  // Twice, with a turn between: memory outside the heap is given back by what the first collection found.
  globalThis.gc?.();
  await new Promise((resolve) => { setTimeout(resolve, 50); });
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function main(): Promise<void> {
  const engine = new PortableEngine();
  const inspector = new Inspector(engine, new Trace(undefined, HISTORY));
  const { trace } = inspector;
  const header = { journal: 1, application: 'bench', engine: { kind: engine.kind, description: engine.description }, startedAt: new Date().toISOString(), pid: process.pid } as const;
  const journal = process.platform === 'win32' ? undefined : new JournalWriter(trace, '/dev/null', header, (message) => { throw new Error(message); });
  let told = 0;
  const updates = new UpdateStream(inspector, quietDesk(inspector), (update) => { told += update.nodes.length + (update.many?.ids.length ?? 0); });
  const buffers = [engine.memory.alloc(4), engine.memory.alloc(4)] as const;
  engine.memory.write(buffers[1], Uint8Array.of(4, 0, 0, 0));
  const session = (await inspector.call('InternetOpen', { lpszAgent: 'soak', dwAccessType: 1, dwFlags: ASYNC })).outcome.returns;
  await inspector.call('InternetSetStatusCallback', { hInternet: BigInt(session), lpfnInternetCallback: engine.recorder('soak') });
  const connection = (await inspector.call('InternetConnect', { hInternet: BigInt(session), lpszServerName: '127.0.0.1', nServerPort: 1, dwService: HTTP_SERVICE, dwContext: 1n })).outcome.returns;

  const request = async (number: number): Promise<void> => {
    // Every tenth has no context, and so no callbacks: it ends without a word.
    const dwContext = number % 10 === 0 ? 0n : BigInt(number);
    const opened = await inspector.call('HttpOpenRequest', { hConnect: BigInt(connection), lpszVerb: 'GET', lpszObjectName: `/item/${number}`, dwContext });
    const hRequest = BigInt(opened.outcome.returns);
    for (let query = 0; query < 4; query += 1) {
      await inspector.call('InternetQueryOption', { hInternet: hRequest, dwOption: HANDLE_TYPE, lpBuffer: buffers[0], lpdwBufferLength: buffers[1] });
    }
    await inspector.call('InternetCloseHandle', { hInternet: hRequest });
  };

  const began = performance.now();
  let warm: number | undefined;
  for (let number = 1; trace.log.length < EVENTS; number += 1) {
    await request(number);
    if (number % AT_ONCE !== 0) continue;
    await new Promise((resolve) => { setImmediate(resolve); });
    if (warm === undefined && trace.log.length >= WARM) warm = await used();
  }
  const perSecond = (trace.log.length * 1000) / (performance.now() - began);
  const end = await used();
  process.stdout.write(`${told.toLocaleString('en')} nodes told of; ${trace.log.dropped.toLocaleString('en')} events dropped; ${trace.tree.size.toLocaleString('en')} handles kept; ${(end / 1e6).toFixed(1)} MB at the end\n`);
  report({ what: 'live path, journal, rules and window at once', value: perSecond, unit: 'events/s', aim: { least: 50_000 } });
  report({
    what: `memory after ${trace.log.length.toLocaleString('en')} events, history of ${HISTORY.toLocaleString('en')}`, value: end / 1e6, unit: 'MB',
    against: { times: end / (warm ?? end), of: `that after ${WARM.toLocaleString('en')}` }, mostTimes: MOST_TIMES, always: true,
  });
  updates.dispose();
  journal?.close();
  await engine.dispose();
}

void main();
