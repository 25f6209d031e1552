import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadInto } from '../../../electron/session/load';
import { saveSession } from '../../../electron/session/save';
import { Trace } from '../../../electron/trace/trace';
import { seq } from '../../../preload/contract/ids';
import { freePort } from '../../ui/free-port';
import { App } from './app';

let app: App;
let folder = '';
beforeEach(() => {
  app = new App();
  folder = mkdtempSync(path.join(tmpdir(), 'hanew-'));
});
afterEach(async () => {
  await app.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** A client whose request pends, because nobody answers it. */
async function pending(): Promise<void> {
  const url = await app.peer(() => undefined);
  const request = await app.client(`${url}/never`);
  await app.until('the request to be sent', () => app.callbacks(request).includes('REQUEST_SENT'));
}

const BY = { application: '0', engine: { kind: 'portable', description: '' } };

describe('a new recording', () => {
  test('closes every handle first and waits for what was pending, so that nothing is cut in two', async () => {
    await pending();
    const heard: string[] = [];
    app.trace.listen((event) => { if (event.kind === 'callback') heard.push(String(event.status)); });
    expect(await app.commands.run({ kind: 'begin-anew' })).toMatchObject({ ok: true });
    // INTERNET_STATUS_REQUEST_COMPLETE, then HANDLE_CLOSING.
    expect(heard.slice(0, 2)).toEqual(['100', '70']);
    expect([...app.trace.tree.all()]).toEqual([]);
  });

  test('closes servers too, with the requests that wait in their queues', async () => {
    const port = await freePort();
    expect(await app.commands.run({ kind: 'open-server', urlPrefix: `http://localhost:${port}/`, queueName: '' })).toMatchObject({ ok: true });
    const asked = fetch(`http://localhost:${port}/waits`).then(() => 'answered', () => 'gone');
    await app.until('the request to arrive', () => [...app.trace.tree.all()].some(({ kind }) => kind === 'server-request'));
    expect(await app.commands.run({ kind: 'begin-anew' })).toMatchObject({ ok: true });
    expect([...app.trace.tree.all()]).toEqual([]);
    expect(app.trace.log.length - app.trace.log.first).toBe(0);
    await asked;
    // And the prefix is free again.
    expect(await app.commands.run({ kind: 'open-server', urlPrefix: `http://localhost:${port}/`, queueName: '' })).toMatchObject({ ok: true });
  });

  test('is empty, begins at time 0, and takes what comes', async () => {
    await pending();
    const before = app.trace.now();
    await app.commands.run({ kind: 'begin-anew' });
    const { trace } = app;
    expect(trace.log.length - trace.log.first).toBe(0);
    expect(trace.log.dropped).toBe(0);
    expect(trace.forgottenHandles).toBe(0);
    expect(trace.now()).toBeLessThan(before + 1);
    expect(trace.events({ offset: 0, count: 10, text: '', handle: undefined }).total).toBe(0);
    expect(app.inspector.referee.findings).toEqual([]);
    const url = await app.peer((_request, response) => { response.end('here'); });
    const request = await app.client(`${url}/`);
    await app.until('the answer', () => app.callbacks(request).includes('REQUEST_COMPLETE'));
    const first = trace.log.at(trace.log.first);
    expect(first.time).toBeLessThan(trace.now());
    expect(first.seq).toBe(trace.log.earlier);
    expect(trace.spans.overview.answer().from).toBeLessThanOrEqual(trace.now());
    expect(trace.events({ offset: 0, count: 1, text: 'InternetOpen', handle: undefined }).total).toBeGreaterThan(0);
  });

  test('saved to a file holds what belongs to it, and says that nothing was dropped', async () => {
    await pending();
    await app.commands.run({ kind: 'begin-anew' });
    const url = await app.peer((_request, response) => { response.end('here'); });
    const request = await app.client(`${url}/`);
    await app.until('the answer', () => app.callbacks(request).includes('REQUEST_COMPLETE'));
    const file = path.join(folder, 'second.hinspect');
    expect((await saveSession(app.trace, file, BY)).ok).toBe(true);
    const read = new Trace(() => 0);
    expect((await loadInto(read, file)).ok).toBe(true);
    expect([...read.tree.all()].map(({ label }) => label)).toEqual([...app.trace.tree.all()].map(({ label }) => label));
    expect(read.log.length - read.log.first).toBe(app.trace.log.length - app.trace.log.first);
    expect(read.log.dropped).toBe(0);
  });

  test('leaves notes and bookmarks with the recording that they were about, and keeps the mutes of rules', async () => {
    await pending();
    const { annotations } = app.trace;
    annotations.add(
      { kind: 'bookmark', id: 'b', writtenAt: '', time: 1 },
      { kind: 'mute', id: 'm', writtenAt: '', rule: 'handle-leaked', handle: undefined, reason: 'known' },
    );
    await app.commands.run({ kind: 'begin-anew' });
    expect(annotations.all.map(({ id }) => id)).toEqual(['m']);
  });

  test('is not begun twice at once', async () => {
    await pending();
    const both = await Promise.all([app.commands.run({ kind: 'begin-anew' }), app.commands.run({ kind: 'begin-anew' })]);
    expect(both.map(({ ok }) => ok)).toEqual([true, false]);
  });

  test('shows itself to every window as another recording', async () => {
    await pending();
    const { epoch, startedAt } = app.desk.state();
    await app.commands.run({ kind: 'begin-anew' });
    expect(app.desk.state().epoch).toBe(epoch + 1);
    expect(app.desk.state().startedAt).toBeGreaterThan(startedAt);
    expect(app.desk.state().unsaved).toBe(false);
  });

  test('is refused by the record itself while a handle is open: it could not say where that came from', async () => {
    await pending();
    const { length } = app.trace.log;
    expect(() => app.trace.beginAnew()).toThrow(/is open/);
    expect(app.trace.log.length).toBe(length);
    expect(app.trace.log.has(seq(0))).toBe(true);
  });
});
