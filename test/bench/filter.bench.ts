/** How long a filter over a million events takes in all, and how long any slice of it, against looking at every row's words. */
import { SEARCH_SLICE_MS } from '../../electron/ipc/handlers';
import { eventRow } from '../../electron/trace/event-rows';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { handleId, seq } from '../../preload/contract/ids';
import { percentile, report, SMOKE, timed } from './figures';

const EVENTS = SMOKE ? 50_000 : 1_000_000;
const HANDLES = EVENTS / 200;
const AIM_MS = 50;
const AIM_SLICE_MS = 4;
const PAGE = 100;
const SAMPLE = EVENTS / 50;

const FILTERS = ['readfile', 'item/12', '12030', 'nowhere', 'complete 12030', 'closing', 'get /item', 'pending', 'sending', 'handle 0x1'];
/** As above, by the keys of the language. */
const KEYED = ['fn:readfile', 'kind:callback', 'error:12030', '-status:request_complete', 'thread:1', 'dur>5ms', 'kind:request state:closed', 'kind:return -fn:read size>100'];

/** What no two events of the trace have in common: nothing, the address that each call is given, or what each return says. */
type Own = 'nothing' | 'address' | 'words';

function filled(own: Own): Trace {
  const trace = new Trace(() => 0);
  let place = 0;
  for (const event of syntheticTrace({ events: EVENTS, handles: HANDLES, seed: 1 })) {
    place += 1;
    if (own === 'address' && event.kind === 'call') trace.append({ ...event, args: { ...event.args, lpBuffer: `0x${place.toString(16)}` } });
    else if (own === 'words' && event.kind === 'return') trace.append({ ...event, out: { lpdwNumberOfBytesRead: place } });
    else trace.append(event);
  }
  return trace;
}

interface Cost {
  /** Milliseconds in all slices of one filter. */
  readonly all: number;
  readonly longest: number;
}

async function filter(trace: Trace, text: string): Promise<Cost> {
  let all = 0;
  let longest = 0;
  let count = PAGE;
  for (let complete = false; !complete;) {
    // The window asks once for a page; what is left goes on by itself. Here it is asked for without rows, so that it is timed.
    const ms = timed(() => { complete = trace.events({ offset: 0, count, text, handle: undefined }, SEARCH_SLICE_MS).complete; });
    count = 0;
    all += ms;
    longest = Math.max(longest, ms);
  }
  await new Promise((resolve) => { setImmediate(resolve); });
  return { all, longest };
}

async function costs(trace: Trace, filters = FILTERS): Promise<{ readonly all: number; readonly slice: number }> {
  const found: Cost[] = [];
  for (const text of filters) found.push(await filter(trace, text));
  return { all: percentile(found.map(({ all }) => all), 0.5), slice: percentile(found.map(({ longest }) => longest), 0.5) };
}

async function main(): Promise<void> {
  const trace = filled('nothing');
  const { all, slice } = await costs(trace);
  const plain = timed(() => {
    for (let place = 0; place < SAMPLE; place += 1) {
      const row = eventRow(trace.log.at(seq(place)), trace.tree);
      `${row.title} ${row.handleLabel} ${row.detail} ${row.result}`.toLowerCase().includes('nowhere');
    }
  }) * (trace.log.length / SAMPLE);
  const events = trace.log.length.toLocaleString('en');
  report({ what: `filter of ${events} events, middle of ${FILTERS.length}`, value: all, unit: 'ms', aim: { most: AIM_MS }, against: { times: all / plain, of: 'every row put in words' } });
  report({ what: 'longest slice of a filter', value: slice, unit: 'ms', aim: { most: AIM_SLICE_MS } });
  const keyed = await costs(trace, KEYED);
  report({ what: `the same by its keys, middle of ${KEYED.length}`, value: keyed.all, unit: 'ms', aim: { most: AIM_MS }, against: { times: keyed.all / all, of: 'plain text' } });
  const below = timed(() => trace.events({ offset: 0, count: PAGE, text: '', handle: handleId(2) }));
  report({ what: `events below one handle, of ${events}`, value: below, unit: 'ms', aim: { most: AIM_MS } });
  for (const [own, what] of [['address', 'is given an address that no other is'], ['words', 'says what no other does']] as const) {
    const cost = await costs(filled(own));
    report({ what: `filter where every second event ${what}`, value: cost.all, unit: 'ms', against: { times: cost.all / all, of: 'the first' } });
    report({ what: 'longest slice of it', value: cost.slice, unit: 'ms', aim: { most: AIM_SLICE_MS } });
  }
}

void main();
