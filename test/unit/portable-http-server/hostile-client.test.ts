import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memoryInUse } from '../memory-in-use';
import { Client, ServerUnderTest } from './server-under-test';

const PATIENT = { timeout: 15_000, interval: 20 } as const;
const MEGABYTE = 1024 * 1024;

/** What the server may hold of one client, in bytes: docs/security.md states it. */
const BOUND = 16 * MEGABYTE;

let server: ServerUnderTest;
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(() => server.dispose());

function raw(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      socket.resume();
      resolve(socket);
    });
  });
}

/** Writes a piece again and again until the server closes or takes no more. The answer is how many bytes it took, with what the system's buffers hold. */
async function flood(socket: Socket, piece: string): Promise<number> {
  const bytes = Buffer.from(piece);
  let sent = 0;
  for (let stuck = false; !stuck && !socket.destroyed && sent < 256 * MEGABYTE;) {
    sent += bytes.length;
    if (socket.write(bytes)) continue;
    stuck = await new Promise<boolean>((resolve) => {
      const done = (isStuck: boolean): void => { clearTimeout(timer); socket.removeAllListeners('drain'); resolve(isStuck); };
      const timer = setTimeout(() => done(true), 1000);
      socket.once('drain', () => done(false));
      socket.once('close', () => done(false));
    });
  }
  return sent - socket.writableLength;
}

describe('a client that goes on without end is closed, having got no further than', () => {
  test.each([
    ['a request line', 'GET /', 'a'],
    ['a header line', 'GET / HTTP/1.1\r\nHost: localhost\r\nX: ', 'y'],
    ['header lines', 'GET / HTTP/1.1\r\nHost: localhost\r\n', 'X: y\r\n'],
    ['garbage', '', '\x00\xff\x17'],
    ['a chunk size', 'POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\n', '0'],
    ['a chunk extension', 'POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x'],
    ['trailer fields', 'POST / HTTP/1.1\r\nHost: localhost:PORT\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X: y\r\n'],
  ])('%s', async (_what, begin, again) => {
    const { port } = await server.serve();
    const socket = await raw(port);
    socket.write(begin.replace('PORT', String(port)));
    expect(await flood(socket, again.repeat(Math.ceil(8192 / again.length)))).toBeLessThan(32 * MEGABYTE);
    socket.destroy();
    await expect.poll(() => server.connections.filter(({ what }) => what !== 'accepted').length, PATIENT).toBe(1);
  });
});

describe('a body that the application does not read is not taken in:', () => {
  test.each([
    ['as it is', 'Content-Length: 99999999999', 'x'.repeat(65536)],
    ['in chunks of a byte', 'Transfer-Encoding: chunked', '1\r\nx\r\n'.repeat(10_000)],
  ])('%s', async (_how, framing, piece) => {
    const { port, queue } = await server.serve();
    const before = await memoryInUse();
    const socket = await raw(port);
    socket.write(`POST / HTTP/1.1\r\nHost: localhost:${port}\r\n${framing}\r\n\r\n`);
    expect((await server.receive(queue)).code).toBe(0);
    expect(await flood(socket, piece)).toBeLessThan(64 * MEGABYTE);
    await expect.poll(async () => (await memoryInUse()) - before, PATIENT).toBeLessThan(BOUND);
    socket.destroy();
  });

  test('nor are requests that wait behind one that is not answered', async () => {
    const { port, queue } = await server.serve();
    const before = await memoryInUse();
    const socket = await raw(port);
    const request = `GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
    socket.write(request);
    expect((await server.receive(queue)).code).toBe(0);
    expect(await flood(socket, request.repeat(1000))).toBeLessThan(64 * MEGABYTE);
    await expect.poll(async () => (await memoryInUse()) - before, PATIENT).toBeLessThan(BOUND);
    socket.destroy();
  });
});

test('a thousand connections opened and reset leave no socket, no request and a server that answers', async () => {
  const { port, queue } = await server.serve();
  for (let round = 0; round < 20; round += 1) {
    const sockets = await Promise.all(Array.from({ length: 50 }, () => raw(port)));
    for (const [index, socket] of sockets.entries()) {
      // Some before a byte, some inside a head, some inside a body, some behind a request that waits in the queue.
      socket.write(['', 'GET / HT', `POST / HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 10\r\n\r\nhalf`, `GET / HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`][index % 4] ?? '');
    }
    await new Promise((resolve) => { setImmediate(resolve); });
    for (const socket of sockets) socket.resetAndDestroy();
  }
  const count = (isEnd: boolean): number => server.connections.filter(({ what }) => (what !== 'accepted') === isEnd).length;
  await expect.poll(() => count(true), PATIENT).toBe(1000);
  expect(count(false)).toBe(1000);
  const client = await Client.connect(port);
  client.get(port, '/still');
  const { code, fields } = await server.receive(queue);
  expect({ code, url: fields['pRawUrl'] }).toEqual({ code: 0, url: '/still' });
});
