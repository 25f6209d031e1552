import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, idOf, ServerUnderTest } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

describe('HttpCancelHttpRequest', () => {
  test('synchronously: NO_ERROR, the client loses its connection, every later use of the id is 1229', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port, '/report');
    const { code, fields } = await server.receive(queue);
    expect(code).toBe(0);
    const id = idOf(fields);
    expect(id).toBeGreaterThan(2n ** 53n);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(0);
    await client.closed();
    expect(client.text).toBe('');
    expect(await server.respond(queue, id, { StatusCode: 200 })).toBe(1229);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(1229);
    expect((await server.receive(queue, { id })).code).toBe(1229);
    expect(server.connections.map(({ what, requestIds }) => ({ what, requestIds }))).toEqual([
      { what: 'accepted', requestIds: [] }, { what: 'closed', requestIds: [id] },
    ]);
  });

  test('with an OVERLAPPED: ERROR_IO_PENDING, then one completion', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    const id = idOf((await server.receive(queue)).fields);
    const overlapped = await server.overlapped();
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id, Overlapped: overlapped.address })).toBe(997);
    expect(await server.result(overlapped, true)).toEqual({ returns: 1, error: 0, bytes: 0 });
    await client.closed();
    expect(server.completions).toHaveLength(1);
    expect(server.completions[0]).toMatchObject({ overlapped: overlapped.address, error: 0 });
    const again = await server.overlapped();
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id, Overlapped: again.address })).toBe(1229);
    expect(server.completions).toHaveLength(1);
  });

  test('an id that is unknown or whose answer is finished gives 1229; the connection of the finished one stays', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    const id = idOf((await server.receive(queue)).fields);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: 0xdeadbeefn })).toBe(1229);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id & 0xffffffffn })).toBe(1229);
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: ['hello'] })).toBe(0);
    await client.until('hello');
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(1229);
    client.get(port, '/second');
    expect((await server.receive(queue)).code).toBe(0);
  });

  test('a NULL or closed queue gives ERROR_INVALID_HANDLE', async () => {
    await server.serve();
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: 0n, RequestId: 1n })).toBe(6);
  });

  test('pending body reads of the request end with ERROR_OPERATION_ABORTED', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(`POST / HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 10\r\n\r\nhalf`);
    const id = idOf((await server.receive(queue)).fields);
    expect((await server.readBody(queue, id)).text).toBe('half');
    const overlapped = await server.overlapped();
    const buffer = server.memory.alloc(16);
    expect(await server.code('HttpReceiveRequestEntityBody', {
      RequestQueueHandle: queue, RequestId: id, EntityBuffer: buffer, EntityBufferLength: 16, Overlapped: overlapped.address,
    })).toBe(997);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(0);
    expect(await server.result(overlapped, false)).toEqual({ returns: 0, error: 995, bytes: 0 });
    expect(server.completions).toHaveLength(1);
  });

  test('a pending send of the request ends with ERROR_OPERATION_ABORTED', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.pause();
    client.get(port);
    const id = idOf((await server.receive(queue)).fields);
    const overlapped = await server.overlapped();
    const large = new Uint8Array(24 * 1024 * 1024).fill(120);
    expect(await server.respond(queue, id, { StatusCode: 200, pEntityChunks: [large] }, 0, { Overlapped: overlapped.address })).toBe(997);
    expect((await server.result(overlapped, false)).error).toBe(996);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(0);
    expect((await server.result(overlapped, false)).error).toBe(995);
    client.resume();
    await client.closed();
  });

  test('requests that wait behind it on the connection go with it', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(`GET /1 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\nGET /2 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    const id = idOf((await server.receive(queue)).fields);
    const next = await server.receivePending(queue);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: id })).toBe(0);
    await client.closed();
    expect((await server.result(next.overlapped, false)).error).toBe(996);
  });
});
