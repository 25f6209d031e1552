import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, Window } from './app';
import { panAndZoom } from './pan-and-zoom';

/** Ten million in `npm run bench -- window`; what the page holds does not depend on it. */
const EVENTS = Number(process.env['HINSPECTOR_EVENTS'] ?? 300_000);
const MOST_HEAP = 150e6;
const ROOT = path.resolve(import.meta.dirname, '../..');

test('a long trace opens, is panned and zoomed, and its page holds what is on the screen and no more', async () => {
  test.slow();
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-long-'));
  const file = path.join(folder, 'long.hinspect');
  await promisify(execFile)(process.execPath, [path.join(ROOT, 'dist', 'electron', 'cli.cjs'), 'synth', `--events=${EVENTS}`, '--handles=500', `--out=${file}`]);
  const window = await Window.launch([`--user-data-dir=${folder}`, `--open=${file}`]);
  try {
    const { page } = window;
    await expect(page.getByRole('treeitem').first()).toBeVisible();
    await expect(page.getByRole('contentinfo')).toContainText(/[\d,]{6,} events/);
    const { frames, heap } = await panAndZoom(page);
    const slowest = frames.toSorted((a, b) => a - b)[Math.floor(frames.length * 0.95)] ?? 0;
    test.info().annotations.push({ type: 'frames', description: `p95 ${slowest.toFixed(1)} ms of ${frames.length}; heap ${(heap / 1e6).toFixed(1)} MB` });
    expect(frames.length).toBeGreaterThan(50);
    expect(heap).toBeLessThan(MOST_HEAP);
    // The window still answers: a filter finds in all of it.
    await window.filter('InternetCloseHandle');
    await expect(window.events.first()).toContainText('InternetCloseHandle');
  } finally {
    await window.close();
    await rm(folder, { recursive: true });
  }
});
