import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeBlock } from '../../../electron/session/block';
import { HEAD, HEAD_BYTES, LIMITS, SIGNATURE } from '../../../electron/session/format';
import { loadInto } from '../../../electron/session/load';
import type { Loaded } from '../../../electron/session/loaded';
import { saveSession } from '../../../electron/session/save';
import { crc32 } from '../../../electron/trace/journal/crc32';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';
import type { Annotation } from '../../../preload/contract/annotation';
import { handleId } from '../../../preload/contract/ids';

const BY = { application: '0.0.0', engine: { kind: 'portable', description: 'Portable engine' } };

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hinspect-'));
  file = path.join(folder, 'a.hinspect');
});
afterEach(async () => rm(folder, { recursive: true }));

function traceOf(events: number): Trace {
  const trace = new Trace();
  for (const event of syntheticTrace({ events, handles: Math.ceil(events / 100), seed: 5 })) trace.append(event);
  return trace;
}

async function opened(): Promise<{ readonly loaded: Loaded; readonly trace: Trace }> {
  const trace = new Trace(() => 0);
  const loaded = await loadInto(trace, file);
  if (!loaded.ok) throw new Error(loaded.error);
  return { loaded: loaded.value, trace };
}

/** Where the blocks of a file begin. */
function blocksOf(bytes: Buffer): readonly number[] {
  const found: number[] = [];
  for (let at = SIGNATURE.length; at < bytes.length; at += HEAD_BYTES + bytes.readUInt32LE(at + HEAD.storedBytes)) found.push(at);
  return found;
}

