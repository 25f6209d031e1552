import type { RequestListener } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ExchangeReader } from '../../../electron/http-exchange/exchange-reader';
import { readUint, uintBytes } from '../../../preload/contract/win32/memory';
import type { ExchangeAnswer, ExchangeQuery, HttpExchange } from '../../../preload/contract/http-exchange';
import { handleId, type HandleId } from '../../../preload/contract/ids';
import { HTTP_QUERY as Q } from '../../../preload/contract/win32/constants/http-query';
import { App } from '../inspector/app';

let app: App;
const reader = new ExchangeReader();
beforeEach(() => { app = new App(); });
afterEach(() => app.dispose());

function answer(query: ExchangeQuery): ExchangeAnswer {
  const asked = reader.answer(app.trace, query);
  if (!asked.ok) throw new Error(JSON.stringify(asked.error));
  return asked.value;
}

function shown(handle: HandleId, more: Partial<ExchangeQuery> = {}): HttpExchange {
  const exchange = answer({ handle, ...more }).shown;
  if (exchange === undefined) throw new Error('nothing is shown');
  return exchange;
}

function text(exchange: HttpExchange, of: 'request' | 'response' = 'response'): string {
  return exchange[of].body.parts.map((part) => (part.kind === 'bytes' ? Buffer.from(part.bytes).toString('latin1') : `<${part.length} ${part.why}>`)).join('');
}

/** A client that has read its answer to the end. */
async function client(listener: RequestListener, more: Parameters<App['client']>[1] = {}, resource = '/'): Promise<HandleId> {
  const handle = await app.client(`${await app.peer(listener)}${resource}`, more);
  await app.until('the body has ended', () => answer({ handle }).shown?.response.body.ended === true);
  return handle;
}

/** A synchronous program that asks for nothing but the body. */
async function bare(listener: RequestListener, resource = '/', lpszHeaders?: string): Promise<HandleId> {
  const { hostname, port: nServerPort } = new URL(await app.peer(listener));
  const made = async <T extends { readonly outcome: { readonly returns: number | bigint } }>(record: T | PromiseLike<T>): Promise<bigint> => BigInt((await record).outcome.returns);
  const hInternet = await made(app.inspector.call('InternetOpen', { lpszAgent: 'bare', dwAccessType: 1 }));
  const hConnect = await made(app.inspector.call('InternetConnect', { hInternet, lpszServerName: hostname, nServerPort: Number(nServerPort), dwService: 3 }));
  const opened = await app.inspector.call('HttpOpenRequest', { hConnect, lpszVerb: 'GET', lpszObjectName: resource });
  if (opened.created === undefined) throw new Error('no request');
  await send(opened.created, lpszHeaders);
  return opened.created;
}

async function send(handle: HandleId, lpszHeaders?: string): Promise<void> {
  const { memory } = app.engine;
  const request = BigInt(app.node(handle).raw);
  await app.inspector.call('HttpSendRequest', { hRequest: request, ...(lpszHeaders === undefined ? {} : { lpszHeaders, dwHeadersLength: lpszHeaders.length }) });
  const [lpBuffer, count] = [memory.alloc(4096), memory.alloc(4)];
  do await app.inspector.call('InternetReadFile', { hFile: request, lpBuffer, dwNumberOfBytesToRead: 4096, lpdwNumberOfBytesRead: count });
  while (readUint(memory, count, 4) > 0);
}

async function ask(handle: HandleId, dwInfoLevel: number): Promise<void> {
  const { memory } = app.engine;
  const [lpBuffer, length] = [memory.alloc(4096), memory.alloc(4)];
  memory.write(length, uintBytes(4096, 4));
  await app.inspector.call('HttpQueryInfo', { hRequest: BigInt(app.node(handle).raw), dwInfoLevel, lpBuffer, lpdwBufferLength: length });
}

