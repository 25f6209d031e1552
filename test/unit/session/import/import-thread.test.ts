import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundles, buildStale } from '../../../../build/bundles/bundles.mjs';
import { importFile, type ImportOptions, type ImportProgress } from '../../../../electron/session/import/import-file';
import { importOnThread } from '../../../../electron/session/import-thread';
import type { NewEvent } from '../../../../preload/contract/event';
import { csvEvent, CSV_HEADER, xmlEvent, xmlTrace, type WrittenEvent } from './tracerpt-text';

/** Megabytes of the large traces: more than their thread may take. 200 in full. */
const LARGE = Number(process.env['HINSPECTOR_IMPORT_MB'] ?? 20);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hinspector-thread-'));
  await buildStale(['import-worker']);
}, 60_000);
afterAll(async () => { await rm(folder, { recursive: true, force: true }); });

const onThread = importOnThread(bundles['import-worker'].output);

/** A request from its handle to its close, with values that come again every hundred. */
function exchange(count: number): readonly WrittenEvent[] {
  const request = `0x${(0xcc0010 + (count % 100) * 4).toString(16)}`;
  const at = (id: number, fields: Readonly<Record<string, string>>, after: number): WrittenEvent => ({ provider: 'Microsoft-Windows-WinINet', id, time: count + after / 10, fields });
  const headers = `GET /item/${count} HTTP/1.1\nHost: a.test\nX-Filler: ${'f'.repeat(300)}`;
  return [
    at(104, { ConnectionHandle: request, ParentHandle: '0xCC0008', Verb: 'GET', ObjectName: `/item/${count}` }, 0), at(200, { HINTERNET: request }, 1),
    at(210, { RequestHandle: request, Length: '9', Headers: headers }, 2), at(201, { RequestHandle: request, Verb: 'GET' }, 3),
    at(203, { ResponseCode: '200', RequestHandle: request, Verb: 'GET' }, 4), at(209, { RequestHandle: request }, 5), at(105, { HINTERNET: request }, 6),
  ];
}

/** Writes exchanges until the file has so many megabytes; how many there are. */
async function large(file: string, megabytes: number, write: (event: WrittenEvent) => string, head: string, tail: string): Promise<number> {
  let count = 0;
  function* pieces(): Generator<string> {
    yield head;
    for (let bytes = 0; bytes < megabytes * 1e6; count += 1) {
      const text = exchange(count).map(write).join('');
      bytes += text.length;
      yield text;
    }
    yield tail;
  }
  await pipeline(Readable.from(pieces()), createWriteStream(file));
  return count;
}

async function counted(run: (file: string, options: ImportOptions) => ReturnType<typeof importFile>, file: string) {
  let requests = 0;
  let closed = 0;
  const result = await run(file, {
    take: (events) => {
      for (const event of events) {
        if (event.kind !== 'observed') continue;
        if (event.created?.kind === 'request') requests += 1;
        if (event.became === 'closed') closed += 1;
      }
    },
  });
  return { result, requests, closed };
}

