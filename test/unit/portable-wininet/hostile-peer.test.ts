import { describe, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { INTERNET_OPTION } from '../../../preload/contract/win32/constants/options';
import { readUint } from '../../../preload/contract/win32/memory';
import { memoryInUse } from '../memory-in-use';
import { engineAndPeer } from './fixture';
import type { PeerConnection } from './peer';
import { PATIENT } from './probe';

const fixture = engineAndPeer(() => undefined);

const MEGABYTE = 1024 * 1024;

/** What one connection may hold of its peer, in bytes: docs/security.md states it. */
const BOUND = 16 * MEGABYTE;

/** Writes a piece again and again, as fast as it is taken, until the other end is gone or `most` bytes were taken. The answer is how many that were. */
async function flood({ socket }: PeerConnection, piece: Buffer, most: number): Promise<number> {
  let sent = 0;
  while (!socket.destroyed && sent < most) {
    sent += piece.length;
    if (!socket.write(piece)) await new Promise<void>((resolve) => {
      const wake = (): void => { socket.off('drain', wake); socket.off('close', wake); clearTimeout(stuck); resolve(); };
      // One that takes nothing more is left waiting, which is what is asked for.
      const stuck = setTimeout(() => { sent -= socket.writableLength; most = 0; wake(); }, 1000);
      socket.on('drain', wake);
      socket.on('close', wake);
    });
  }
  return sent;
}

/** Sends a request that is answered by a flood. */
function ask(answer: (connection: PeerConnection) => void, headers = ''): bigint {
  const { probe, peer } = fixture;
  fixture.serve = answer;
  const session = probe.session();
  expect(probe.call('InternetSetOption', { hInternet: session, dwOption: INTERNET_OPTION.INTERNET_OPTION_HTTP_DECODING, lpBuffer: Uint8Array.of(1, 0, 0, 0), dwBufferLength: 4 })).toMatchObject({ returns: 1 });
  const request = probe.request(probe.connection(session, peer.port), '/flood');
  probe.call('HttpSendRequest', { hRequest: request, lpszHeaders: headers === '' ? undefined : headers, dwHeadersLength: headers.length });
  return request;
}

async function failure(): Promise<number> {
  const { probe } = fixture;
  await expect.poll(() => probe.callbacks.some(({ status }) => status === 'REQUEST_COMPLETE'), PATIENT).toBe(true);
  const payload = probe.callbacks.find(({ status }) => status === 'REQUEST_COMPLETE')?.payload;
  return payload?.kind === 'async-result' ? payload.dwError : -1;
}

describe('a peer that answers without end is given up, having got no further than', () => {
  test.each([
    ['a header line', 'HTTP/1.1 200 OK\r\nX: ', 'y'],
    ['header lines', 'HTTP/1.1 200 OK\r\n', 'X: y\r\n'],
    ['a status line', 'HTTP/1.1 200 ', 'x'],
    ['interim responses', '', 'HTTP/1.1 100 Continue\r\n\r\n'],
    ['header lines of an interim response', 'HTTP/1.1 103 Early Hints\r\n', 'Link: x\r\n'],
    ['empty lines', '', '\r\n'],
    ['a chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '0'],
    ['a chunk extension', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;', 'x'],
    ['trailer fields', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n', 'X: y\r\n'],
  ])('%s', async (_what, begin, again) => {
    const piece = Buffer.from(again.repeat(Math.ceil(8192 / again.length)));
    let taken: Promise<number> | undefined;
    ask((connection) => {
      connection.socket.write(begin);
      taken = flood(connection, piece, 64 * MEGABYTE);
    });
    await expect.poll(() => taken, PATIENT).toBeDefined();
    // What the two systems' buffers took is not the engine's.
    expect(await taken).toBeLessThan(32 * MEGABYTE);
    await expect.poll(() => fixture.peer.alive, PATIENT).toBe(0);
    expect([0, 12152]).toContain(await failure());
  });
});

describe('a body that nobody reads is not taken in:', () => {
  test('neither as it is', async () => {
    const before = await memoryInUse();
    let taken: Promise<number> | undefined;
    ask((connection) => {
      connection.socket.write('HTTP/1.1 200 OK\r\n\r\n');
      taken = flood(connection, Buffer.alloc(65536, 'x'), 256 * MEGABYTE);
    });
    expect(await failure()).toBe(0);
    expect(await taken).toBeLessThan(64 * MEGABYTE);
    await expect.poll(async () => (await memoryInUse()) - before, PATIENT).toBeLessThan(BOUND);
  });

  test('nor in chunks of a byte', async () => {
    const before = await memoryInUse();
    let taken: Promise<number> | undefined;
    ask((connection) => {
      connection.socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      taken = flood(connection, Buffer.from('1\r\nx\r\n'.repeat(10_000)), 256 * MEGABYTE);
    });
    expect(await failure()).toBe(0);
    expect(await taken).toBeLessThan(64 * MEGABYTE);
    await expect.poll(async () => (await memoryInUse()) - before, PATIENT).toBeLessThan(BOUND);
  });

  test('nor as a kilobyte that unpacks to a megabyte, over and over', async () => {
    // 512 MB of zeros in half a megabyte.
    const bomb = gzipSync(Buffer.alloc(64 * MEGABYTE));
    const { probe } = fixture;
    const before = await memoryInUse();
    const request = ask(({ socket }) => socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${bomb.length * 8}\r\n\r\n`), ...Array.from({ length: 8 }, () => bomb)])), 'Accept-Encoding: gzip\r\n');
    expect(request).not.toBe(0n);
    await expect.poll(() => probe.callbacks.some(({ status }) => status === 'REQUEST_COMPLETE'), PATIENT).toBe(true);
    // Long enough for all of it, were it unpacked: each turn gives zlib's thread its own.
    for (let i = 0; i < 200; i += 1) await new Promise((resolve) => { setTimeout(resolve, 5); });
    await expect.poll(async () => (await memoryInUse()) - before, PATIENT).toBeLessThan(BOUND);
  });
});

test('a body that unpacks to more than is held at once is read to its end', async () => {
  const { probe, peer } = fixture;
  const { memory } = probe.engine;
  const packed = gzipSync(Buffer.alloc(8 * MEGABYTE));
  fixture.serve = ({ socket }) => { socket.write(Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`), packed])); };
  const session = probe.session(0);
  probe.call('InternetSetOption', { hInternet: session, dwOption: INTERNET_OPTION.INTERNET_OPTION_HTTP_DECODING, lpBuffer: Uint8Array.of(1, 0, 0, 0), dwBufferLength: 4 });
  const request = probe.request(probe.connection(session, peer.port), '/large');
  const headers = 'Accept-Encoding: gzip\r\n';
  expect((await probe.start('HttpSendRequest', { hRequest: request, lpszHeaders: headers, dwHeadersLength: headers.length })).returns).toBe(1);
  const buffer = memory.alloc(65536);
  const count = memory.alloc(4);
  let total = 0;
  for (let read = -1; read !== 0; total += read) {
    expect((await probe.start('InternetReadFile', { hFile: request, lpBuffer: buffer, dwNumberOfBytesToRead: 65536, lpdwNumberOfBytesRead: count })).returns).toBe(1);
    read = readUint(memory, count, 4);
  }
  expect(total).toBe(8 * MEGABYTE);
});

test('a peer that says nothing, or a byte now and then, holds up nobody else', async () => {
  const { probe } = fixture;
  const silent = ask(({ socket }) => {
    const drip = setInterval(() => { if (!socket.destroyed) socket.write('H'); }, 20);
    socket.on('close', () => clearInterval(drip));
  });
  await expect.poll(() => fixture.peer.requests.length, PATIENT).toBe(1);
  const other = probe.request(probe.connection(probe.session(), fixture.peer.port, 9n), '/quick', 10n);
  fixture.serve = ({ socket }) => { socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx'); };
  probe.call('HttpSendRequest', { hRequest: other });
  await expect.poll(() => probe.callbacks.some(({ status, handle }) => status === 'REQUEST_COMPLETE' && handle === other), PATIENT).toBe(true);
  expect(probe.callbacks.some(({ status, handle }) => status === 'REQUEST_COMPLETE' && handle === silent)).toBe(false);
  probe.close(silent);
  await expect.poll(() => probe.callbacks.some(({ status, handle }) => status === 'HANDLE_CLOSING' && handle === silent), PATIENT).toBe(true);
});
