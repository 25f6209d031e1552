/**
 * How long a recording takes to read, against speedscope on the same events: as the trace events that it is exported to, for
 * speedscope reads no session. What it takes with a few of them is its start and its first picture, and is not counted.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join } from 'node:path';
import type { Browser } from '@playwright/test';
import { inProject } from '../../build/setup/project.mjs';
import { EVERY_EVENT } from '../../electron/session/export/export-source';
import { exportPieces } from '../../electron/session/export/record-formats';
import { loadInto } from '../../electron/session/load';
import { writeSynthetic } from '../../electron/session/synth/write-synthetic';
import { Trace } from '../../electron/trace/trace';
import { inFolder } from './electron-app';
import { percentile, report, SMOKE } from './figures';
import { inChromium } from './in-chromium';

const EVENTS = SMOKE ? 5000 : 50_000;
const FEW = 1000;
const ROUNDS = SMOKE ? 1 : 3;
const WAIT_MS = 120_000;
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' };
const BY = { application: 'bench', engine: { kind: 'synthetic', description: 'Synthetic' } };

const RELEASE = join(dirname(createRequire(inProject('package.json')).resolve('speedscope/package.json')), 'dist', 'release');

/** Milliseconds until a session file is a trace that can be asked, and the trace. */
async function ours(file: string): Promise<{ readonly ms: number; readonly trace: Trace }> {
  const trace = new Trace(() => 0);
  const began = performance.now();
  const loaded = await loadInto(trace, file);
  if (!loaded.ok) throw new Error(loaded.error);
  return { ms: performance.now() - began, trace };
}

/** Milliseconds until speedscope shows the first track of exported trace events. */
async function theirs(browser: Browser, profile: string): Promise<number> {
  const server = createServer((request, response) => {
    const name = basename(new URL(request.url ?? '', 'http://localhost').pathname);
    try {
      const body = name === 'profile.json' ? profile : readFileSync(join(RELEASE, name));
      response.writeHead(200, { 'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A TCP server that listens has an address of this kind.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const page = await browser.newPage();
  try {
    const began = performance.now();
    await page.goto(`${origin}/index.html#profileURL=${encodeURIComponent(`${origin}/profile.json`)}`);
    await page.getByText(/\(1\/\d+\)$/).waitFor({ timeout: WAIT_MS });
    return performance.now() - began;
  } finally {
    await page.close();
    server.close();
  }
}

void inChromium(async (browser) => {
  await inFolder(async (folder) => {
    let own = 0;
    const other: number[] = [];
    for (const events of [FEW, EVENTS]) {
      const file = join(folder, `${events}.hinspect`);
      const written = await writeSynthetic({ events, handles: Math.ceil(events / 200), seed: 1 }, file, BY);
      if (!written.ok) throw new Error(written.error);
      const { trace } = await ours(file);
      const profile = [...exportPieces('trace-events', { trace, end: trace.log.length, startedAt: 0, application: 'bench' }, EVERY_EVENT)].join('');
      const [mine, its]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        mine.push((await ours(file)).ms);
        its.push(await theirs(browser, profile));
      }
      own = percentile(mine, 0.5);
      other.push(percentile(its, 0.5));
    }
    const [theirFew = 0, theirMany = 0] = other;
    process.stdout.write(`speedscope: ${theirFew.toFixed(0)} ms with ${FEW.toLocaleString('en')} events, ${theirMany.toFixed(0)} ms with ${EVENTS.toLocaleString('en')}\n`);
    report({ what: `read ${EVENTS.toLocaleString('en')} events`, value: own, unit: 'ms', against: { times: own / Math.max(1, theirMany - theirFew), of: 'what they add to speedscope’s start' } });
  });
});
