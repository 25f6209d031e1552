import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Client, idOf, ServerUnderTest, turn } from './server-under-test';

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

const post = (port: number, length: number, body: string, more = ''): string => `POST /p HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${length}\r\n${more}\r\n${body}`;

describe('HttpReceiveRequestEntityBody', () => {
  test('the whole body, then ERROR_HANDLE_EOF, and 1229 once the request is answered', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    const text = post(port, 5, 'ping\0');
    client.send(text);
    const { fields } = await server.receive(queue);
    expect(fields).toMatchObject({ Flags: 1, Verb: 6, EntityChunkCount: 0, BytesReceived: BigInt(text.length) });
    const id = idOf(fields);
    expect(await server.readBody(queue, id)).toEqual({ code: 0, text: 'ping\0' });
    expect(await server.readBody(queue, id)).toEqual({ code: 38, text: '' });
    expect(await server.respond(queue, id, { StatusCode: 200 })).toBe(0);
    expect((await server.readBody(queue, id)).code).toBe(1229);
    expect((await server.readBody(queue, 0n)).code).toBe(1229);
  });

  test('parts by the size of the buffer', async () => {
    const { port, queue } = await server.serve();
    (await Client.connect(port)).send(post(port, 10, '0123456789'));
    const id = idOf((await server.receive(queue)).fields);
    expect(await server.readBody(queue, id, 4)).toEqual({ code: 0, text: '0123' });
    expect(await server.readBody(queue, id, 4)).toEqual({ code: 0, text: '4567' });
    expect(await server.readBody(queue, id, 4)).toEqual({ code: 0, text: '89' });
    expect((await server.readBody(queue, id, 4)).code).toBe(38);
  });

  test('what has not come yet is waited for: 997, then its bytes; FILL_BUFFER waits for a full buffer', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(post(port, 12, ''));
    const id = idOf((await server.receive(queue)).fields);
    const overlapped = await server.overlapped();
    const buffer = server.memory.alloc(64);
    expect(await server.code('HttpReceiveRequestEntityBody', {
      RequestQueueHandle: queue, RequestId: id, EntityBuffer: buffer, EntityBufferLength: 64, Overlapped: overlapped.address,
    })).toBe(997);
    client.send('abcd');
    expect(await server.result(overlapped, true)).toEqual({ returns: 1, error: 0, bytes: 4 });
    expect(Buffer.from(server.memory.read(buffer, 4)).toString()).toBe('abcd');
    const filling = server.readBody(queue, id, 8, 1);
    client.send('efg');
    await turn();
    client.send('hijkl');
    expect(await filling).toEqual({ code: 0, text: 'efghijkl' });
    const eof = await server.overlapped();
    expect(await server.code('HttpReceiveRequestEntityBody', {
      RequestQueueHandle: queue, RequestId: id, EntityBuffer: buffer, EntityBufferLength: 64, Overlapped: eof.address,
    })).toBe(38);
  });

  test('a chunked body comes without its framing; a broken one ends the request with 400', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(`PUT / HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nwiki\r\n5\r\npe`);
    const id = idOf((await server.receive(queue)).fields);
    expect(await server.readBody(queue, id)).toEqual({ code: 0, text: 'wikipe' });
    client.send('dia\r\n0\r\nTrailer: t\r\n\r\n');
    expect(await server.readBody(queue, id)).toEqual({ code: 0, text: 'dia' });
    expect((await server.readBody(queue, id)).code).toBe(38);
    const other = await Client.connect(port);
    other.send(`PUT / HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    const broken = idOf((await server.receive(queue)).fields);
    const reading = server.readBody(queue, broken);
    other.send('zz\r\n');
    expect((await reading).code).toBe(1229);
    expect(await other.until('</HTML>')).toMatch(/^HTTP\/1\.1 400 /);
  });

  test('Expect: 100-continue is answered when the body is asked for, not before', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(post(port, 4, '', 'Expect: 100-continue\r\n'));
    const id = idOf((await server.receive(queue)).fields);
    await turn();
    expect(client.text).toBe('');
    const reading = server.readBody(queue, id);
    await client.until('HTTP/1.1 100 Continue\r\n\r\n');
    client.send('body');
    expect(await reading).toEqual({ code: 0, text: 'body' });
  });

  test('an answer without asking for it closes the connection, for the client may send the body or not', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(post(port, 4, '', 'Expect: 100-continue\r\n'));
    const id = idOf((await server.receive(queue)).fields);
    expect(await server.respond(queue, id, { StatusCode: 417 })).toBe(0);
    expect(await client.closed()).toBe('fin');
    expect(client.text).not.toContain('100 Continue');
    expect(client.text).toContain('\r\nConnection: close\r\n');
  });

  test('a body that was not read is skipped before the next request', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(post(port, 20000, 'x'.repeat(5000)));
    const id = idOf((await server.receive(queue)).fields);
    await server.respond(queue, id, { StatusCode: 200 });
    client.send(`${'x'.repeat(15000)}GET /next HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
    expect((await server.receive(queue)).fields['pRawUrl']).toBe('/next');
  });

  test('a large body is read as it is taken, and whole', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    const size = 3_000_000;
    client.send(post(port, size, 'y'.repeat(size)));
    const id = idOf((await server.receive(queue)).fields);
    let total = 0;
    for (;;) {
      const { code, text } = await server.readBody(queue, id, 65536);
      if (code === 38) break;
      expect(code).toBe(0);
      expect(/^y+$/.test(text)).toBe(true);
      total += text.length;
    }
    expect(total).toBe(size);
  });

  test('parameters', async () => {
    const { port, queue } = await server.serve();
    (await Client.connect(port)).send(post(port, 4, 'body'));
    const RequestId = idOf((await server.receive(queue)).fields);
    const buffer = server.memory.alloc(8);
    const read = (args: Partial<{ EntityBuffer: bigint; EntityBufferLength: number; Flags: number; RequestQueueHandle: bigint }>): Promise<number> =>
      server.code('HttpReceiveRequestEntityBody', { RequestQueueHandle: queue, RequestId, EntityBuffer: buffer, EntityBufferLength: 8, ...args });
    expect(await read({ EntityBuffer: 0n })).toBe(87);
    expect(await read({ EntityBufferLength: 0 })).toBe(87);
    expect(await read({ Flags: 2 })).toBe(87);
    expect(await read({ RequestQueueHandle: 0n })).toBe(6);
    expect(await read({ EntityBuffer: 0x30n })).toBe(998);
    expect(await read({})).toBe(0);
  });
});