describe('a request of WinINet', () => {
  test('says what of the head nobody asked for, and by which function it would be known', async () => {
    const exchange = shown(await bare((_request, response) => { response.setHeader('X-A', '1'); response.end('x'); }, '/a?b=c', 'X-One: 1\r\nX-One: 2'));
    expect(exchange.request).toMatchObject({ method: 'GET', fields: [{ name: 'X-One', value: '1' }, { name: 'X-One', value: '2' }] });
    expect(exchange.request.url).toMatch(/\/a\?b=c$/);
    expect(exchange.request.fieldsNote).toContain('HTTP_QUERY_FLAG_REQUEST_HEADERS');
    expect(exchange.response).toMatchObject({ status: undefined, fields: [] });
    expect(exchange.response.statusNote).toContain('did not ask with HttpQueryInfo');
    expect(exchange).toMatchObject({ state: 'complete', side: 'client', error: undefined });
  });

  test('has the whole of both heads once they were asked for, fields of one name apart', async () => {
    const handle = await client((_request, response) => { response.setHeader('Set-Cookie', ['a=1', 'b=2; Path=/']); response.statusCode = 404; response.end('gone'); });
    await ask(handle, Q.HTTP_QUERY_RAW_HEADERS_CRLF);
    await ask(handle, Q.HTTP_QUERY_RAW_HEADERS_CRLF | Q.HTTP_QUERY_FLAG_REQUEST_HEADERS);
    const { request, response } = shown(handle);
    expect(response).toMatchObject({ status: 404, reason: 'Not Found', version: 'HTTP/1.1', fieldsNote: undefined });
    expect(response.fields.filter(({ name }) => name === 'Set-Cookie').map(({ value }) => value)).toEqual(['a=1', 'b=2; Path=/']);
    expect(request.fields.map(({ name }) => name)).toContain('Host');
    expect(request.fieldsNote).toBeUndefined();
  });

  test('keeps the order of the fields that were asked for one by one', async () => {
    const handle = await bare((_request, response) => { response.setHeader('Content-Type', 'text/plain'); response.end('x'); });
    await ask(handle, Q.HTTP_QUERY_STATUS_CODE | Q.HTTP_QUERY_FLAG_NUMBER);
    await ask(handle, Q.HTTP_QUERY_CONTENT_TYPE);
    const { response } = shown(handle);
    expect(response).toMatchObject({ status: 200, fields: [{ name: 'Content-Type', value: 'text/plain' }] });
    expect(response.fieldsNote).toContain('one by one');
  });

  test('joins a chunked answer that came in many reads, without a gap', async () => {
    const pieces = Array.from({ length: 20 }, (_, index) => String.fromCharCode(97 + index).repeat(2000));
    const exchange = shown(await client((_request, response) => { for (const piece of pieces) response.write(piece); response.end(); }));
    expect(text(exchange)).toBe(pieces.join(''));
    expect(exchange.response.body).toMatchObject({ size: 40_000, ended: true });
  });

  test('shows what the recorder did not keep of a long answer as gaps with their lengths', async () => {
    const size = 200_000;
    const { response: { body } } = shown(await client((_request, response) => { response.end(Buffer.alloc(size, 'a')); }));
    expect(body.size).toBe(size);
    const [first] = body.parts;
    expect(first).toMatchObject({ kind: 'bytes', at: 0 });
    expect(first?.kind === 'bytes' ? first.bytes.length : 0).toBeGreaterThanOrEqual(65_536);
    expect(body.parts.filter(({ kind }) => kind === 'gap').length).toBeGreaterThan(0);
    let at = 0;
    for (const part of body.parts) {
      expect(part.at).toBe(at);
      at += part.kind === 'bytes' ? part.bytes.length : part.length;
    }
    expect(at).toBe(size);
  });

  test('has the body that was sent', async () => {
    const exchange = shown(await client((request, response) => { request.resume().on('end', () => response.end()); }, { method: 'POST', body: '{"a":1}' }));
    expect(text(exchange, 'request')).toBe('{"a":1}');
    expect(exchange.response.body).toMatchObject({ size: 0, ended: true });
  });

  test('undoes the content coding, and says when the bytes are none', async () => {
    const { gzipSync } = await import('node:zlib');
    const coded = await client((_request, response) => { response.setHeader('Content-Encoding', 'gzip'); response.end(gzipSync('hello hello')); });
    await ask(coded, Q.HTTP_QUERY_RAW_HEADERS_CRLF);
    const { decoded } = shown(coded).response.body;
    expect(Buffer.from(decoded?.bytes ?? []).toString()).toBe('hello hello');
    const plain = await client((_request, response) => { response.setHeader('Content-Encoding', 'gzip'); response.end('not coded'); });
    await ask(plain, Q.HTTP_QUERY_RAW_HEADERS_CRLF);
    expect(shown(plain).response.body.decoded?.problem).toContain('no gzip');
  });

  test('that was closed while it was pending has failed, and has no status for that reason', async () => {
    const handle = await app.client(await app.peer(() => {}));
    await app.until('it is out', () => app.callbacks(handle).includes('REQUEST_SENT'));
    const sent = app.trace.now();
    expect(shown(handle)).toMatchObject({ state: 'under-way', error: undefined });
    await app.commands.run({ kind: 'close', handle });
    await app.until('it is closed', () => app.node(handle).state === 'closed');
    expect(shown(handle)).toMatchObject({ state: 'failed', error: '12017 ERROR_INTERNET_OPERATION_CANCELLED', response: { statusNote: 'There was no response, or nothing of it was recorded.' } });
    // In the past it was as it was.
    expect(shown(handle, { asOf: sent })).toMatchObject({ state: 'under-way', error: undefined });
  });

  test('that was sent on is one exchange a hop, and an event finds its own', async () => {
    const handle = await client((request, response) => {
      if (request.url === '/old') response.writeHead(302, { Location: '/new?x=1' }).end('moved');
      else response.end('new');
    }, {}, '/old');
    const { total, list } = answer({ handle });
    expect(total).toBe(2);
    expect(list.map(({ url }) => new URL(url).pathname)).toEqual(['/old', '/new']);
    const first = shown(handle, { place: 0 });
    expect(first.connection).toContainEqual({ name: 'Sent on to', value: list[1]?.url, meaning: undefined });
    expect(text(shown(handle))).toBe('new');
    expect(shown(handle, { event: first.first }).place).toBe(0);
    expect(shown(handle, { event: shown(handle).last }).place).toBe(1);
  });

  test('that is sent again on the same handle is another exchange, with a body of its own', async () => {
    let asked = 0;
    const handle = await bare((_request, response) => { asked += 1; response.end(`answer ${asked}`); });
    await send(handle);
    expect(answer({ handle }).total).toBe(2);
    expect([0, 1].map((place) => text(shown(handle, { place })))).toEqual(['answer 1', 'answer 2']);
  });

  test('has its time in phases that follow one another', async () => {
    const { phases, startedAt, endedAt } = shown(await client((_request, response) => { response.end('x'); }));
    expect(phases.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['connect', 'send', 'wait', 'receive']));
    for (const [index, { from }] of phases.entries()) expect(from).toBe(index === 0 ? startedAt : phases[index - 1]?.to);
    expect(phases.at(-1)?.to).toBe(endedAt);
  });

  test('goes on where the last question stopped, and says the same as a fold from the start', async () => {
    const handle = await app.client(await app.peer((_request, response) => { response.write('a'.repeat(9000)); setImmediate(() => response.end('b')); }));
    for (let asked = 0; asked < 5; asked += 1) {
      answer({ handle });
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    await app.until('the body has ended', () => answer({ handle }).shown?.response.body.ended === true);
    const fresh = new ExchangeReader().answer(app.trace, { handle });
    expect(JSON.stringify(fresh.ok ? fresh.value : undefined)).toBe(JSON.stringify(answer({ handle })));
  });

  test('is not there for a handle that sends nothing, and a handle of nobody is an error', async () => {
    const handle = await client((_request, response) => { response.end('x'); });
    const { parent } = app.node(handle);
    expect(answer({ handle: parent ?? handle })).toMatchObject({ total: 0, list: [], shown: undefined, complete: true });
    expect(reader.answer(app.trace, { handle: handleId(4_000_000) })).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
  });
});

