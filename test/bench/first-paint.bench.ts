/**
 * How long the window takes from a snapshot of fifty thousand handles to rows on the screen, against one of fifty; and a
 * scroll through them, against one through a page that has nothing to do but to move.
 */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';
import { dist, inProject, root } from '../../build/setup/project.mjs';
import type { HandleNode } from '../../preload/contract/handle';
import { handleId, seq } from '../../preload/contract/ids';
import { packNodes } from '../../preload/contract/node-columns';
import { writeSynthetic } from '../../electron/session/synth/write-synthetic';
import { hasElectron, inFolder, startApp } from './electron-app';
import { percentile, report, SMOKE } from './figures';
import { inChromium } from './in-chromium';

const NODES = SMOKE ? 5000 : 50_000;
const ROUNDS = SMOKE ? 2 : 7;
const FRAMES = 60;
const STEP = 3000;
const AIM_MS = 50;
/** What a frame has at 60 Hz. */
const AIM_WORK_MS = 16.7;
const ADDRESS = 'http://window.test/';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

interface Painted {
  /** Milliseconds from the snapshot's arrival to the frame with its rows. */
  readonly paint: number;
  /** Milliseconds of the processor that the page worked for it. */
  readonly paintWork: number;
  /** Milliseconds of the frames of a scroll through the rows, and of as many in which nothing moves. */
  readonly scrolled: readonly number[];
  readonly still: readonly number[];
  /** Milliseconds of the processor that the page worked in a scrolled frame: script, layout and paint, mean. */
  readonly work: number;
}

function node(id: number): HandleNode {
  return {
    id: handleId(id), kind: id === 1 ? 'session' : 'request', parent: id === 1 ? undefined : handleId(1), raw: `0x${id.toString(16)}`, label: `GET /item/${id}`, detail: 'async',
    state: id % 3 === 0 ? 'closed' : 'open', createdAt: id, endedAt: undefined, createdBy: seq(id), closeRequestedAt: undefined, pending: [], context: '0x1', hasCallback: true,
    asynchronous: true, connectionId: undefined,
  };
}

/** A column as it can be handed to a page: the name of its type, and its numbers. */
interface Column {
  readonly type: string;
  readonly values: readonly number[];
}

/** What main would send of so many handles; the page makes the columns of it before anything is measured. */
function columnsOf(nodes: number): Readonly<Record<string, unknown>> {
  const packed = packNodes(Array.from({ length: nodes }, (_, index) => node(index + 1)));
  const column = (value: unknown): unknown => (ArrayBuffer.isView(value) ? { type: value.constructor.name, values: Array.from(value as Uint8Array) } satisfies Column : value);
  return Object.fromEntries(Object.entries(packed).map(([name, value]) => [name, column(value)]));
}

/** Runs in the page, before the application: a bridge that tells of handles when it is asked to. */
function bridge(given: Readonly<Record<string, unknown>>): void {
  const isColumn = (value: unknown): value is Column => typeof value === 'object' && value !== null && 'type' in value;
  const made = ({ type, values }: Column): unknown => Reflect.construct(Reflect.get(globalThis, type) as Uint8ArrayConstructor, [values]);
  const many = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, isColumn(value) ? made(value) : value]));
  const nothing = new Uint32Array();
  const answer = {
    revision: 1, overview: { from: 0, bucket: 1, counts: nothing, worst: new Uint8Array() }, strings: [],
    spans: { lane: nothing, start: new Float64Array(), end: new Float64Array(), kind: new Uint8Array(), bad: new Uint8Array(), seq: nothing, label: nothing, count: nothing },
    marks: { lane: nothing, time: new Float64Array(), kind: new Uint8Array(), seq: nothing, label: nothing, count: nothing },
  };
  const snapshot = {
    revision: 1, nodes: [], removed: [], scenario: undefined, leaving: undefined, findings: { error: 0, warning: 0, note: 0 },
    recorder: { events: 1, dropped: 0, forgotten: 0, perSecond: 0, microsPerEvent: 0, now: 1000, journal: { state: 'none' } },
    shown: { epoch: 0, startedAt: 0, file: undefined, unsaved: false }, sweep: undefined, others: undefined, exchange: undefined, appUpdate: { kind: 'idle' }, opening: undefined, engine: { kind: 'portable', description: '', unavailable: {}, lost: undefined, service: false },
  };
  const ok = (value: unknown): unknown => Promise.resolve({ ok: true, value });
  let tell = (_update: unknown): void => {};
  const methods: Readonly<Record<string, unknown>> = {
    info: () => Promise.resolve({ version: '', platform: '', window: 0, tour: false, left: [], sweepEngines: ['portable'] }), gallery: () => Promise.resolve([]), setTheme: () => Promise.resolve(),
    snapshot: () => Promise.resolve(snapshot), timeline: () => ok(answer), events: () => ok({ revision: 1, total: 0, offset: 0, rows: [], looked: 0, complete: true }),
    findings: () => Promise.resolve({ findings: [], counts: snapshot.findings, rules: [], leaks: [], notKept: 0 }),
    onUpdate: (listener: typeof tell) => { tell = listener; return () => {}; },
  };
  // What else the window may ask is not what is measured.
  const inspector = new Proxy({}, { get: (_target, name) => methods[String(name)] ?? (() => () => {}) });
  Object.defineProperty(globalThis, 'inspector', { value: inspector });
  const frame = (): Promise<number> => new Promise((resolve) => { requestAnimationFrame(() => { setTimeout(() => resolve(performance.now())); }); });
  const measurePaint = async (): Promise<number> => {
    const began = performance.now();
    // As the bridge does: what crosses it is a copy.
    tell(structuredClone({ ...snapshot, revision: 2, many }));
    while (document.querySelector('[role=treeitem]') === null) await frame();
    return performance.now() - began;
  };
  const measureScroll = async (steps: number, by: number): Promise<readonly number[]> => {
    const scroller = document.querySelector('[role=tree]')?.closest('[class*=scroller]');
    const frames: number[] = [];
    for (let step = 0; step < steps && scroller !== null && scroller !== undefined; step++) {
      const before = performance.now();
      scroller.scrollTop += by;
      await frame();
      frames.push(performance.now() - before);
    }
    return frames;
  };
  Object.defineProperty(globalThis, 'measurePaint', { value: measurePaint });
  Object.defineProperty(globalThis, 'measureScroll', { value: measureScroll });
}