describe('HTTP_RECEIVE_REQUEST_FLAG_COPY_BODY', () => {
  test('the body at hand comes in one chunk', async () => {
    const { port, queue } = await server.serve();
    (await Client.connect(port)).send(post(port, 5, 'ping\0'));
    const { fields } = await server.receive(queue, { flags: 1 });
    expect(fields).toMatchObject({ Flags: 0, EntityChunkCount: 1, pEntityChunks: [{ DataChunkType: 0, BufferLength: 5, pBuffer: new Uint8Array(Buffer.from('ping\0')) }] });
    expect((await server.readBody(queue, idOf(fields))).code).toBe(38);
  });

  test('what has no room, or has not come, is left for reading', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    client.send(post(port, 9000, 'z'.repeat(8000)));
    const { fields } = await server.receive(queue, { flags: 1, size: 2048 });
    expect(fields).toMatchObject({ Flags: 1, EntityChunkCount: 1 });
    client.send('z'.repeat(1000));
    const chunks = fields['pEntityChunks'];
    const copied = JSON.stringify(chunks, (_, value: unknown) => (value instanceof Uint8Array ? value.length : typeof value === 'bigint' ? undefined : value));
    const length = Number(/"BufferLength":(\d+)/.exec(copied)?.[1]);
    const rest = await server.readBody(queue, idOf(fields), 9000, 1);
    expect(rest.text.length).toBe(9000 - length);
  });

  test('FLUSH_BODY waits for all of it', async () => {
    const { port, queue } = await server.serve();
    const client = await Client.connect(port);
    const receiving = server.receive(queue, { flags: 2 });
    client.send(post(port, 8, 'half'));
    await turn();
    client.send('full');
    const { fields } = await receiving;
    expect(fields).toMatchObject({ Flags: 0, pEntityChunks: [{ BufferLength: 8 }] });
  });

  test('a FLUSH_BODY receive that is cancelled leaves its request to the next one', async () => {
    const { port, queue } = await server.serve();
    const overlapped = await server.overlapped();
    expect(await server.code('HttpReceiveHttpRequest', {
      RequestQueueHandle: queue, Flags: 2, RequestBuffer: server.memory.alloc(4096), RequestBufferLength: 4096, Overlapped: overlapped.address,
    })).toBe(997);
    (await Client.connect(port)).send(post(port, 8, 'half'));
    await turn();
    expect((await server.call('CancelIoEx', { hFile: queue, lpOverlapped: overlapped.address })).returns).toBe(1);
    expect((await server.result(overlapped, false)).error).toBe(995);
    expect((await server.receive(queue)).fields['pRawUrl']).toBe('/p');
  });
});