let port = 47_320;

describe('a request of the HTTP Server API', () => {
  async function served(resource: string, init: RequestInit): Promise<{ readonly handle: HandleId; readonly response: Promise<Response> }> {
    // A port of its own: what fetch keeps alive of another is dead.
    port += 1;
    const opened = await app.commands.run({ kind: 'open-server', urlPrefix: `http://localhost:${port}/`, queueName: '' });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const response = fetch(`http://localhost:${port}${resource}`, init);
    response.catch(() => undefined);
    await app.until('it was received', () => [...app.trace.tree.all()].some(({ kind }) => kind === 'server-request'));
    const handle = [...app.trace.tree.all()].find(({ kind }) => kind === 'server-request')?.id;
    if (handle === undefined) throw new Error('no request');
    return { handle, response };
  }

  test('has the head that came, the body of every receive and the answer that was given', async () => {
    const body = 'x'.repeat(40_000);
    const { handle, response } = await served('/in?q=1', { method: 'POST', body, headers: { 'X-A': '1' } });
    await app.until('the body is in', () => shown(handle).request.body.ended);
    const before = shown(handle);
    expect(before).toMatchObject({ side: 'server', state: 'under-way', request: { method: 'POST', version: 'HTTP/1.1', fieldsNote: undefined }, response: { statusNote: 'The server has not answered.' } });
    expect(text(before, 'request')).toBe(body);
    expect(before.request.fields).toContainEqual({ name: 'X-A', value: '1' });
    await app.commands.run({ kind: 'respond', request: handle, status: 201, reason: 'Made', headers: 'Content-Type: text/plain', body: 'done' });
    await response;
    const after = shown(handle);
    expect(after).toMatchObject({ state: 'complete', response: { status: 201, reason: 'Made', fields: [{ name: 'Content-Type', value: 'text/plain' }] } });
    expect(text(after)).toBe('done');
  });

  test('whose head did not fit at first is known from the receive that had room', async () => {
    const { handle } = await served('/long', { headers: { 'X-Long': 'l'.repeat(7600), 'X-Longer': 'm'.repeat(7900) } });
    await app.until('it is whole', () => answer({ handle }).shown !== undefined);
    expect(shown(handle).request.fields.find(({ name }) => name.toLowerCase() === 'x-longer')?.value).toHaveLength(7900);
  });

  test('that was cancelled has failed', async () => {
    const { handle } = await served('/cancelled', {});
    await app.commands.run({ kind: 'cancel', request: handle });
    expect(shown(handle)).toMatchObject({ state: 'failed', error: 'HttpCancelHttpRequest', response: { status: undefined } });
  });
});
