import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CallEvent } from '../../../preload/contract/event';
import { App } from './app';

let app: App;

beforeEach(() => { app = new App(); });
afterEach(() => app.dispose());

const COMMAND = { kind: 'open-client', url: 'http://127.0.0.1:1/', method: 'POST', headers: '', body: '', mode: 'async', context: 'own' } as const;

function calls(api: string): readonly CallEvent[] {
  return app.events().flatMap((event) => (event.kind === 'call' && event.api === api ? [event] : []));
}

/** How often a text was read. */
function timesRead(text: string): number {
  const hex = Buffer.from(text).toString('hex');
  return app.events().filter((event) => (event.kind === 'return' || event.kind === 'callback') && JSON.stringify(event.out).includes(hex)).length;
}

test('a password is in nothing that is recorded, unless the person wants it there; the engine gets it all the same', async () => {
  const asked: (string | undefined)[] = [];
  const url = await app.peer((request, response) => {
    asked.push(request.headers.authorization);
    response.writeHead(request.headers.authorization === undefined ? 401 : 200, { 'WWW-Authenticate': 'Basic realm="r"' }).end('welcome');
  });
  await app.client(url, { user: 'me', password: 'pass-phrase' });
  await app.until('the body', () => timesRead('welcome') === 1);
  expect(asked.at(-1)).toBe(`Basic ${Buffer.from('me:pass-phrase').toString('base64')}`);
  expect(JSON.stringify(app.events())).not.toContain('pass-phrase');
  await app.client(url, { user: 'me', password: 'pass-phrase', showPassword: true });
  expect(calls('InternetConnect').at(-1)?.args).toMatchObject({ lpszPassword: 'pass-phrase' });
});

test('the head of the response is asked for before its body, however long it is, unless the person says no', async () => {
  const long = 'x'.repeat(6000);
  const url = await app.peer((_request, response) => { response.writeHead(203, { 'X-Long': long }).end('the body'); });
  await app.client(`${url}/a`);
  await app.until('the body', () => timesRead('the body') === 1);
  const answers = app.events().flatMap((event) => (event.kind === 'return' && event.api === 'HttpQueryInfo' ? [event] : []));
  expect(answers.map(({ error }) => error)).toEqual([122, 0]);
  expect(String(answers[1]?.out['lpBuffer'])).toContain(`X-Long: ${long}`);
  expect(calls('HttpQueryInfo')[1]?.seq).toBeLessThan(calls('InternetReadFile')[0]?.seq ?? 0);
  await app.client(`${url}/b`, { readHeaders: false });
  await app.until('the second body', () => timesRead('the body') === 2);
  expect(calls('HttpQueryInfo')).toHaveLength(2);
});

describe('a body from a file', () => {
  let folder: string;
  beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'body-')); });
  afterEach(() => rm(folder, { recursive: true }));

  async function chosen(bytes: number): Promise<{ readonly id: string; readonly hash: string }> {
    const file = path.join(folder, 'body.bin');
    const content = randomBytes(bytes);
    await writeFile(file, content);
    const offered = await app.commands.files.offer(file);
    if (!offered.ok) throw new Error(JSON.stringify(offered.error));
    return { id: offered.value.id, hash: createHash('sha256').update(content).digest('hex') };
  }

  /** A peer that keeps what arrived, and how it was announced. */
  async function taking(): Promise<{ readonly url: string; readonly hashes: string[]; readonly heads: IncomingHttpHeaders[] }> {
    const hashes: string[] = [];
    const heads: IncomingHttpHeaders[] = [];
    const url = await app.peer((request, response) => {
      heads.push(request.headers);
      const hash = createHash('sha256');
      request.on('data', (data: Buffer) => hash.update(data)).on('end', () => {
        hashes.push(hash.digest('hex'));
        response.end('it is taken');
      });
    });
    return { url, hashes, heads };
  }

  test.each(['async', 'sync'] as const)('of more than a megabyte goes in pieces, byte for byte, and the answer is read as any other: %s', async (mode) => {
    const { id, hash } = await chosen(1_500_000);
    const peer = await taking();
    await app.client(`${peer.url}/large`, { method: 'POST', mode, bodyKind: 'file', bodyFile: id });
    await app.until('the answer', () => timesRead('it is taken') === 1);
    expect(peer.hashes).toEqual([hash]);
    expect(peer.heads[0]).toMatchObject({ 'content-length': '1500000', 'content-type': 'application/octet-stream' });
    expect(calls('InternetWriteFile').map(({ args }) => args['dwNumberOfBytesToWrite'])).toEqual([262144, 262144, 262144, 262144, 262144, 189280]);
    expect([calls('HttpSendRequestEx').length, calls('HttpEndRequest').length, calls('HttpSendRequest').length]).toEqual([1, 1, 0]);
  });

  test('of less goes by one HttpSendRequest', async () => {
    const { id, hash } = await chosen(70_000);
    const peer = await taking();
    await app.client(`${peer.url}/small`, { method: 'PUT', headers: 'Content-Type: image/x-demo', bodyKind: 'file', bodyFile: id });
    await app.until('the answer', () => timesRead('it is taken') === 1);
    expect(peer.hashes).toEqual([hash]);
    expect(peer.heads[0]).toMatchObject({ 'content-length': '70000', 'content-type': 'image/x-demo' });
    expect(calls('HttpSendRequest')).toHaveLength(1);
  });

  test('is let go when its request is closed in the middle of it', async () => {
    const { id } = await chosen(40_000_000);
    // A peer that takes nothing.
    const url = await app.peer((request) => { request.pause(); });
    const request = await app.client(`${url}/stuck`, { method: 'POST', bodyKind: 'file', bodyFile: id });
    await app.until('a write that waits', () => app.events().some((event) => event.kind === 'return' && event.api === 'InternetWriteFile' && event.outcome === 'pending'));
    await app.commands.run({ kind: 'close', handle: request });
    await app.until('its end', () => app.node(request).state === 'closed');
    expect(calls('HttpEndRequest')).toEqual([]);
  });

  test('that is gone, or that no dialog gave, is refused beside its field before anything is opened', async () => {
    const { id } = await chosen(10);
    await rm(path.join(folder, 'body.bin'));
    for (const [bodyFile, says] of [[id, 'body.bin cannot be read'], ['file-99', 'choose it again']] as const) {
      const refused = await app.commands.run({ ...COMMAND, bodyKind: 'file', bodyFile });
      expect(refused).toMatchObject({ ok: false, error: { kind: 'invalid-argument', issues: [{ field: 'bodyFile', message: expect.stringContaining(says) }] } });
    }
    expect(app.events()).toEqual([]);
  });

  test('in pieces needs callbacks, or calls that block', async () => {
    const { id } = await chosen(1_100_000);
    const refused = await app.commands.run({ ...COMMAND, context: 'null', bodyKind: 'file', bodyFile: id });
    expect(refused).toMatchObject({ ok: false, error: { issues: [{ field: 'bodyFile', message: expect.stringContaining('NULL context') }] } });
  });
});
