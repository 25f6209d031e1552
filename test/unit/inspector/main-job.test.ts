import { get, request as httpRequest } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detailsOf } from '../../../electron/inspector/details';
import type { HandleId } from '../../../preload/contract/ids';
import { App } from './app';

let app: App;
beforeEach(() => { app = new App(); });
afterEach(async () => app.dispose());

async function freePrefix(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // A TCP server that listens has an address of this kind.
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => { server.close(resolve); });
  return `http://127.0.0.1:${port}/`;
}

async function openServer(prefix: string): Promise<HandleId> {
  const done = await app.commands.run({ kind: 'open-server', urlPrefix: prefix, queueName: 'demo' });
  if (!done.ok || done.value.handle === undefined) throw new Error(JSON.stringify(done));
  return done.value.handle;
}

function receivedRequest(label: string): HandleId | undefined {
  return [...app.trace.tree.all()].find((node) => node.kind === 'server-request' && node.label === label)?.id;
}

async function whenReceived(label: string): Promise<HandleId> {
  await app.until(`${label} received`, () => receivedRequest(label) !== undefined);
  const id = receivedRequest(label);
  if (id === undefined) throw new Error('unreachable');
  return id;
}

describe('a new client', () => {
  test('opens session, connection and request below each other and reads the answer to its end', async () => {
    const url = await app.peer((_request, response) => response.end('hello'));
    const request = await app.client(`${url}/ok`);
    await app.until('the empty read at the end', () => app.events().some((event) => event.kind === 'return' && event.api === 'InternetReadFile' && event.outcome === 'success' && event.out['lpdwNumberOfBytesRead'] === 0));
    const connection = app.node(app.node(request).parent ?? request);
    expect([app.node(connection.parent ?? request).kind, connection.kind, app.node(request).kind]).toEqual(['session', 'connection', 'request']);
    expect(app.node(request).label).toBe('GET /ok');
    expect(app.callbacks(request).slice(0, 9)).toEqual([
      'RESOLVING_NAME', 'NAME_RESOLVED', 'CONNECTING_TO_SERVER', 'CONNECTED_TO_SERVER', 'SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED', 'REQUEST_COMPLETE',
    ]);
  });

  test('closed while its send is pending shows 997, REQUEST_COMPLETE 12017 and HANDLE_CLOSING last', async () => {
    const url = await app.peer(() => undefined);
    const request = await app.client(`${url}/slow`);
    await app.until('the request sent', () => app.callbacks(request).includes('RECEIVING_RESPONSE'));
    const closed = await app.commands.run({ kind: 'close', handle: request });
    expect(closed.ok && closed.value.message).toContain('997 ERROR_IO_PENDING');
    await app.until('closed', () => app.node(request).state === 'closed');
    expect(app.callbacks(request).slice(-2)).toEqual(['REQUEST_COMPLETE', 'HANDLE_CLOSING']);
    const complete = app.events().find((event) => event.kind === 'callback' && event.handle === request && event.payload.kind === 'async-result');
    expect(complete).toMatchObject({ payload: { dwResult: '0x0', dwError: 12017 } });
    const details = detailsOf(app.trace, { kind: 'handle', handle: request }, () => new Uint8Array());
    expect(details.ok && details.value.kind === 'handle' && details.value.explained.map((step) => step.result)).toEqual([
      'TRUE · 997 ERROR_IO_PENDING', expect.stringMatching(/^for [\d.]+ ms$/), 'ERROR_INTERNET_OPERATION_CANCELLED', expect.anything(),
      expect.stringMatching(/^[\d.]+ ms after it was asked$/),
    ]);
  });

  test('with a NULL context gets no callback at all', async () => {
    const url = await app.peer((_request, response) => response.end('hello'));
    const request = await app.client(`${url}/`, { context: 'null' });
    await app.commands.run({ kind: 'close', handle: request });
    expect(app.node(request).state).toBe('closed');
    expect(app.callbacks()).toEqual([]);
  });

  test('of a synchronous session blocks in its call, and its answer is read after it', async () => {
    const url = await app.peer((_request, response) => { setTimeout(() => response.end('late'), 50); });
    const request = await app.client(`${url}/`, { mode: 'sync' });
    await app.until('the end of the body', () => app.events().some((event) => event.kind === 'return' && event.api === 'InternetReadFile' && event.out['lpdwNumberOfBytesRead'] === 0));
    const spans = app.trace.timeline({ from: 0, to: app.trace.now(), pixels: 1000, lanes: [request] });
    expect(Array.from(spans.spans.label, (label) => spans.strings[label])).toContain('HttpSendRequest');
  });

  test('refused says so with the number and name of the error in its completion', async () => {
    const request = await app.client('http://127.0.0.1:1/');
    await app.until('complete', () => app.callbacks(request).includes('REQUEST_COMPLETE'));
    const row = app.trace.events({ offset: 0, count: 500, text: 'REQUEST_COMPLETE', handle: undefined }).rows[0];
    expect(row).toMatchObject({ result: 'ERROR_INTERNET_CANNOT_CONNECT', tone: 'bad' });
  });
});

