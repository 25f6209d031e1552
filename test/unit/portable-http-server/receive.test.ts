import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readUint64 } from '../../../preload/contract/win32/memory';
import type { StructFields, StructValue } from '../../../preload/contract/win32/struct-codec';
import { Client, idOf, ServerUnderTest, turn } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

function part(fields: StructFields, name: string): StructFields {
  const value: StructValue = fields[name];
  if (typeof value !== 'object' || Array.isArray(value) || value instanceof Uint8Array) throw new Error(`${name} is no structure`);
  // Arrays are excluded above; isArray does not narrow a readonly one away.
  return value as StructFields;
}

describe('the fields of a request', () => {
  test('a GET', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    const text = `GET /foobar HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: keep-alive\r\nUser-Agent: WINE\r\n\r\n`;
    client.send(text);
    const { fields, buffer, bytes, code } = await server.receive(queue);
    expect(code).toBe(0);
    expect(bytes).toBeGreaterThan(864);
    expect(fields).toMatchObject({
      Flags: 0, UrlContext: 0xabcn, Version: { MajorVersion: 1, MinorVersion: 1 }, Verb: 4, UnknownVerbLength: 0, RawUrlLength: 7,
      pRawUrl: '/foobar', BytesReceived: BigInt(text.length), EntityChunkCount: 0, pEntityChunks: [], RawConnectionId: 0n, RequestInfoCount: 0,
    });
    expect(fields['pSslInfo']).toBeUndefined();
    expect(fields['pUnknownVerb']).toBeUndefined();
    expect(idOf(fields, 'ConnectionId')).toBeGreaterThan(2n ** 53n);
    expect(part(fields, 'CookedUrl')).toEqual({
      FullUrlLength: 58, HostLength: 30, AbsPathLength: 14, QueryStringLength: 0, pFullUrl: `http://localhost:${port}/foobar`,
      pHost: `localhost:${port}`, pAbsPath: '/foobar', pQueryString: undefined,
    });
    const full = readUint64(server.memory, buffer + 72n);
    expect(readUint64(server.memory, buffer + 80n)).toBe(full + 14n);
    expect(readUint64(server.memory, buffer + 88n)).toBe(full + 44n);
    expect(part(fields, 'Address')).toEqual({ pRemoteAddress: `127.0.0.1:${client.localPort}`, pLocalAddress: `127.0.0.1:${port}` });
    expect(part(fields, 'Headers')).toMatchObject({
      UnknownHeaderCount: 0, pUnknownHeaders: [], TrailerCount: 0,
      KnownHeaders: { Connection: 'keep-alive', Host: `localhost:${port}`, 'User-Agent': 'WINE' },
    });
  });

  test('a query, percent-encoding, an unknown verb, repeated and unknown headers, over IPv6', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port, '::1');
    client.send(`M-SEARCH /a%20b/%C3%A9/./x?q=%41&r HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: text/html\r\nX-One: 1\r\nAccept: */*\r\nCookie: a=1\r\nCookie: b=2\r\nx-two:  2 \r\n\r\n`);
    const { fields } = await server.receive(queue);
    expect(fields).toMatchObject({ Verb: 1, UnknownVerbLength: 8, pUnknownVerb: 'M-SEARCH', pRawUrl: '/a%20b/%C3%A9/./x?q=%41&r' });
    expect(part(fields, 'CookedUrl')).toMatchObject({ pAbsPath: '/a b/é/x', pQueryString: '?q=%41&r', QueryStringLength: 16 });
    expect(part(fields, 'Headers')).toMatchObject({
      UnknownHeaderCount: 2,
      pUnknownHeaders: [{ pName: 'X-One', pRawValue: '1', NameLength: 5, RawValueLength: 1 }, { pName: 'x-two', pRawValue: '2' }],
      KnownHeaders: { Accept: 'text/html, */*', Cookie: 'a=1; b=2' },
    });
    expect(part(fields, 'Address')['pRemoteAddress']).toBe(`[0:0:0:0:0:0:0:1]:${client.localPort}`);
  });

  test('a Host without a port gets that of the connection; an absolute URL names the host itself', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    const first = await server.receive(queue);
    expect(part(first.fields, 'CookedUrl')['pHost']).toBe(`localhost:${port}`);
    await server.respond(queue, idOf(first.fields), { StatusCode: 200 });
    client.send(`GET http://localhost:${port}/abs HTTP/1.1\r\nHost: ignored\r\n\r\n`);
    const second = await server.receive(queue);
    expect(part(second.fields, 'CookedUrl')['pFullUrl']).toBe(`http://localhost:${port}/abs`);
    expect(second.fields['pRawUrl']).toBe(`http://localhost:${port}/abs`);
  });
});

