import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, idOf, ServerUnderTest } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

/** A client that sent a request, and the request's id. */
async function asked(request = 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'): Promise<{ client: Client; queue: bigint; id: bigint; port: number }> {
  const { port, queue } = await server.serve();
  const client = await Client.connect(port);
  client.send(request);
  const { fields, code } = await server.receive(queue);
  expect(code).toBe(0);
  return { client, queue, id: idOf(fields), port };
}

describe('HttpSendHttpResponse', () => {
  test('status, reason and headers of the application, and those that are added; the id means nothing afterwards', async () => {
    const { client, queue, id } = await asked();
    const sent = server.memory.alloc(4);
    expect(await server.respond(queue, id, {
      StatusCode: 418, pReason: "I'm a teapot",
      Headers: { KnownHeaders: { 'Retry-After': '120' }, pUnknownHeaders: [{ pName: 'X-Custom', pRawValue: 'yes' }] },
    }, 0, { BytesSent: sent })).toBe(0);
    const text = await client.until('\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 418 I'm a teapot\r\n/);
    expect(text).toContain('\r\nRetry-After: 120\r\n');
    expect(text).toContain('\r\nX-Custom: yes\r\n');
    expect(text).toContain('\r\nContent-Length: 0\r\n');
    expect(text).toContain('\r\nServer: Microsoft-HTTPAPI/2.0\r\n');
    expect(text).toMatch(/\r\nDate: \w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT\r\n/);
    expect(text).not.toContain('Connection');
    expect(server.u32(sent)).toBe(text.length);
    expect((await server.receive(queue, { id })).code).toBe(1229);
    expect(await server.respond(queue, id, { StatusCode: 200 })).toBe(1229);
  });

  test('with an OVERLAPPED: over at once, the event set, with the bytes that went out', async () => {
    const { client, queue, id } = await asked();
    const overlapped = await server.overlapped();
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['pong', 'pang'] }, 0, { Overlapped: overlapped.address })).toBe(0);
    const text = await client.until('pongpang');
    expect(text).toContain('Content-Length: 8\r\n');
    expect(text.endsWith('\r\n\r\npongpang')).toBe(true);
    expect((await server.call('WaitForSingleObject', { hHandle: overlapped.event })).returns).toBe(0);
    expect(await server.result(overlapped, false)).toEqual({ returns: 1, error: 0, bytes: text.length });
    expect(server.completions).toEqual([]);
  });

  test('a Server header of the application stands before ours; a default reason is given', async () => {
    const { client, queue, id } = await asked();
    await server.respond(queue, id, { StatusCode: 404, Headers: { KnownHeaders: { Server: 'Mine/1' } } });
    const text = await client.until('\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(text).toContain('\r\nServer: Mine/1 Microsoft-HTTPAPI/2.0\r\n');
  });

  test('HEAD: the length of the chunks and no body; 204 and 304: neither', async () => {
    const { client, queue, id, port } = await asked('HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['hello'] });
    expect(await client.until('\r\n\r\n')).toContain('Content-Length: 5\r\n');
    for (const StatusCode of [204, 304]) {
      client.get(port, `/${StatusCode}`);
      const next = await server.receive(queue);
      await server.respond(queue, idOf(next.fields), { StatusCode });
      const text = await client.until(`HTTP/1.1 ${StatusCode}`);
      expect(text.slice(text.indexOf(`HTTP/1.1 ${StatusCode}`))).not.toContain('Content-Length');
    }
    client.get(port, '/end');
    expect((await server.receive(queue)).fields['pRawUrl']).toBe('/end');
    expect(client.text).not.toContain('hello');
  });

  test('DISCONNECT closes the connection after the response, and says so', async () => {
    const { client, queue, id } = await asked();
    await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['bye'] }, 1);
    expect(await client.closed()).toBe('fin');
    expect(client.text).toContain('\r\nConnection: close\r\n');
    expect(client.text.endsWith('bye')).toBe(true);
    expect(server.connections.at(-1)).toMatchObject({ what: 'closed', requestIds: [] });
  });

  test.each([
    ['GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n', true],
    ['GET / HTTP/1.0\r\nHost: localhost\r\n\r\n', true],
    ['GET / HTTP/1.0\r\nHost: localhost\r\nConnection: Keep-Alive\r\n\r\n', false],
  ])('%j: closed after the answer is %s', async (request, closes) => {
    const { client, queue, id, port } = await asked(request);
    await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['ok'] });
    await client.until('ok');
    if (closes) expect(await client.closed()).toBe('fin');
    else {
      expect(client.text).toContain('Connection: Keep-Alive');
      client.get(port, '/again');
      expect((await server.receive(queue)).code).toBe(0);
    }
  });

  test('what cannot be sent is refused, and the request can still be answered', async () => {
    const { client, queue, id } = await asked();
    expect(await server.respond(0n, id, { StatusCode: 200 })).toBe(6);
    expect(await server.respond(queue, id, { StatusCode: 20 })).toBe(87);
    expect(await server.respond(queue, id, { StatusCode: 200, pReason: 'a\r\nb: c' })).toBe(87);
    expect(await server.respond(queue, id, { StatusCode: 200, Headers: { KnownHeaders: { Location: 'a\r\nX: y' } } })).toBe(87);
    expect(await server.respond(queue, id, { StatusCode: 200 }, 0x1000)).toBe(87);
    expect(await server.respond(queue, id, { StatusCode: 200 }, 64)).toBe(87);
    expect(await server.code('HttpSendHttpResponse', { RequestQueueHandle: queue, RequestId: id })).toBe(87);
    expect(await server.code('HttpSendHttpResponse', { RequestQueueHandle: queue, RequestId: id, HttpResponse: 0x20n })).toBe(998);
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: [{ DataChunkType: 1, Length: 3 }] })).toBe(6);
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: [{ DataChunkType: 9 }] })).toBe(87);
    expect(client.text).toBe('');
    expect(await server.respond(queue, id, { StatusCode: 200 })).toBe(0);
    await client.until('HTTP/1.1 200 OK\r\n');
  });

  test('a response that the client does not read pends, and completes once it is read', async () => {
    const { client, queue, id } = await asked();
    client.pause();
    const overlapped = await server.overlapped();
    const size = 24 * 1024 * 1024;
    const body = new Uint8Array(size).fill(97);
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: [body] }, 0, { Overlapped: overlapped.address })).toBe(997);
    expect(server.completions).toEqual([]);
    client.resume();
    const result = await server.result(overlapped, true);
    expect(result.returns).toBe(1);
    expect(result.bytes).toBeGreaterThan(size);
    expect(server.completions).toHaveLength(1);
    expect(await server.respond(queue, id, { StatusCode: 200 })).toBe(1229);
  });

  test('while a send is pending another one on the request gives ERROR_BAD_COMMAND', async () => {
    const { client, queue, id } = await asked();
    client.pause();
    const overlapped = await server.overlapped();
    const body = new Uint8Array(24 * 1024 * 1024);
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: [body] }, 2, { Overlapped: overlapped.address })).toBe(997);
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, ...server.chunks('x') })).toBe(22);
    client.close();
    expect((await server.result(overlapped, true)).error).toBe(64);
  });
});

