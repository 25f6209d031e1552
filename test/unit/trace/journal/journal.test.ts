import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leftJournals, openJournalFile, pruneJournals } from '../../../../electron/trace/journal/journal-reader';
import { JournalWriter } from '../../../../electron/trace/journal/journal-writer';
import { Trace } from '../../../../electron/trace/trace';

const HEADER = { journal: 1, application: '0', engine: { kind: 'portable', description: '' }, startedAt: '2026-01-01T00:00:00Z', pid: process.pid } as const;

let folder = '';
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hjournal-')); });
afterEach(async () => rm(folder, { recursive: true }));

function recorded(count: number, file: string): JournalWriter {
  const trace = new Trace();
  const journal = new JournalWriter(trace, file, HEADER, (message) => { throw new Error(message); });
  for (let i = 0; i < count; i += 1) {
    trace.append({ kind: 'note', level: 'info', text: `note ${i}`, handle: undefined, thread: 1 });
    if (i % 100 === 99) journal.flush();
  }
  return journal;
}

async function texts(file: string): Promise<readonly string[]> {
  const journal = await openJournalFile(file);
  if (!journal.ok) throw new Error(journal.error);
  const found: string[] = [];
  try {
    for await (const line of journal.value.lines()) {
      const event: unknown = JSON.parse(line);
      found.push(typeof event === 'object' && event !== null && 'text' in event ? String(event.text) : '');
    }
  } catch (failure) {
    // Whole or torn, what came before the end is what counts here.
    expect(String(failure)).toMatch(/torn|in order/);
  }
  return found;
}

describe('the journal', () => {
  test('gives back every event in its order', async () => {
    const file = path.join(folder, 'a.hjournal');
    recorded(250, file).close();
    expect(await texts(file)).toEqual(Array.from({ length: 250 }, (_, index) => `note ${index}`));
  });

  test('with a torn tail gives what came before it', async () => {
    const file = path.join(folder, 'a.hjournal');
    recorded(250, file).flush();
    const whole = (await readFile(file)).length;
    for (const cut of [1, 9, 500]) {
      await truncate(file, whole - cut);
      expect((await texts(file)).length).toBe(200);
      await appendFile(file, Buffer.alloc(cut));
      expect((await texts(file)).length).toBe(200);
    }
  });

  test('with a flipped bit in the middle stops before it', async () => {
    const file = path.join(folder, 'a.hjournal');
    recorded(300, file).close();
    const bytes = await readFile(file);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = (bytes[middle] ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect((await texts(file)).length).toBe(100);
  });

  test.each([['a text', 'hello, this is no journal'], ['nothing', '']])('that is %s is refused by name', async (_what, content) => {
    const file = path.join(folder, 'bad.hjournal');
    await writeFile(file, content);
    const read = await openJournalFile(file);
    expect(!read.ok && read.error).toContain('bad.hjournal');
  });

  test('is offered when it did not end in order and its process is gone, and not otherwise', async () => {
    const file = path.join(folder, 'a.hjournal');
    recorded(10, file).flush();
    expect(await leftJournals(folder)).toEqual([]);
    expect(await leftJournals(folder, () => false)).toEqual([{ file, startedAt: HEADER.startedAt, events: 10 }]);
    recorded(10, path.join(folder, 'b.hjournal')).close();
    expect((await leftJournals(folder, () => false)).map((left) => left.file)).toEqual([file]);
    expect(await leftJournals(path.join(folder, 'none'))).toEqual([]);
  });

  test('goes when newer ones have come, unless its process lives', async () => {
    for (const name of ['a', 'b', 'c']) recorded(1, path.join(folder, `${name}.hjournal`)).close();
    await pruneJournals(folder, 1);
    expect((await readdir(folder)).length).toBe(3);
    await pruneJournals(folder, 1, () => false);
    expect((await readdir(folder)).length).toBe(1);
  });

  test.skipIf(process.platform !== 'linux')('on a disk that is full stops with a message, and the recording goes on', () => {
    const trace = new Trace();
    const messages: string[] = [];
    // /dev/full opens for writing and refuses every byte, as a full disk does.
    const journal = new JournalWriter(trace, '/dev/full', HEADER, (message) => messages.push(message));
    for (const text of ['before', 'after']) {
      trace.append({ kind: 'note', level: 'info', text, handle: undefined, thread: 1 });
      journal.flush();
    }
    expect(messages).toEqual([expect.stringContaining('ENOSPC')]);
    expect(journal.stopped).toBe(messages[0]);
    journal.close();
    expect(trace.log.length).toBe(2);
  });

  test('is on disk within 25 ms while a busy thread lets no timer run', async () => {
    const file = path.join(folder, 'busy.hjournal');
    let now = 0;
    const trace = new Trace(() => now);
    const journal = new JournalWriter(trace, file, HEADER, (message) => { throw new Error(message); });
    for (now = 0; now <= 100; now += 1) trace.append({ kind: 'note', level: 'info', text: `note ${now}`, handle: undefined, thread: 1 });
    // Nothing was awaited since the first: this is what a fault would leave now.
    expect((await texts(file)).length).toBeGreaterThanOrEqual(75);
    journal.close();
    expect((await texts(file)).length).toBe(101);
  });

  test('after kill -9 lacks at most the last 50 ms', async () => {
    const program = path.join(folder, 'recorder.cjs');
    await build({
      configFile: false, logLevel: 'error', ssr: { noExternal: true },
      build: { ssr: true, outDir: folder, emptyOutDir: false, rolldownOptions: { input: path.join(import.meta.dirname, 'recorder-to-kill.ts'), output: { format: 'cjs', entryFileNames: 'recorder.cjs' } } },
    });
    const file = path.join(folder, 'killed.hjournal');
    const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: { readonly count: number; readonly time: number }[] = [];
    child.stdout.on('data', (text: Buffer) => {
      for (const line of text.toString().trim().split('\n')) {
        const [count, time] = line.split(' ').map(Number);
        said.push({ count: count ?? 0, time: time ?? 0 });
      }
    });
    await new Promise<void>((resolve) => { child.stdout.on('data', () => { if (said.length > 100) resolve(); }); });
    const gone = new Promise((resolve) => { child.once('exit', resolve); });
    child.kill('SIGKILL');
    await gone;
    const kept = (await texts(file)).length;
    const last = said.at(-1);
    const before = said.filter(({ time }) => time <= (last?.time ?? 0) - 50).at(-1);
    expect(kept).toBeGreaterThanOrEqual(before?.count ?? 0);
    expect(kept).toBeGreaterThan(500);
  });
});
