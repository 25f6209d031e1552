/** Ten million events in the real application: a session is opened, panned and zoomed by keys, and its frames and the page's heap are measured. */
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inProject, root } from '../../build/setup/project.mjs';
import { run, runNode } from '../../build/setup/run.mjs';
import { findProgram } from '../../build/setup/system-packages.mjs';
import { percentile, report, SMOKE } from './figures';

const EVENTS = SMOKE ? 100_000 : 10_000_000;
const LANES = 500;
const AIM_DRAW_MS = 16;
const AIM_HEAP_MB = 150;
const MEGA = 1024 * 1024;
const MINUTE = 60_000;

/** Playwright is not bundled: it looks for its own files. */
const { _electron } = createRequire(inProject('package.json'))('@playwright/test') as typeof import('@playwright/test');

/** The build's own modules find things by their place, which a bundle would change. */
async function build<T>(...path: readonly string[]): Promise<T> {
  return await import(/* @vite-ignore */ pathToFileURL(inProject('build', ...path)).href) as T;
}

interface Measured {
  /** Milliseconds of script in each frame. */
  readonly script: readonly number[];
  /** Milliseconds between frames. */
  readonly frames: readonly number[];
  /** Bytes. */
  readonly heap: number;
}

/** Runs in the page: times what each frame's tasks take. */
function watchFrames(): void {
  const script: number[] = [];
  const frames: number[] = [];
  const ask = globalThis.requestAnimationFrame.bind(globalThis);
  globalThis.requestAnimationFrame = (task) => ask((time) => {
    const began = performance.now();
    task(time);
    script.push(performance.now() - began);
  });
  let last = performance.now();
  const next = (): void => {
    const now = performance.now();
    frames.push(now - last);
    last = now;
    ask(next);
  };
  ask(next);
  Object.defineProperty(globalThis, 'watched', { value: { script, frames } });
}

async function measure(executablePath: string, file: string): Promise<Measured> {
  const { sandboxEnvironment } = await build<typeof import('../../build/setup/display.mjs')>('setup', 'display.mjs');
  // Playwright wants every value to be text, and the environment's are.
  const env = { ...process.env, ...(await sandboxEnvironment()) } as Record<string, string>;
  const electron = await _electron.launch({ executablePath, args: [root, `--open=${file}`], env, timeout: 3 * MINUTE });
  try {
    const page = await electron.firstWindow({ timeout: 3 * MINUTE });
    await page.getByRole('treeitem').nth(5).waitFor({ timeout: 3 * MINUTE });
    await page.getByRole('application', { name: /^Timeline/ }).focus();
    await page.keyboard.press('f');
    await page.locator('body[data-idle=true]').waitFor();
    await page.evaluate(watchFrames);
    for (let turn = 0; turn < 12; turn++) {
      for (const key of ['KeyW', 'KeyD', 'KeyD', 'KeyA', 'ArrowDown', ...(turn % 4 === 3 ? ['KeyS', 'KeyS', 'KeyS'] : [])]) {
        await page.keyboard.press(key);
        await page.waitForTimeout(30);
      }
    }
    const { script, frames } = await page.evaluate(() => Reflect.get(globalThis, 'watched') as Omit<Measured, 'heap'>);
    const tools = await page.context().newCDPSession(page);
    await tools.send('HeapProfiler.collectGarbage');
    await tools.send('Performance.enable');
    const { metrics } = await tools.send('Performance.getMetrics');
    return { script, frames, heap: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0 };
  } finally {
    await electron.close();
  }
}

async function main(): Promise<void> {
  const { hasDisplay, underXvfb } = await build<typeof import('../../build/setup/display.mjs')>('setup', 'display.mjs');
  if (!hasDisplay()) {
    if (findProgram('xvfb-run') === undefined) {
      console.log('not measured: it needs a display, or xvfb-run');
      return;
    }
    const [command, args] = underXvfb(process.execPath, ['--expose-gc', process.argv[1] ?? ''], '1920x1200x24');
    process.exitCode = (await run(command, args, { stdio: 'inherit' })).code;
    return;
  }
  const { buildStale, everyBundle } = await build<typeof import('../../build/bundles/bundles.mjs')>('bundles', 'bundles.mjs');
  const { electronBinary } = await build<typeof import('../../build/setup/electron-binary.mjs')>('setup', 'electron-binary.mjs');
  await buildStale(everyBundle, () => {});
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-bench-'));
  try {
    const session = async (name: string, events: number): Promise<string> => {
      const file = join(folder, name);
      const made = await runNode([inProject('build', 'hinspector.mjs'), 'synth', '--events', String(events), '--handles', String(LANES), '--out', file], { timeout: 5 * MINUTE });
      if (made.code !== 0) throw new Error(made.output);
      return file;
    };
    const binary = await electronBinary();
    const few = await measure(binary, await session('few.hinspect', 10_000));
    const many = await measure(binary, await session('many.hinspect', EVENTS));
    const p95 = percentile(many.script, 0.95);
    report({
      what: `window: script of a frame while ${EVENTS.toLocaleString('en')} events are panned and zoomed, p95`, value: p95, unit: 'ms', aim: { most: AIM_DRAW_MS },
      against: { times: p95 / Math.max(0.01, percentile(few.script, 0.95)), of: 'ten thousand events' },
    });
    report({
      what: 'window: from frame to frame, p95', value: percentile(many.frames, 0.95), unit: 'ms',
      against: { times: percentile(many.frames, 0.95) / Math.max(0.01, percentile(few.frames, 0.95)), of: 'ten thousand events' },
    });
    report({
      what: 'window: heap of the page', value: many.heap / MEGA, unit: 'MB', aim: { most: AIM_HEAP_MB }, always: true,
      against: { times: many.heap / Math.max(1, few.heap), of: 'ten thousand events' },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