describe('a session file', () => {
  test('gives back what it was saved with, and names its constants', async () => {
    const trace = traceOf(20_000);
    expect(await saveSession(trace, file, BY)).toEqual({ ok: true, value: { events: trace.log.length } });
    const { loaded, trace: after } = await opened();
    expect(loaded).toMatchObject({ events: trace.log.length, invalid: 0, lost: 0, truncated: false });
    expect(loaded.header).toMatchObject({ version: 2, application: '0.0.0', constants: { INTERNET_STATUS: { INTERNET_STATUS_HANDLE_CLOSING: 70 } } });
    expect([...after.log]).toEqual([...trace.log]);
    expect([...after.tree.all()]).toEqual([...trace.tree.all()]);
  });

  test('keeps notes, bookmarks and muted rules beside the events', async () => {
    const annotations: readonly Annotation[] = [
      { kind: 'note', id: 'a-1', writtenAt: '2026-01-01T00:00:00Z', place: { kind: 'handle', handle: handleId(3) }, text: 'this one “leaks” 🙂' },
      { kind: 'bookmark', id: 'b', writtenAt: '2026-01-01T00:00:00Z', time: 12.5 },
      { kind: 'mute', id: 'c', writtenAt: '2026-01-01T00:00:00Z', rule: 'handle-leaked', handle: undefined, reason: 'known' },
    ];
    await saveSession(traceOf(100), file, BY, { annotations });
    expect((await opened()).loaded.annotations).toEqual(annotations);
  });

  test('cut short gives what was whole, and says so', async () => {
    const trace = traceOf(40_000);
    await saveSession(trace, file, BY);
    const { size } = await stat(file);
    for (const part of [0.9, 0.5, 0.3]) {
      await truncate(file, Math.floor(size * part));
      const { loaded, trace: after } = await opened();
      expect(loaded.truncated).toBe(true);
      expect(loaded.events).toBeGreaterThan(0);
      expect(loaded.events + loaded.lost).toBe(trace.log.length);
      expect(after.log.length).toBeGreaterThanOrEqual(loaded.events);
    }
  });

  test('with a damaged block loses that block only: calls and returns after it stay together', async () => {
    const trace = traceOf(40_000);
    await saveSession(trace, file, BY);
    const bytes = await readFile(file);
    const [, , second = 0] = blocksOf(bytes);
    bytes[second + HEAD_BYTES + 50] = (bytes[second + HEAD_BYTES + 50] ?? 0) ^ 1;
    await writeFile(file, bytes);
    const { loaded, trace: after } = await opened();
    expect(loaded).toMatchObject({ lost: 8192, invalid: 0, truncated: false, events: trace.log.length - 8192 });
    for (const event of after.log) {
      if (event.kind !== 'return') continue;
      const call = after.log.at(event.call);
      expect(call.kind === 'call' ? call.api : call.kind).toBe(call.kind === 'call' ? event.api : 'note');
    }
  });

  test('with a torn head finds the next whole block', async () => {
    const trace = traceOf(40_000);
    await saveSession(trace, file, BY);
    const bytes = await readFile(file);
    const [, , second = 0] = blocksOf(bytes);
    bytes.fill(0, second, second + HEAD_BYTES);
    await writeFile(file, bytes);
    expect((await opened()).loaded).toMatchObject({ lost: 8192, truncated: false });
  });

  test.each([
    ['a text', Buffer.from('hello')], ['nothing', Buffer.alloc(0)], ['another gzip', gzipSync('{"a":1}\n')], ['a signature and no more', Buffer.from(SIGNATURE)],
    ['a newer version in the form of version 1', gzipSync(`${JSON.stringify({ format: 'hinspect', version: 99, application: '', engine: { kind: '', description: '' }, savedAt: '' })}\n`)],
  ])('that is %s gives a sentence that names the file', async (_what, bytes) => {
    await writeFile(file, bytes);
    const loaded = await loadInto(new Trace(), file);
    expect(!loaded.ok && loaded.error).toContain('a.hinspect');
  });

  test('of a newer version says which one it needs', async () => {
    const header = { format: 'hinspect', version: 3, application: '', engine: { kind: '', description: '' }, savedAt: '' };
    await writeFile(file, Buffer.concat([SIGNATURE, await writeBlock('header', Buffer.from(JSON.stringify(header)))]));
    const loaded = await loadInto(new Trace(), file);
    expect(!loaded.ok && loaded.error).toMatch(/version 3.*reads up to 2/);
  });

  test('that says a block is small and expands to more than it says costs no more than it says', async () => {
    await saveSession(traceOf(100), file, BY);
    const bomb = deflateRawSync(Buffer.alloc(LIMITS.block * 2));
    const head = Buffer.from((await writeBlock('events', Buffer.alloc(100))).subarray(0, HEAD_BYTES));
    head.writeUInt32LE(bomb.length, HEAD.storedBytes);
    head.writeUInt32LE(crc32(bomb), HEAD.contentCrc);
    head.writeUInt32LE(crc32(head.subarray(0, HEAD.headCrc)), HEAD.headCrc);
    const whole = await readFile(file);
    const end = blocksOf(whole).at(-1) ?? 0;
    await writeFile(file, Buffer.concat([whole.subarray(0, end), head, bomb, whole.subarray(end)]));
    expect((await opened()).loaded).toMatchObject({ lost: 0, truncated: false });
  });

  test('that cannot be written leaves the old one as it was', async () => {
    const nowhere = path.join(folder, 'none', 'a.hinspect');
    expect((await saveSession(traceOf(1), nowhere, BY)).ok).toBe(false);
    await expect(readFile(nowhere)).rejects.toThrow();
  });
});

describe('a session file of version 1', () => {
  test('opens as what it was', async () => {
    file = path.join(import.meta.dirname, 'fixtures', 'version-1.hinspect');
    const { loaded, trace } = await opened();
    expect(loaded).toMatchObject({ events: 30, invalid: 0, lost: 0, truncated: false, header: { version: 1, engine: { kind: 'portable' } } });
    expect([...trace.tree.all()].map(({ label, state }) => `${label}: ${state}`)).toMatchInlineSnapshot(`
      [
        "Session: closed",
        "127.0.0.1:37545: closed",
        "GET /slow: closed",
      ]
    `);
  });
});
