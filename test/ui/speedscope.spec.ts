import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { EVERY_EVENT } from '../../electron/session/export/export-source';
import { exportPieces } from '../../electron/session/export/record-formats';
import { Trace } from '../../electron/trace/trace';
import { syntheticTrace } from '../../electron/trace/synthetic';

const RELEASE = path.join(path.dirname(createRequire(import.meta.url).resolve('speedscope/package.json')), 'dist', 'release');
const ORIGIN = 'http://speedscope.test';

/** Real viewers read more strictly than any test of ours: this is speedscope as it is published. */
test('speedscope opens exported trace events with a profile for every track', async ({ page }) => {
  const trace = new Trace();
  for (const event of syntheticTrace({ events: 600, handles: 6, seed: 5 })) trace.append(event);
  const file = [...exportPieces('trace-events', { trace, end: trace.log.length, startedAt: 0, application: '0.0.0' }, EVERY_EVENT)].join('');
  const faults: string[] = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(error.message));
  const files = new Set(readdirSync(RELEASE));
  await page.route(`${ORIGIN}/**`, async (route) => {
    const name = path.posix.basename(new URL(route.request().url()).pathname);
    if (name === 'hinspector.trace.json') await route.fulfill({ contentType: 'application/json', body: file });
    else if (files.has(name)) await route.fulfill({ path: path.join(RELEASE, name) });
    else await route.fulfill({ status: 404 });
  });
  await page.goto(`${ORIGIN}/index.html#profileURL=${encodeURIComponent(`${ORIGIN}/hinspector.trace.json`)}`);
  // "Threads (pid 1), Thread 1 (tid 1) (1/9)": its title of the first profile, and how many there are.
  const tracks = new Set([...file.matchAll(/"pid":(\d),"tid":(\d+),"ts":[^,]+,"ph":"X"/g)].map(([, pid, tid]) => `${pid}/${tid}`));
  await expect(page.getByText(`Threads (pid 1), Thread 1 (tid 1) (1/${tracks.size})`)).toBeVisible();
  expect(faults.filter((fault) => !fault.includes('GL Driver Message'))).toEqual([]);
});
