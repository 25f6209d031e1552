import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadInto } from '../../../electron/session/load';
import { saveSession } from '../../../electron/session/save';
import { JournalWriter } from '../../../electron/trace/journal/journal-writer';
import { syntheticTrace } from '../../../electron/trace/synthetic';
import { Trace } from '../../../electron/trace/trace';

const BY = { application: '0.0.0', engine: { kind: 'portable', description: 'Portable engine' } };

describe('an opened file', () => {
  let folder = '';
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hload-')); });
  afterEach(async () => rm(folder, { recursive: true }));

  function recorded(): Trace {
    const trace = new Trace();
    for (const event of syntheticTrace({ events: 3000, handles: 40, seed: 7 })) trace.append(event);
    return trace;
  }

  test('shows the same handles as the recording, as they were at its end', async () => {
    const file = path.join(folder, 'a.hinspect');
    const before = recorded();
    await saveSession(before, file, BY);
    const after = new Trace();
    expect(await loadInto(after, file)).toMatchObject({ ok: true, value: { events: before.log.length, invalid: 0, lost: 0, truncated: false } });
    expect([...after.tree.all()]).toEqual([...before.tree.all()]);
  });

  test('is told of as it comes in, and can be stopped', async () => {
    const file = path.join(folder, 'a.hinspect');
    const long = new Trace();
    for (const event of syntheticTrace({ events: 60_000, handles: 400, seed: 3 })) long.append(event);
    await saveSession(long, file, BY);
    const parts: number[] = [];
    await loadInto(new Trace(), file, { onProgress: (part) => parts.push(part) });
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts.at(-1)).toBe(1);
    const stop = new AbortController();
    const trace = new Trace();
    const loaded = await loadInto(trace, file, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(!loaded.ok && loaded.error).toContain('stopped');
    expect(trace.log.length).toBeLessThan(long.log.length);
  });

  test('can be recorded on: new handles get new ids and later times', async () => {
    const file = path.join(folder, 'a.hinspect');
    await saveSession(recorded(), file, BY);
    const trace = new Trace();
    await loadInto(trace, file);
    const nodes = trace.tree.size;
    const last = trace.now();
    const engine = new PortableEngine();
    const inspector = new Inspector(engine, trace);
    const opened = await inspector.call('InternetOpen', { lpszAgent: 'again' });
    expect(trace.tree.size).toBe(nodes + 1);
    expect(opened.returned.time).toBeGreaterThanOrEqual(last);
    await engine.dispose();
  });

  test('may be the journal of a crashed recording', async () => {
    const trace = new Trace();
    const file = path.join(folder, 'crash.hjournal');
    const journal = new JournalWriter(trace, file, { journal: 1, ...BY, startedAt: '2026-01-01T00:00:00Z', pid: 0 }, (message) => { throw new Error(message); });
    for (const event of syntheticTrace({ events: 500, handles: 5, seed: 1 })) trace.append(event);
    journal.flush();
    const loaded = await loadInto(new Trace(), file);
    expect(loaded).toMatchObject({ ok: true, value: { events: trace.log.length, invalid: 0, truncated: true } });
  });

  test('whose oldest events were dropped keeps calls and returns together', async () => {
    const trace = new Trace(() => 0, 1000);
    for (const event of syntheticTrace({ events: 70_000, handles: 900, seed: 2 })) trace.append(event);
    expect(trace.log.dropped).toBeGreaterThan(0);
    const file = path.join(folder, 'long.hinspect');
    await saveSession(trace, file, BY);
    const after = new Trace();
    expect(await loadInto(after, file)).toMatchObject({ ok: true, value: { events: trace.log.length - trace.log.first, invalid: 0 } });
    expect(after.log.dropped).toBe(trace.log.dropped);
    let apart = 0;
    for (const event of after.log) {
      if (event.kind !== 'return' || event.call < after.log.first) continue;
      const call = after.log.at(event.call);
      if (call.kind !== 'call' || call.api !== event.api || call.handle !== event.handle) apart += 1;
    }
    expect(apart).toBe(0);
  });

  test('with lines that are no events counts them and shows the rest', async () => {
    const file = path.join(folder, 'odd.hinspect');
    const header = { format: 'hinspect', version: 1, application: '', engine: { kind: '', description: '' }, savedAt: '' };
    const note = { seq: 0, time: 1, kind: 'note', thread: 1, level: 'info', text: 'kept' };
    const odd = [{ seq: 1, time: 2, kind: 'unheard-of', thread: 1 }, { seq: 2, time: 3, kind: 'call', thread: 1 }, { seq: 3, time: 4, kind: 'return', api: 'FormatDisk', thread: 1 }];
    await writeFile(file, gzipSync([header, note, ...odd].map((line) => JSON.stringify(line)).join('\n')));
    const trace = new Trace();
    expect(await loadInto(trace, file)).toMatchObject({ ok: true, value: { events: 1, invalid: 3, truncated: false } });
    expect(trace.log.at(trace.log.first)).toMatchObject({ text: 'kept' });
  });

  test('that is none gives a sentence that names it', async () => {
    const file = path.join(folder, 'none.hinspect');
    const loaded = await loadInto(new Trace(), file);
    expect(!loaded.ok && loaded.error).toContain('none.hinspect');
  });
});
