import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CommandRunner } from '../../../electron/inspector/command-runner';
import { detailsOf } from '../../../electron/inspector/details';
import { eventRow } from '../../../electron/trace/event-rows';
import type { AnswerRule } from '../../../preload/contract/answer-rule';
import type { CommandResult } from '../../../preload/contract/command';
import type { CallEvent } from '../../../preload/contract/event';
import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import { App } from '../inspector/app';
import { freePort } from '../../ui/free-port';
import { HandClock } from './hand-clock';

let app: App;
let clock: HandClock;
let commands: CommandRunner;
let url: string;
let queue: HandleId;

const ANSWER: AnswerRule['action'] = { kind: 'answer', delay: 0, status: 201, reason: 'Made', headers: 'X-By: a rule', body: 'made' };
const ANY: AnswerRule = { method: '', matching: 'prefix', path: '', header: '', action: ANSWER };

beforeEach(() => {
  clock = new HandClock();
  app = new App(clock);
  commands = app.commands;
});
afterEach(async () => {
  commands.answerer.stop();
  await app.dispose();
});

async function serve(rules: readonly AnswerRule[]): Promise<void> {
  const port = await freePort();
  url = `http://localhost:${port}`;
  const opened = await commands.run({ kind: 'open-server', urlPrefix: `${url}/`, queueName: '', rules });
  if (!opened.ok || opened.value.handle === undefined) throw new Error(JSON.stringify(opened));
  queue = opened.value.handle;
}

/** What a client gets; undefined for one whose connection ends without an answer. */
function ask(resource: string, init: RequestInit = {}): Promise<{ readonly status: number; readonly text: string; readonly by: string | null; readonly type: string | null } | undefined> {
  return fetch(url + resource, init).then(async (response) => ({ status: response.status, text: await response.text(), by: response.headers.get('x-by'), type: response.headers.get('content-type') }), () => undefined);
}

async function received(label: string): Promise<HandleNode> {
  const find = (): HandleNode | undefined => [...app.trace.tree.all()].find((node) => node.label === label);
  await app.until(label, () => find() !== undefined);
  const node = find();
  if (node === undefined) throw new Error(label);
  return node;
}

function calls(api: string): readonly CallEvent[] {
  return app.events().flatMap((event) => (event.kind === 'call' && event.api === api ? [event] : []));
}

const notes = (): readonly string[] => app.events().flatMap((event) => (event.kind === 'note' ? [event.text] : []));
const messageOf = (result: CommandResult): string => (result.ok ? result.value.message : JSON.stringify(result.error));

test('a request is answered by the first rule that matches, and each call says which rule made it', async () => {
  await serve([{ ...ANY, method: 'POST', action: { ...ANSWER, status: 400 } }, { ...ANY, path: '/a' }, ANY]);
  const answer = ask('/a/b');
  await clock.whenAsked();
  clock.pass(0);
  expect(await answer).toMatchObject({ status: 201, text: 'made', by: 'a rule' });
  const [sent] = calls('HttpSendHttpResponse');
  expect(sent?.origin).toBe('Answering rule 2');
  if (sent === undefined) expect.fail('nothing was sent');
  expect(eventRow(sent, app.trace.tree).detail).toContain('by answering rule 2');
  const node = await received('GET /a/b');
  const details = detailsOf(app.trace, { kind: 'handle', handle: node.id }, () => new Uint8Array());
  expect(details.ok && details.value.explained[0]?.title).toContain('It was answered by answering rule 2');
});

test('a delay is waited for by the clock: not a moment sooner, with a note that says which rule has it', async () => {
  await serve([{ ...ANY, action: { ...ANSWER, delay: 500 } }]);
  const answer = ask('/slow');
  await clock.whenAsked();
  const node = await received('GET /slow');
  expect(notes()).toEqual(['Answering rule 1 took this request: 201 Made after 500 ms.']);
  clock.pass(499);
  expect(app.node(node.id).state).toBe('open');
  expect(calls('HttpSendHttpResponse')).toEqual([]);
  clock.pass(1);
  expect(await answer).toMatchObject({ status: 201 });
});

test('a cancel after its time ends the client without an answer, by HttpCancelHttpRequest', async () => {
  await serve([{ ...ANY, action: { kind: 'cancel', delay: 30 } }]);
  const answer = ask('/gone');
  await clock.whenAsked();
  clock.pass(30);
  expect(await answer).toBeUndefined();
  expect(calls('HttpCancelHttpRequest').map(({ origin }) => origin)).toEqual(['Answering rule 1']);
  expect((await received('GET /gone')).state).toBe('cancelled');
});

test('a rule that leaves a request makes no call; a person may answer it', async () => {
  await serve([{ ...ANY, action: { kind: 'leave' } }]);
  const answer = ask('/left');
  const { id } = await received('GET /left');
  await app.until('the note', () => notes().length > 0);
  expect(notes()).toEqual(['Answering rule 1 took this request: left unanswered.']);
  expect(clock.waiting).toBe(0);
  await commands.run({ kind: 'respond', request: id, status: 200, reason: 'OK', headers: '', body: 'by hand' });
  expect(await answer).toMatchObject({ text: 'by hand' });
});

