/** How fast events are taken in, and what each costs, against pushing the same objects into an array. */
import { Trace } from '../../electron/trace/trace';
import type { NewEvent } from '../../preload/contract/event';
import { handleId, seq } from '../../preload/contract/ids';
import { report, SMOKE, timed } from './figures';

const EVENTS = SMOKE ? 40_000 : 400_000;

function* calls(count: number): Generator<NewEvent> {
  for (let i = 0; i < count; i += 2) {
    const handle = handleId(1 + (i % 500));
    yield { kind: 'call', api: 'InternetReadFile', width: 'W', args: { hFile: '0x4', dwNumberOfBytesToRead: 4096, lpBuffer: '0x20000000000' }, inCallback: undefined, origin: 'bench', handle, thread: 1 };
    yield { kind: 'return', call: seq(i), api: 'InternetReadFile', returns: 1, error: 0, errorReliable: true, outcome: 'success', out: { lpdwNumberOfBytesRead: 4096 }, created: undefined, handle, thread: 1 };
  }
}

/** Memory in use, in bytes: what nobody refers to is not counted. */
function used(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const empty = used();
const trace = new Trace();
const recording = timed(() => { for (const event of calls(EVENTS)) trace.append(event); });
const recorded = used() - empty;
const objects: NewEvent[] = [];
const pushing = timed(() => { for (const event of calls(EVENTS)) objects.push(event); });
const pushed = used() - empty - recorded;

report({
  what: 'recording', value: (EVENTS * 1000) / recording, unit: 'events/s', aim: { least: 50_000 },
  against: { times: recording / pushing, of: `pushing ${objects.length.toLocaleString('en')} objects` },
});
// The aim is the log's, DESIGN's "an event in main"; what else is kept of these few events, objects of open calls and of handles among it, is told beside it.
report({ what: 'memory of an event in the log', value: trace.log.bytes / trace.log.length, unit: 'bytes', aim: { most: 40 } });
report({ what: 'memory of an event with tree, lanes and heap (no aim)', value: recorded / EVENTS, unit: 'bytes', against: { times: recorded / pushed, of: 'a plain array of objects' } });