describe('an import on a thread of its own', () => {
  it('gives the same events in the same order as one in this thread', async () => {
    const file = path.join(folder, 'same.xml');
    await writeFile(file, xmlTrace(Array.from({ length: 2000 }, (_, count) => exchange(count)).flat()));
    const collect = async (run: typeof importFile): Promise<readonly NewEvent[]> => {
      const events: NewEvent[] = [];
      expect(await run(file, { take: (batch) => { events.push(...batch); } })).toMatchObject({ ok: true });
      return events;
    };
    expect(await collect(onThread)).toEqual(await collect(importFile));
  });

  it('is never more than a few batches ahead of who takes its events', async () => {
    const file = path.join(folder, 'ahead.csv');
    await large(file, 4, csvEvent, CSV_HEADER, '');
    let progressed = 0;
    let pending: (() => void) | undefined;
    const done = onThread(file, { take: () => new Promise<void>((resolve) => { pending ??= resolve; }), progress: () => { progressed += 1; } });
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    // A piece of 256 KiB is a batch: 4 MB would be sixteen.
    expect(progressed).toBeLessThan(6);
    pending?.();
    void done;
  });

  it('stops when it is told to, and says so', async () => {
    const file = path.join(folder, 'stop.csv');
    await large(file, 8, csvEvent, CSV_HEADER, '');
    const stop = new AbortController();
    const told: ImportProgress[] = [];
    const result = await onThread(file, { take: () => undefined, progress: (progress) => { told.push(progress); stop.abort(); }, signal: stop.signal });
    expect(result).toEqual({ ok: false, error: 'The import was stopped.' });
    expect(told.at(-1)?.bytes).toBeLessThan(8e6);
  });

  it('is done in this thread where none can be started', async () => {
    const file = path.join(folder, 'here.xml');
    await writeFile(file, xmlTrace(exchange(1)));
    expect(await importOnThread(path.join(folder, 'no-such-script.cjs'))(file, { take: () => undefined })).toMatchObject({ ok: true, value: { format: 'etw-xml' } });
  });

  it('gives the error of its file as a value, and an error of who takes its events too', async () => {
    const file = path.join(folder, 'none.xml');
    await writeFile(file, '<Events></Events>');
    expect(await onThread(file, { take: () => undefined })).toMatchObject({ ok: false, error: expect.stringMatching(/there is no event in it/) });
    expect(await onThread(path.join(folder, 'absent'), { take: () => undefined })).toMatchObject({ ok: false, error: expect.stringMatching(/cannot be opened/) });
    await writeFile(file, xmlTrace(exchange(1)));
    expect(await onThread(file, { take: () => { throw new Error('it speaks of too much'); } })).toMatchObject({ ok: false, error: expect.stringMatching(/it speaks of too much/) });
  });
});

/** What its thread may take, in MB: less than the file, which is more in memory than on the disk. */
const MEMORY = 16;

describe('a file that takes more memory than its thread may', () => {
  it('ends its own import, with a sentence, and nothing else', async () => {
    const file = path.join(folder, 'huge.har');
    const entry = (count: number): string => JSON.stringify({
      startedDateTime: '2026-11-22T10:00:00.000Z', request: { method: 'GET', url: `http://a.test/${count}`, headers: [{ name: 'x', value: 'y'.repeat(4000) }] }, response: { status: 200 },
    });
    await pipeline(Readable.from((function* () {
      yield '{"log":{"entries":[';
      for (let count = 0; count < 8000; count += 1) yield `${count === 0 ? '' : ',\n'}${entry(count)}`;
      yield ']}}';
    })()), createWriteStream(file));
    expect(await importOnThread(bundles['import-worker'].output, MEMORY)(file, { take: () => undefined })).toEqual({
      ok: false, error: expect.stringMatching(/huge\.har cannot be read: it takes more than 16 MB of memory\. Record a shorter time/),
    });
  }, 60_000);
});

describe(`a trace of ${LARGE} MB`, () => {
  it.each([['xml', xmlEvent, '<Events>\r\n', '</Events>\r\n'], ['csv', csvEvent, CSV_HEADER, '']] as const)('streams as %s in 16 MB', async (name, write, head, tail) => {
    const file = path.join(folder, `large.${name}`);
    const written = await large(file, LARGE, write, head, tail);
    const began = performance.now();
    const { result, requests, closed } = await counted(importOnThread(bundles['import-worker'].output, MEMORY), file);
    expect(result).toMatchObject({ ok: true, value: { invalid: 0, truncated: false } });
    expect([requests, closed]).toEqual([written, written]);
    console.info(`${name}: ${(LARGE / ((performance.now() - began) / 1000)).toFixed(0)} MB/s`);
    await rm(file);
  }, 60_000 + LARGE * 4000);
});