test('a rule that has taken its number leaves the rest to the next, and those that none takes wait for a person', async () => {
  await serve([{ ...ANY, times: 1, action: { ...ANSWER, status: 503 } }, { ...ANY, times: 1 }]);
  const answers: (number | undefined)[] = [];
  for (const resource of ['/1', '/2']) {
    const answer = ask(resource);
    await clock.whenAsked();
    clock.pass(0);
    answers.push((await answer)?.status);
  }
  expect(answers).toEqual([503, 201]);
  const third = ask('/3');
  const { id } = await received('GET /3');
  expect(clock.waiting).toBe(0);
  expect(commands.answerer.rulesOf(queue).taken).toEqual([1, 1]);
  await commands.run({ kind: 'cancel', request: id });
  expect(await third).toBeUndefined();
});

test('a person who answers first goes before the rule, and is told so', async () => {
  await serve([{ ...ANY, action: { ...ANSWER, delay: 500 } }]);
  const answer = ask('/mine');
  await clock.whenAsked();
  const { id } = await received('GET /mine');
  const done = await commands.run({ kind: 'respond', request: id, status: 204, reason: '', headers: '', body: '' });
  expect(messageOf(done)).toContain('Answering rule 1, which waited for its time, does nothing more with it.');
  expect((await answer)?.status).toBe(204);
  expect(clock.waiting).toBe(0);
  clock.pass(1000);
  expect(calls('HttpSendHttpResponse')).toHaveLength(1);
});

test('what a rule waited for is called off when its client leaves, its queue closes or the program ends', async () => {
  const later: AnswerRule = { ...ANY, action: { ...ANSWER, delay: 500 } };
  await serve([later]);
  const leaving = new AbortController();
  const gone = ask('/left', { signal: leaving.signal });
  await clock.whenAsked();
  leaving.abort();
  await gone;
  const left = await received('GET /left');
  await app.until('its end', () => app.node(left.id).state === 'disconnected');
  expect(clock.waiting).toBe(0);

  const closed = ask('/closed');
  await clock.whenAsked();
  await commands.run({ kind: 'close', handle: queue });
  await closed;
  expect(clock.waiting).toBe(0);
  expect(commands.answerer.rulesOf(queue)).toEqual({ rules: [], taken: [] });

  await serve([later]);
  void ask('/last');
  await clock.whenAsked();
  commands.answerer.stop();
  expect(clock.waiting).toBe(0);
  clock.pass(1000);
  expect(calls('HttpSendHttpResponse')).toEqual([]);
});

test('rules are given to an open queue, which answers by them from then on; a queue that is none refuses them', async () => {
  await serve([]);
  expect(messageOf(await commands.run({ kind: 'set-answer-rules', queue, rules: [ANY] }))).toContain('answers by one rule');
  const answer = ask('/now');
  await clock.whenAsked();
  clock.pass(0);
  expect((await answer)?.status).toBe(201);
  expect(messageOf(await commands.run({ kind: 'set-answer-rules', queue, rules: [] }))).toContain('every request waits for you');
  expect(await commands.run({ kind: 'set-answer-rules', queue: (await received('GET /now')).id, rules: [] })).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
  await commands.run({ kind: 'close', handle: queue });
  expect(await commands.run({ kind: 'set-answer-rules', queue, rules: [] })).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
});

test('a body comes from a chosen file, byte for byte; JSON and files say what they are unless the person does', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'answering-'));
  try {
    const file = path.join(folder, 'picture.bin');
    await writeFile(file, Buffer.from([0, 255, 13, 10, 128]));
    const offered = await commands.files.offer(file);
    if (!offered.ok) expect.fail(JSON.stringify(offered.error));
    expect(offered.value).toEqual({ id: expect.any(String), name: 'picture.bin', size: 5 });
    await serve([
      { ...ANY, path: '/file', action: { ...ANSWER, bodyKind: 'file', bodyFile: offered.value.id } },
      { ...ANY, path: '/json', action: { ...ANSWER, bodyKind: 'json', body: '{}' } },
      { ...ANY, path: '/own', action: { ...ANSWER, bodyKind: 'json', body: '{}', headers: 'content-type: application/problem+json' } },
    ]);
    const types: unknown[] = [];
    for (const resource of ['/json', '/own']) {
      const answer = ask(resource);
      await clock.whenAsked();
      clock.pass(0);
      types.push((await answer)?.type);
    }
    expect(types).toEqual(['application/json', 'application/problem+json']);
    const bytes = fetch(`${url}/file`).then(async (response) => [response.headers.get('content-type'), [...new Uint8Array(await response.arrayBuffer())]]);
    await clock.whenAsked();
    clock.pass(0);
    expect(await bytes).toEqual(['application/octet-stream', [0, 255, 13, 10, 128]]);

    await rm(file);
    const answer = ask('/file/again');
    await clock.whenAsked();
    clock.pass(0);
    await app.until('the note', () => notes().length > 0);
    expect(notes()[0]).toMatch(/Answering rule 1 could not deal with this request: picture\.bin cannot be read.*waits for you/s);
    await commands.run({ kind: 'cancel', request: (await received('GET /file/again')).id });
    await answer;
  } finally {
    await rm(folder, { recursive: true });
  }
});