describe('the buffer', () => {
  test('smaller than the structure: ERROR_INSUFFICIENT_BUFFER; the request is not touched', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    expect((await server.receive(queue, { size: 863 })).code).toBe(122);
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('exactly the structure: ERROR_MORE_DATA, the ids alone, the size that is due; the request is bound to its id', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    const first = await server.receive(queue, { size: 864 });
    expect(first.code).toBe(234);
    expect(first.bytes).toBeGreaterThan(864);
    expect(first.fields).toMatchObject({ Version: { MajorVersion: 0, MinorVersion: 0 }, BytesReceived: 0n });
    const id = idOf(first.fields);
    expect(id).not.toBe(0n);
    const next = await server.receivePending(queue);
    expect(next.code).toBe(997);
    expect((await server.receive(queue, { id, size: first.bytes - 1 })).code).toBe(234);
    expect(await server.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, RequestId: id, RequestBuffer: server.memory.alloc(first.bytes), RequestBufferLength: first.bytes - 1,
    })).toBe(234);
    const whole = await server.receive(queue, { id, size: first.bytes });
    expect(whole.code).toBe(0);
    expect(whole.bytes).toBe(first.bytes);
    expect(idOf(whole.fields)).toBe(id);
    expect((await server.receive(queue, { id })).code).toBe(38);
    expect((await server.result(next.overlapped, false)).error).toBe(996);
  });

  test('ERROR_MORE_DATA completes an OVERLAPPED: at once, or when a request comes', async () => {
    const { port, queue } = await server.serve();
    const [one, two] = [await server.overlapped(), await server.overlapped()];
    const receive = (overlapped: bigint): Promise<number> => server.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, RequestBuffer: server.memory.alloc(864), RequestBufferLength: 864, Overlapped: overlapped,
    });
    expect(await receive(one.address)).toBe(997);
    const client = await Client.connect(port);
    client.get(port);
    const later = await server.result(one, true);
    expect(later).toMatchObject({ returns: 0, error: 234 });
    expect(later.bytes).toBeGreaterThan(864);
    const other = await Client.connect(port);
    other.get(port);
    await turn();
    expect(await receive(two.address)).toBe(234);
    expect((await server.call('WaitForSingleObject', { hHandle: two.event })).returns).toBe(0);
    expect(server.completions).toHaveLength(1);
  });

  test('NULL, unaligned and unmapped buffers; unknown flags', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    await turn();
    const buffer = server.memory.alloc(4096);
    const receive = (RequestBuffer: bigint, Flags = 0): Promise<number> =>
      server.code('HttpReceiveHttpRequest', { RequestQueueHandle: queue, Flags, RequestBuffer, RequestBufferLength: 4000 });
    expect(await receive(0n)).toBe(87);
    expect(await receive(buffer + 1n)).toBe(998);
    expect(await receive(0x1000n)).toBe(998);
    expect(await receive(buffer, 4)).toBe(87);
    expect(await receive(buffer)).toBe(0);
  });

  test('a buffer that was freed while the receive was pending fails that receive and not the request', async () => {
    const { port, queue } = await server.serve();
    const { overlapped, buffer } = await server.receivePending(queue);
    server.memory.free(buffer);
    const next = await server.receivePending(queue);
    const client = await Client.connect(port);
    client.get(port);
    expect((await server.result(overlapped, true)).error).toBe(998);
    expect((await server.result(next.overlapped, true)).returns).toBe(1);
  });
});

describe('waiting', () => {
  test('a NULL queue gives ERROR_INVALID_HANDLE, an unknown id ERROR_CONNECTION_INVALID', async () => {
    const { queue } = await server.serve();
    expect((await server.receive(0n)).code).toBe(6);
    expect((await server.receive(queue, { id: 0xdeadbeefn })).code).toBe(1229);
    const overlapped = await server.overlapped();
    expect(await server.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, RequestId: 0xdeadbeefn, RequestBuffer: server.memory.alloc(4096), RequestBufferLength: 4096, Overlapped: overlapped.address,
    })).toBe(1229);
    expect((await server.call('WaitForSingleObject', { hHandle: overlapped.event })).returns).toBe(258);
  });

  test('a connection alone is no request; its request completes the receive', async () => {
    const { port, queue } = await server.serve();
    const { code, overlapped } = await server.receivePending(queue);
    expect(code).toBe(997);
    expect(server.u32(overlapped.address)).toBe(0x103);
    const client = await Client.connect(port);
    await turn();
    expect((await server.result(overlapped, false)).error).toBe(996);
    client.get(port, '/foobar');
    const result = await server.result(overlapped, true);
    expect(result.returns).toBe(1);
    expect(result.bytes).toBeGreaterThan(864);
    expect(server.completions).toEqual([expect.objectContaining({ overlapped: overlapped.address, error: 0, bytes: result.bytes })]);
  });

  test('waiting receives are served first in, first out', async () => {
    const { port, queue } = await server.serve();
    const waits = [await server.receivePending(queue), await server.receivePending(queue), await server.receivePending(queue)];
    for (let i = 0; i < 3; i += 1) (await Client.connect(port)).get(port, `/${i}`);
    for (const { overlapped } of waits) await server.result(overlapped, true);
    expect(server.completions.map(({ overlapped }) => overlapped)).toEqual(waits.map(({ overlapped }) => overlapped.address));
  });

  test('a synchronous receive waits for its request', async () => {
    const { port, queue } = await server.serve();
    const receiving = server.receive(queue);
    (await Client.connect(port)).get(port, '/late');
    expect((await receiving).fields['pRawUrl']).toBe('/late');
  });

  test('more than 1000 requests that no one receives: the connection of the next one is reset', async () => {
    const { port, queue } = await server.serve();
    const clients = await Promise.all(Array.from({ length: 1001 }, () => Client.connect(port)));
    for (const client of clients) client.get(port);
    expect(await Promise.any(clients.map((client) => client.closed()))).toBe('reset');
    expect(clients.map((client) => client.text).join('')).toBe('');
    expect((await server.receive(queue)).code).toBe(0);
  });
});