async function measure(browser: Browser): Promise<void> {
  // bundles.mjs says what is stale by its own place, which a bundle would change.
  const { buildStale } = await import(/* @vite-ignore */ pathToFileURL(inProject('build', 'bundles', 'bundles.mjs')).href) as typeof import('../../build/bundles/bundles.mjs');
  await buildStale(['renderer'], () => {});
  const paint = async (columns: ReturnType<typeof columnsOf>): Promise<Painted> => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.route(`${ADDRESS}**`, (route) => {
      const { pathname } = new URL(route.request().url());
      const file = pathname === '/' ? 'index.html' : pathname.slice(1);
      return route.fulfill({ body: readFileSync(join(dist, 'renderer', file)), contentType: TYPES[extname(file)] ?? 'application/octet-stream' });
    });
    await page.addInitScript(bridge, columns);
    await page.goto(ADDRESS);
    await page.locator('body[data-idle=true]').waitFor();
    const devtools = await page.context().newCDPSession(page);
    // Time of the processor and not of the clock: what else the machine does is no work of the page.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const worked = async (): Promise<number> => ((await devtools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    // Both are defined by bridge.
    const beforePaint = await worked();
    const painted = await page.evaluate(() => (Reflect.get(globalThis, 'measurePaint') as () => Promise<number>)());
    const paintWork = await worked() - beforePaint;
    const scroll = (by: number): Promise<readonly number[]> => page.evaluate(
      ([steps, step]) => (Reflect.get(globalThis, 'measureScroll') as (steps: number, by: number) => Promise<readonly number[]>)(steps, step), [FRAMES, by] as const,
    );
    const still = await scroll(0);
    const before = await worked();
    const scrolled = await scroll(STEP);
    const work = (await worked() - before) / FRAMES;
    await page.close();
    return { paint: painted, paintWork, scrolled, still, work };
  };
  const many: Painted[] = [];
  const few: Painted[] = [];
  const [columns, fifty] = [columnsOf(NODES), columnsOf(50)];
  for (let round = 0; round < ROUNDS; round++) {
    many.push(await paint(columns));
    few.push(await paint(fifty));
  }
  const [slow, quick] = [many, few].map((rounds) => percentile(rounds.map((painted) => painted.paint), 0.5));
  const [work, workOfFew] = [many, few].map((rounds) => percentile(rounds.map(({ paintWork }) => paintWork), 0.5));
  report({ what: 'of it work of the page', value: work ?? 0, unit: 'ms', against: { times: (work ?? 0) / (workOfFew ?? 1), of: 'fifty handles' } });
  const p95 = (frames: (painted: Painted) => readonly number[]): number => percentile(many.flatMap(frames), 0.95);
  const handles = NODES.toLocaleString('en');
  report({
    what: `first paint: ${handles} handles, from their arrival to the frame that shows them`, value: slow ?? 0, unit: 'ms', aim: { most: AIM_MS },
    against: { times: (slow ?? 0) / (quick ?? 1), of: 'fifty handles' },
  });
  // From frame to frame it is the frame clock that is measured, and a page that moves nothing has the same one.
  const scrolled = p95((painted) => painted.scrolled);
  report({ what: `scroll: from frame to frame of ${handles} handles, p95`, value: scrolled, unit: 'ms', against: { times: scrolled / p95((painted) => painted.still), of: 'a page that stands still' } });
  report({ what: 'scroll: work of a frame, middle', value: percentile(many.map((painted) => painted.work), 0.5), unit: 'ms', aim: { most: AIM_WORK_MS } });
}

/** Milliseconds from a page that is loaded anew to the rows of a recording that main holds: the whole way, with the bridge. */
async function reloaded(handles: number): Promise<number> {
  return inFolder(async (folder) => {
    const file = join(folder, 'handles.hinspect');
    const written = await writeSynthetic({ events: handles * 12, handles, seed: 1 }, file, { application: 'bench', engine: { kind: 'synthetic', description: 'Synthetic' } });
    if (!written.ok) throw new Error(written.error);
    const { electron, page } = await startApp(root, [`--user-data-dir=${folder}`, `--open=${file}`]);
    try {
      const times: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await page.reload();
        await page.getByRole('treeitem').first().waitFor();
        // The newest row counts from the beginning of its page.
        times.push(await page.evaluate(() => performance.now()));
        await page.locator('body[data-idle=true]').waitFor();
      }
      return percentile(times, 0.5);
    } finally {
      await electron.close();
    }
  });
}

async function measureInElectron(): Promise<void> {
  if (!hasElectron()) {
    console.log('the way over the bridge was not measured: it needs an Electron and a display');
    return;
  }
  const [many, few] = [await reloaded(NODES), await reloaded(50)];
  report({ what: `a reload of the window with ${NODES.toLocaleString('en')} handles, to its rows`, value: many, unit: 'ms', against: { times: many / few, of: 'fifty handles' } });
}

inChromium(measure).then(measureInElectron).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
