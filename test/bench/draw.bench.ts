/** How long the lanes of ten million events take to be drawn in Chromium, against one fillRect a shape; and a look for what lies under a point. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, inProject } from '../../build/setup/project.mjs';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { handleId, seq } from '../../preload/contract/ids';
import { percentile, report, SMOKE } from './figures';
import { inChromium } from './in-chromium';
import type { DrawPage, Picture, Times } from './draw.page';

const EVENTS = SMOKE ? 100_000 : 10_000_000;
const LANES = 500;
/** A window of 1920 × 1080. */
const ROWS = 30;
const WIDTH = 1200;
/** From all of the trace to where the screen is no longer full. */
const MOST_ZOOM = 256;
/** The window asks for half a view more on both sides. */
const MARGIN = 0.5;
/** Milliseconds: 8 with a GPU, 16 where Chromium draws by software, as it does here. */
const AIM_MS = 16;
const AIM_HIT_MS = 2;

function pictures(): Picture[] {
  const trace = new Trace();
  for (const event of syntheticTrace({ events: EVENTS, handles: LANES, seed: 1 })) trace.append(event);
  const last = trace.log.timeAt(seq(trace.log.length - 1));
  const made: Picture[] = [];
  for (let zoom = 1; zoom <= MOST_ZOOM; zoom *= 2) {
    for (let step = 0; step < (SMOKE ? 1 : 4); step++) {
      const span = last / zoom;
      const from = ((last - span) * step) / 3;
      const lanes = Array.from({ length: ROWS }, (_, row) => handleId(3 + ((step * 37 + row) % LANES)));
      const answer = trace.timeline({ from: from - span * MARGIN, to: from + span * (1 + MARGIN), pixels: WIDTH * (1 + 2 * MARGIN), lanes });
      made.push({ answer, viewport: { from, to: from + span }, lanes, width: WIDTH });
    }
  }
  return made;
}

void inChromium(async (browser) => {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1080 } });
  await page.setContent('<html data-theme="dark"><body><canvas id="lanes"></canvas><canvas id="overlay"></canvas><canvas id="ruler"></canvas><canvas id="plain"></canvas></body></html>');
  await page.addStyleTag({ content: readFileSync(inProject('renderer', 'ui', 'tokens.css'), 'utf8') });
  await page.addScriptTag({ path: join(dist, 'bench', 'draw.page.js') });
  // Defined by draw.page.ts.
  await page.evaluate(([width, rows]) => (Reflect.get(globalThis, 'drawPage') as DrawPage).begin(width, rows), [WIDTH, ROWS] as const);
  const times: Times[] = [];
  for (const picture of pictures()) {
    // Twice: the first time the code is not yet compiled.
    times.push(await page.evaluate((shown) => {
      const draw = Reflect.get(globalThis, 'drawPage') as DrawPage;
      draw.draw(shown);
      return draw.draw(shown);
    }, picture));
  }
  const pixels = times.map((time) => time.pixels);
  const p95 = percentile(pixels, 0.95);
  const plain = percentile(times.map((time) => time.plain), 0.95);
  const shapes = Math.round(times.reduce((sum, time) => sum + time.shapes, 0) / times.length);
  console.log(`${EVENTS.toLocaleString('en')} events in ${LANES} lanes, ${ROWS} of them on ${WIDTH} pixels without a GPU, ${shapes.toLocaleString('en')} shapes an answer`);
  report({ what: 'draw: a frame of the lanes, p50', value: percentile(pixels, 0.5), unit: 'ms' });
  report({ what: 'draw: a frame of the lanes, p95', value: p95, unit: 'ms', aim: { most: AIM_MS }, against: { times: p95 / Math.max(plain, 0.01), of: 'one fillRect a shape' } });
  report({ what: 'draw: of it script, p95', value: percentile(times.map((time) => time.script), 0.95), unit: 'ms' });
  report({ what: 'draw: what lies under a point, p99', value: percentile(times.flatMap((time) => time.hits), 0.99), unit: 'ms', aim: { most: AIM_HIT_MS } });
});
