/** What the referee adds to an event, against recording the same trace without it; and that its memory stays bounded. */
import { Referee } from '../../electron/rules/referee';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { report, SMOKE } from './figures';

const EVENTS = SMOKE ? 40_000 : 400_000;
const HANDLES = Math.floor(EVENTS / 100);
/** Of the 10 µs that recording may add to a call, the rules may take this much. */
const AIM_MICROS = 5;

function record(referee: boolean): { readonly ms: number; readonly events: number; readonly findings: number } {
  let now = 0;
  const trace = new Trace(() => now);
  const watching = referee ? new Referee(trace) : undefined;
  let ms = 0;
  // Made in pieces, so that making the events is not counted and need not fit in memory.
  const events = syntheticTrace({ events: EVENTS, handles: HANDLES, seed: 1 });
  for (;;) {
    const piece = [];
    for (let next = events.next(); next.done !== true; next = events.next()) {
      piece.push(next.value);
      if (piece.length === 10_000) break;
    }
    if (piece.length === 0) break;
    const began = performance.now();
    for (const event of piece) { now = event.time ?? now; trace.append(event); }
    ms += performance.now() - began;
  }
  const { error = 0, warning = 0, note = 0 } = watching?.counts ?? {};
  return { ms, events: trace.log.length, findings: error + warning + note };
}

/** The best of three: what else the machine does only ever adds. */
function best(referee: boolean): ReturnType<typeof record> {
  return [record(referee), record(referee), record(referee)].reduce((a, b) => (a.ms < b.ms ? a : b));
}

const plain = best(false);
const watched = best(true);
const micros = ((watched.ms - plain.ms) * 1000) / watched.events;
report({
  what: 'every rule, of an event', value: micros, unit: 'µs', aim: { most: AIM_MICROS },
  against: { times: watched.ms / plain.ms, of: `recording ${plain.events.toLocaleString('en')} events without` },
});
process.stdout.write(`${watched.findings.toLocaleString('en')} findings\n`);
