/** How long the timeline's questions take in a trace of ten million events and five hundred lanes, against looking at every event. */
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { handleId, seq } from '../../preload/contract/ids';

const SMOKE = process.env['HINSPECTOR_BENCH'] === 'smoke';
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
times.sort((a, b) => a - b);
const p95 = times[Math.floor(times.length * 0.95)] ?? 0;
const p50 = times[Math.floor(times.length * 0.5)] ?? 0;

const plain = performance.now();
let seen = 0;
for (let index = 0; index < Math.min(events, 1_000_000); index += 1) seen += trace.log.timeAt(seq(index)) >= 0 ? 1 : 0;
const scan = ((performance.now() - plain) * events) / seen;

process.stdout.write(`${events.toLocaleString('en')} events in ${LANES} lanes, taken in at ${Math.round((events * 1000) / filled).toLocaleString('en')}/s\n`);
process.stdout.write(`timeline query: p50 ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms (aim ${AIM_MS} ms), ${(scan / Math.max(p95, 0.001)).toFixed(0)} × faster than a look at every event; ${Math.round(answered / times.length)} shapes an answer\n`);
process.stdout.write(`memory: ${(trace.log.bytes / events).toFixed(1)} bytes an event in the log, ${(trace.spans.bytes / events).toFixed(1)} in the lanes\n`);
if (p95 > AIM_MS && !SMOKE) process.exitCode = 1;
