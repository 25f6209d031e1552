import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, freePort, idOf, ServerUnderTest, turn } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

describe('one connection, several requests', () => {
  test('pipelined: the second is delivered only after the first is answered, on the same connection', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(`GET /1 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\nGET /2 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    const first = await server.receive(queue);
    const second = await server.receivePending(queue);
    await turn();
    expect((await server.call('WaitForSingleObject', { hHandle: second.overlapped.event })).returns).toBe(258);
    expect(await server.respond(queue, idOf(first.fields), { StatusCode: 200, pEntityChunks: ['one'] })).toBe(0);
    expect((await server.call('WaitForSingleObject', { hHandle: second.overlapped.event, dwMilliseconds: 2000 })).returns).toBe(0);
    const ids = server.memory.read(second.buffer + 8n, 16);
    const view = new DataView(ids.buffer);
    expect(view.getBigUint64(0, true)).toBe(idOf(first.fields, 'ConnectionId'));
    expect(view.getBigUint64(8, true)).not.toBe(idOf(first.fields));
    await server.respond(queue, view.getBigUint64(8, true), { StatusCode: 200, pEntityChunks: ['two'] });
    expect(await client.until('two')).toMatch(/one[^]*two$/);
  });

  test('a request that comes byte by byte is one request', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    const text = `\r\nPOST /slow HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`;
    for (const byte of text) {
      client.send(byte);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { fields } = await server.receive(queue, { flags: 2 });
    expect(fields).toMatchObject({ pRawUrl: '/slow', BytesReceived: BigInt(text.length), pEntityChunks: [{ BufferLength: 3 }] });
  });
});

describe('what is no request', () => {
  test.each([
    ['foo\r\n', '400'],
    ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', '400'],
    ['x'.repeat(65536), '400'],
    [`GET /${'a'.repeat(20000)}`, '414'],
    ['GET / HTTP/2.0\r\nHost: localhost\r\n\r\n', '505'],
    ['GET /\r\n', '400'],
    ['GET nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n', '400'],
    ['GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n', '400'],
    ['GET /../up HTTP/1.1\r\nHost: localhost\r\n\r\n', '400'],
    ['GET / HTTP/1.1\r\n\r\n', '400'],
    ['GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', '400'],
    ['GET / HTTP/1.1\r\nHost: localhost\r\nbad header: x\r\n\r\n', '400'],
    ['GET / HTTP/1.1\r\nHost: localhost\r\n folded\r\n\r\n', '400'],
    [`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'y'.repeat(17000)}`, '400'],
    ['POST / HTTP/1.1\r\nHost: localhost\r\n\r\n', '411'],
    ['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1x\r\n\r\n', '400'],
    ['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', '400'],
    ['POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', '400'],
    ['POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n', '501'],
  ])('%j', async (text, status) => {
    const { port, queue } = await server.serve();
    const waiting = await server.receivePending(queue);
    const client = await Client.connect(port);
    client.send(Buffer.from(text, 'latin1'));
    const answer = await client.until('</HTML>');
    expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
    expect(answer).toContain('\r\nConnection: close\r\n');
    client.send('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(await client.closed()).toBe('fin');
    expect((await server.result(waiting.overlapped, false)).error).toBe(996);
  });

  test('404 has the bytes and the headers that http.sys sends', async () => {
    const { port } = await server.serve('/only/');
    const client = await Client.connect(port);
    client.get(port, '/elsewhere');
    const text = await client.until('</HTML>\r\n');
    const [head = '', body = ''] = text.split('\r\n\r\n');
    expect(head.replace(/Date: [^\r]+/, 'Date: D').split('\r\n')).toEqual([
      'HTTP/1.1 404 Not Found', 'Content-Type: text/html; charset=us-ascii', 'Server: Microsoft-HTTPAPI/2.0', 'Date: D', 'Connection: close',
      'Content-Length: 315',
    ]);
    expect(body).toHaveLength(315);
    expect(body).toContain('<p>HTTP Error 404. The requested resource is not found.</p>');
  });

  test('an https URL without a certificate: the handshake is reset', async () => {
    const { group } = await server.serve();
    const port = await freePort();
    expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `https://localhost:${port}/` })).toBe(0);
    const client = await Client.connect(port);
    client.send('\x16\x03\x01');
    expect(await client.closed()).toBe('reset');
    expect(client.text).toBe('');
  });

  test('400 Bad Request is said word for word', async () => {
    const { port } = await server.serve();
    const client = await Client.connect(port);
    client.send('foo\r\n');
    expect(await client.until('</HTML>')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  });
});

