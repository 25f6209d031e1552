/** How long the timeline's questions take in a trace of ten million events and five hundred lanes, against looking at every event. */
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { handleId, seq } from '../../preload/contract/ids';
import { percentile, report, SMOKE } from './figures';

const EVENTS = SMOKE ? 100_000 : 10_000_000;
const LANES = 500;
const AIM_MS = 5;
const VISIBLE_LANES = 40;
const PIXELS = 1400;

const trace = new Trace();
const began = performance.now();
for (const event of syntheticTrace({ events: EVENTS, handles: LANES, seed: 1 })) trace.append(event);
const filled = performance.now() - began;
const events = trace.log.length;
const last = trace.log.timeAt(seq(events - 1));

const times: number[] = [];
let answered = 0;
for (let zoom = 1; zoom <= 2 ** 14; zoom *= 2) {
  for (let step = 0; step < 12; step += 1) {
    const width = last / zoom;
    const from = ((last - width) * step) / 11;
    const lanes = Array.from({ length: VISIBLE_LANES }, (_, index) => handleId(3 + ((step * 37 + index) % LANES)));
    const asked = performance.now();
    const { spans, marks } = trace.timeline({ from, to: from + width, pixels: PIXELS, lanes });
    times.push(performance.now() - asked);
    answered += spans.lane.length + marks.lane.length;
  }
}
const p95 = percentile(times, 0.95);

const plain = performance.now();
let seen = 0;
for (let index = 0; index < Math.min(events, 1_000_000); index += 1) seen += trace.log.timeAt(seq(index)) >= 0 ? 1 : 0;
const scan = ((performance.now() - plain) * events) / seen;

process.stdout.write(`${events.toLocaleString('en')} events in ${LANES} lanes, taken in at ${Math.round((events * 1000) / filled).toLocaleString('en')}/s\n`);
process.stdout.write(`a question: p50 ${percentile(times, 0.5).toFixed(2)} ms, ${Math.round(answered / times.length)} shapes an answer\n`);
report({ what: `timeline query of ${events.toLocaleString('en')} events in ${LANES} lanes, p95`, value: p95, unit: 'ms', aim: { most: AIM_MS }, against: { times: p95 / scan, of: 'a look at every event' } });
report({ what: 'memory of an event, log and lanes', value: (trace.log.bytes + trace.spans.bytes) / events, unit: 'bytes', aim: { most: 40 } });