describe('HttpSendResponseEntityBody', () => {
  test('MORE_DATA: no Content-Length, the parts as they come, the end by closing', async () => {
    const { client, queue, id } = await asked();
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: 0n })).toBe(1229);
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, ...server.chunks('early') })).toBe(22);
    expect(await server.respond(queue, id, { StatusCode: 418, pEntityChunks: ['pong', 'pang'] }, 2)).toBe(0);
    await client.until('pongpang');
    expect(await server.respond(queue, id, { StatusCode: 200 })).toBe(22);
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, Flags: 2 })).toBe(0);
    const sent = server.memory.alloc(4);
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, ...server.chunks('foo', 'bar'), BytesSent: sent })).toBe(0);
    expect(server.u32(sent)).toBe(6);
    expect(await client.closed()).toBe('fin');
    expect(client.text).not.toContain('Content-Length');
    expect(client.text.endsWith('\r\n\r\npongpangfoobar')).toBe(true);
    expect((await server.receive(queue, { id })).code).toBe(1229);
  });

  test('a Content-Length of the application frames it, and the connection stays', async () => {
    const { client, queue, id, port } = await asked();
    await server.respond(queue, id, { StatusCode: 200, Headers: { KnownHeaders: { 'Content-Length': '6' } } }, 2);
    await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, Flags: 2, ...server.chunks('foo') });
    await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, ...server.chunks('bar') });
    await client.until('foobar');
    client.get(port, '/next');
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('automatic chunking frames what has no length', async () => {
    const { client, queue, id, port } = await asked();
    await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['foo'] }, 2 | 512);
    await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, ...server.chunks('quux') });
    expect(await client.until('0\r\n\r\n')).toContain('\r\nTransfer-Encoding: chunked\r\n');
    expect(client.text.endsWith('3\r\nfoo\r\n4\r\nquux\r\n0\r\n\r\n')).toBe(true);
    client.get(port, '/next');
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('counts and pointers are checked', async () => {
    const { queue, id } = await asked();
    await server.respond(queue, id, { StatusCode: 200 }, 2);
    const send = (EntityChunkCount: number, EntityChunks: bigint): Promise<number> =>
      server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, Flags: 2, EntityChunkCount, EntityChunks });
    expect(await send(1, 0n)).toBe(87);
    expect(await send(10000, 8n)).toBe(87);
    expect(await send(1, 0x40n)).toBe(998);
  });
});

describe('101 Switching Protocols with OPAQUE', () => {
  test('every byte after it is entity body, in both directions', async () => {
    const { client, queue, id } = await asked();
    expect(await server.respond(queue, id, { StatusCode: 101, Headers: { KnownHeaders: { Upgrade: 'line', Connection: 'Upgrade' } } }, 64 | 2)).toBe(0);
    expect(await client.until('\r\n\r\n')).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    client.send('GET / no request any more\r\n\r\n');
    expect(await server.readBody(queue, id)).toEqual({ code: 0, text: 'GET / no request any more\r\n\r\n' });
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id, Flags: 64 | 2, ...server.chunks('raw') })).toBe(0);
    await client.until('\r\n\r\nraw');
    expect(await server.code('HttpSendResponseEntityBody', { RequestQueueHandle: queue, RequestId: id })).toBe(0);
    expect(await client.closed()).toBe('fin');
  });
});

test('a throttled group sends no faster than it may, and a cancel ends what is still to be sent', async () => {
  const { port, group, queue } = await server.serve();
  const info = server.struct('HTTP_QOS_SETTING_INFO', { QosType: 0, QosSetting: { Flags: 1, MaxBandwidth: 2000 } });
  await server.code('HttpSetUrlGroupProperty', { UrlGroupId: group, Property: 2, PropertyInformation: info, PropertyInformationLength: 16 });
  const client = await Client.connect(port);
  client.get(port);
  const id = idOf((await server.receive(queue)).fields);
  const sending = await server.overlapped();
  const code = await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['x'.repeat(100_000)] }, 0, { Overlapped: sending.address });
  expect(code).toBe(997);
  await client.until('xxx');
  expect(client.text.length).toBeLessThan(10_000);
  expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(0);
  expect((await server.result(sending, true)).error).toBe(995);
  await client.closed();
  expect(client.text.length).toBeLessThan(100_000);
});