describe('the end of a connection', () => {
  test('HttpWaitForDisconnect pends, and completes when the client closes; an unknown id gives 1229', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    const { fields } = await server.receive(queue);
    const overlapped = await server.overlapped();
    const wait = (ConnectionId: bigint): Promise<number> =>
      server.code('HttpWaitForDisconnect', { RequestQueueHandle: queue, ConnectionId, Overlapped: overlapped.address });
    expect(await wait(0xdeadn)).toBe(1229);
    expect(await wait(idOf(fields, 'ConnectionId'))).toBe(997);
    client.close();
    expect(await server.result(overlapped, true)).toEqual({ returns: 1, error: 0, bytes: 0 });
    expect(await wait(idOf(fields, 'ConnectionId'))).toBe(1229);
    expect(await server.respond(queue, idOf(fields), { StatusCode: 200 })).toBe(1229);
    expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: idOf(fields) })).toBe(1229);
    expect(server.connections.at(-1)).toMatchObject({ what: 'closed-by-peer', requestIds: [idOf(fields)], remote: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  });

  test('it completes after a good response too, and for a cancel', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    const first = await server.receive(queue);
    const waiting = server.code('HttpWaitForDisconnect', { RequestQueueHandle: queue, ConnectionId: idOf(first.fields, 'ConnectionId') });
    await server.respond(queue, idOf(first.fields), { StatusCode: 200 }, 1);
    expect(await waiting).toBe(0);
    const other = await Client.connect(port);
    other.get(port);
    const second = await server.receive(queue);
    const cancelled = server.code('HttpWaitForDisconnect', { RequestQueueHandle: queue, ConnectionId: idOf(second.fields, 'ConnectionId') });
    await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: idOf(second.fields) });
    expect(await cancelled).toBe(0);
  });

  test('a request whose client is gone before it was received is never delivered; a pending read gives 1229', async () => {
    const { port, queue } = await server.serve();
    const gone = await Client.connect(port);
    gone.get(port, '/gone');
    await turn();
    gone.close();
    await turn();
    const reader = await Client.connect(port);
    reader.send(`POST /here HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 9\r\n\r\n`);
    const { fields } = await server.receive(queue);
    expect(fields['pRawUrl']).toBe('/here');
    const reading = server.readBody(queue, idOf(fields));
    reader.close();
    expect((await reading).code).toBe(1229);
  });

  test('the connection of a URL that is removed while idle is closed', async () => {
    const { port, queue, group } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    await server.respond(queue, idOf((await server.receive(queue)).fields), { StatusCode: 200 });
    await client.until('\r\n\r\n');
    await server.code('HttpRemoveUrlFromUrlGroup', { UrlGroupId: group, Flags: 1 });
    expect(await client.closed()).toBe('fin');
  });

  test('dispose ends connections, listeners and pending calls without reporting them', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.get(port);
    await server.receive(queue);
    const waiting = server.receive(queue);
    const reports = server.connections.length;
    await server.dispose();
    await client.closed();
    expect((await waiting).code).toBe(995);
    expect(server.connections).toHaveLength(reports);
    expect(server.completions).toEqual([]);
    await expect(Client.connect(port)).rejects.toThrow('ECONNREFUSED');
  });

  test('servers listen on loopback only', async () => {
    const { group } = await server.serve();
    const port = await freePort();
    await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `http://+:${port}/` });
    await Client.connect(port, '127.0.0.1');
    await expect(Client.connect(port, '127.0.0.2')).rejects.toThrow('ECONNREFUSED');
  });
});