describe('closing the session', () => {
  test('closes the subtree, children before parents', async () => {
    const url = await app.peer((_request, response) => response.end('x'));
    const request = await app.client(`${url}/`);
    await app.until('answered', () => app.callbacks(request).includes('REQUEST_COMPLETE'));
    const connection = app.node(request).parent;
    const session = connection === undefined ? undefined : app.node(connection).parent;
    if (connection === undefined || session === undefined) throw new Error('no parents');
    await app.commands.run({ kind: 'close', handle: session });
    await app.until('closed', () => [request, connection, session].every((id) => app.node(id).state === 'closed'));
    const closing = app.events().flatMap((event) => (event.kind === 'callback' && event.status === 70 && event.payload.kind === 'handle' ? [event.payload.handle] : []));
    expect(closing).toEqual([request, connection]);
  });
});

describe('a new server', () => {
  test('receives a request with its body and answers what it is told', async () => {
    const prefix = await freePrefix();
    await openServer(prefix);
    const answer = new Promise<string>((resolve, reject) => {
      const sent = httpRequest(`${prefix}a`, { method: 'POST', headers: { 'X-Test': 'yes' } }, (response) => {
        let text = `${response.statusCode} ${response.statusMessage} ${response.headers['x-answer']} `;
        response.on('data', (part: Buffer) => { text += part.toString(); }).on('end', () => resolve(text));
      });
      sent.on('error', reject).end('question');
    });
    const request = await whenReceived('POST /a');
    await app.until('the body', () => Buffer.from(app.commands.servers.bodyOf(request)).toString() === 'question');
    const details = detailsOf(app.trace, { kind: 'handle', handle: request }, (id) => app.commands.servers.bodyOf(id));
    expect(details.ok && details.value.kind === 'handle' && details.value.message).toMatch(/X-Test: yes[^]*question$/);
    const end = app.trace.events({ offset: 0, count: 500, text: 'ERROR_HANDLE_EOF', handle: undefined }).rows[0];
    expect(end, 'the end of a body is no failure').toMatchObject({ title: 'HttpReceiveRequestEntityBody', tone: 'plain' });
    const done = await app.commands.run({ kind: 'respond', request, status: 201, reason: 'Made', headers: 'X-Answer: 42', body: 'reply' });
    expect(done.ok).toBe(true);
    expect(await answer).toBe('201 Made 42 reply');
    expect(app.node(request).state).toBe('completed');
  });

  test('cancels a received request: its client loses the connection, and a second cancel finds nothing', async () => {
    const prefix = await freePrefix();
    await openServer(prefix);
    const client = connect(Number(new URL(prefix).port), '127.0.0.1');
    const gone = new Promise<void>((resolve) => { client.on('error', () => undefined).on('close', () => resolve()); });
    client.write('GET /one HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    const request = await whenReceived('GET /one');
    const done = await app.commands.run({ kind: 'cancel', request });
    expect(done.ok).toBe(true);
    await gone;
    expect(app.node(request).state).toBe('cancelled');
    const marks = app.trace.timeline({ from: 0, to: app.trace.now(), pixels: 1000, lanes: [request] });
    expect(Array.from(marks.marks.label, (label) => marks.strings[label])).toContain('connection closed');
    const again = await app.commands.run({ kind: 'cancel', request });
    expect(!again.ok && again.error).toMatchObject({ kind: 'win32', code: 1229, name: 'ERROR_CONNECTION_INVALID' });
  });

  test('takes a second request after the first was answered', async () => {
    const prefix = await freePrefix();
    await openServer(prefix);
    for (const path of ['first', 'second']) {
      const status = new Promise<number | undefined>((resolve, reject) => { get(`${prefix}${path}`, (response) => { response.resume(); resolve(response.statusCode); }).on('error', reject); });
      const request = await whenReceived(`GET /${path}`);
      await app.commands.run({ kind: 'respond', request, status: 200, reason: 'OK', headers: '', body: 'x' });
      expect(await status).toBe(200);
    }
  });

  test('that cannot have its URL leaves nothing open', async () => {
    const prefix = await freePrefix();
    await openServer(prefix);
    const again = await app.commands.run({ kind: 'open-server', urlPrefix: prefix, queueName: '' });
    expect(!again.ok && again.error).toMatchObject({ kind: 'win32', api: 'HttpAddUrlToUrlGroup' });
    const open = [...app.trace.tree.all()].filter((node) => node.state === 'open').map((node) => node.kind);
    expect(open).toEqual(['server-session', 'url-group', 'request-queue']);
  });

  test('closed, cancels its waiting receives with 995', async () => {
    const queue = await openServer(await freePrefix());
    await app.commands.run({ kind: 'close', handle: queue });
    await app.until('completions', () => app.events().filter((event) => event.kind === 'completion' && event.error === 995).length === 4);
    expect(app.node(queue)).toMatchObject({ state: 'closed', pending: [] });
    expect(app.engine.memory.outstanding).toBe(0);
  });
});
