import { expect, test } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../build/setup/project.mjs';
import { runNode } from '../../build/setup/run.mjs';
import { loadInto } from '../../electron/session/load';
import { Trace } from '../../electron/trace/trace';

/** Width and height from a PNG's header, in pixels. */
function pngSize(png: Buffer): { readonly width: number; readonly height: number } {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20) };
}

function headlessStart(...args: readonly string[]): ReturnType<typeof runNode> {
  const env = { DISPLAY: undefined, WAYLAND_DISPLAY: undefined };
  return runNode([inProject('build', 'start.mjs'), ...args], { env, timeout: 80_000 });
}

test('npm start without a display runs the tour and leaves a picture and a trace', async () => {
  test.skip(process.platform !== 'linux', 'only Linux can be without a display');
  test.setTimeout(180_000);
  const folder = await mkdtemp(join(tmpdir(), 'hinspector-start-'));
  try {
    const screenshot = join(folder, 'tour.png');
    const trace = join(folder, 'tour.hinspect');
    const outcome = await headlessStart(`--screenshot=${screenshot}`, `--trace=${trace}`);
    expect(outcome.code, outcome.output).toBe(0);
    expect(outcome.output).toContain(`Screenshot: ${screenshot}\n`);
    expect(outcome.output).toContain(`Trace: ${trace}\n`);

    const png = await readFile(screenshot);
    const { width, height } = pngSize(png);
    expect(width).toBeGreaterThanOrEqual(800);
    expect(height).toBeGreaterThanOrEqual(500);
    // A window that drew nothing packs into a few kilobytes; text and lanes do not.
    expect(png.length).toBeGreaterThan(20_000);

    const recorded = new Trace();
    const loaded = await loadInto(recorded, trace);
    if (!loaded.ok) throw new Error(loaded.error);
    expect(loaded.value).toMatchObject({ invalid: 0, lost: 0, truncated: false, header: { version: 2, engine: { kind: 'portable' } } });
    const calls = new Set([...recorded.log].flatMap((event) => (event.kind === 'call' ? [event.api] : [])));
    for (const api of ['HttpSendRequest', 'InternetCloseHandle', 'HttpCancelHttpRequest'] as const) expect(calls).toContain(api);

    // What it left can be shown again, and is left as it is.
    await rm(screenshot);
    const again = await headlessStart(`--open=${trace}`, `--screenshot=${screenshot}`);
    expect(again.code, again.output).toBe(0);
    expect((await readFile(screenshot)).length).toBeGreaterThan(20_000);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
