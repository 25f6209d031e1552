import { mkdtemp, readFile, rm, truncate, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSession } from '../../../electron/session/read';
import { saveSession } from '../../../electron/session/save';
import { Trace } from '../../../electron/trace/trace';

const BY = { application: '0.0.0', engine: { kind: 'portable', description: 'Portable engine' } };

describe('a session file', () => {
  let folder = '';
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspect-')); });
  afterEach(async () => rm(folder, { recursive: true }));

  function traceOf(events: number): Trace {
    const trace = new Trace();
    for (let i = 0; i < events; i += 1) trace.append({ kind: 'note', level: 'info', text: `note ${i} ${Math.random()}`, handle: undefined, thread: 1 });
    return trace;
  }

  test('gives back the events it was saved with, and names its constants', async () => {
    const trace = traceOf(500);
    const file = path.join(folder, 'a.hinspect');
    expect(await saveSession(trace, file, BY)).toEqual({ ok: true, value: { events: 500 } });
    const read = await readSession(file);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.truncated).toBe(false);
    expect(read.value.header.application).toBe('0.0.0');
    expect(read.value.events).toEqual([...trace.log]);
  });

  test('cut short gives what was whole, and says so', async () => {
    const file = path.join(folder, 'a.hinspect');
    await saveSession(traceOf(5000), file, BY);
    await truncate(file, Math.floor((await stat(file)).size / 2));
    const read = await readSession(file);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.truncated).toBe(true);
    expect(read.value.events.length).toBeGreaterThan(100);
    expect(read.value.events.length).toBeLessThan(5000);
  });

  test.each([
    ['a text', Buffer.from('hello')], ['nothing', Buffer.alloc(0)], ['another gzip', gzipSync('{"a":1}\n')],
    ['a newer version', gzipSync(`${JSON.stringify({ format: 'hinspect', version: 99, application: '', engine: { kind: '', description: '' }, savedAt: '' })}\n`)],
  ])('that is %s gives a sentence that names the file', async (_what, bytes) => {
    const file = path.join(folder, 'bad.hinspect');
    await writeFile(file, bytes);
    const read = await readSession(file);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error).toContain('bad.hinspect');
  });

  test('that cannot be written leaves the old one as it was', async () => {
    const file = path.join(folder, 'none', 'a.hinspect');
    const saved = await saveSession(traceOf(1), file, BY);
    expect(saved.ok).toBe(false);
    await expect(readFile(file)).rejects.toThrow();
  });
});
