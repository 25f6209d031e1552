import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, Peer, type Serve } from './peer';
import { PATIENT, Probe } from './probe';

let probe: Probe;
let peer: Peer;
let serve: Serve;

beforeEach(async () => {
  probe = new Probe();
  serve = () => undefined;
  peer = await Peer.start((connection, request, nth) => serve(connection, request, nth));
});

afterEach(async () => {
  await probe.engine.dispose();
  expect(probe.engine.openClientSockets).toBe(0);
  await peer.stop();
});

async function answered(raw: string, verb = 'GET', flags = 0x1000_0000): Promise<bigint> {
  serve = ({ socket }) => socket.write(raw, 'latin1');
  const request = probe.request(probe.connection(probe.session(flags), peer.port), '/', 3n, { lpszVerb: verb });
  const outcome = await probe.start('HttpSendRequest', { hRequest: request });
  if (outcome.lastError === 997) await probe.until(request, 'REQUEST_COMPLETE');
  return request;
}

function socket() {
  const connection = peer.connections.at(-1);
  if (connection === undefined) throw new Error('no connection');
  return connection.socket;
}

function available(request: bigint): { returns: number | bigint; lastError: number; count: number; at: bigint } {
  const at = probe.dword(99);
  const { returns, lastError } = probe.call('InternetQueryDataAvailable', { hFile: request, lpdwNumberOfBytesAvailable: at });
  return { returns, lastError, count: probe.readDword(at), at };
}

test('a read fills its buffer or comes to the end of the file; then it reads nothing', async () => {
  const request = await answered(answer('0123456789'));
  probe.callbacks.length = 0;
  expect(await probe.read(request, 4)).toMatchObject({ text: '0123', pended: false });
  expect(await probe.read(request, 4)).toMatchObject({ text: '4567', pended: false });
  expect(await probe.read(request, 4)).toMatchObject({ text: '89', pended: false });
  expect(await probe.read(request, 4)).toMatchObject({ text: '', pended: false, outcome: { returns: 1 } });
  expect(probe.callbacks).toEqual([]);
});

test('a body in two halves: one read pends, RECEIVING_RESPONSE before it returns, RESPONSE_RECEIVED and REQUEST_COMPLETE after', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n0123456789abcdef');
  expect(await probe.read(request, 16)).toMatchObject({ text: '0123456789abcdef', pended: false });
  probe.callbacks.length = 0;
  const buffer = probe.engine.memory.alloc(16);
  const count = probe.dword(7);
  expect(probe.call('InternetReadFile', { hFile: request, lpBuffer: buffer, dwNumberOfBytesToRead: 16, lpdwNumberOfBytesRead: count })).toMatchObject({ returns: 0, lastError: 997 });
  expect(probe.callbacks).toMatchObject([{ status: 'RECEIVING_RESPONSE', thread: probe.engine.mainThread }]);
  expect(probe.readDword(count)).toBe(0);
  socket().write('x'.repeat(16));
  await probe.until(request, 'REQUEST_COMPLETE');
  expect(probe.readDword(count)).toBe(16);
  expect(probe.callbacks.slice(1)).toMatchObject([{ status: 'RESPONSE_RECEIVED', payload: { value: 16 } }, { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 0 } }]);
});

test('InternetQueryDataAvailable: what is there at once; what comes as dwError; at the end of the connection 0', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n123');
  expect(available(request)).toMatchObject({ returns: 1, count: 3 });
  expect(await probe.read(request, 3)).toMatchObject({ text: '123', pended: false });
  probe.callbacks.length = 0;
  const first = available(request);
  expect(first).toMatchObject({ returns: 0, lastError: 997, count: 0 });
  socket().write('1234567890');
  await probe.until(request, 'REQUEST_COMPLETE');
  expect(probe.readDword(first.at)).toBe(10);
  expect(probe.callbacks).toMatchObject([
    { status: 'RECEIVING_RESPONSE' }, { status: 'RESPONSE_RECEIVED', payload: { value: 10 } }, { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 10 } },
  ]);
  expect(await probe.read(request, 9)).toMatchObject({ text: '123456789' });
  expect(available(request)).toMatchObject({ returns: 1, count: 1 });
  expect(await probe.read(request, 1)).toMatchObject({ text: '0' });
  probe.callbacks.length = 0;
  const last = available(request);
  expect(last).toMatchObject({ returns: 0, lastError: 997 });
  socket().end();
  await probe.until(request, 'REQUEST_COMPLETE');
  expect(probe.callbacks).toMatchObject([
    { status: 'RECEIVING_RESPONSE' }, { status: 'RESPONSE_RECEIVED', payload: { value: 0 } }, { status: 'CLOSING_CONNECTION' }, { status: 'CONNECTION_CLOSED' },
    { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 0 } },
  ]);
  expect(available(request)).toMatchObject({ returns: 1, count: 0 });
});

test('the framings of a body, and the responses without one', async () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n';
  expect(await probe.readAll(await answered(chunked))).toBe('abcde');
  expect(await probe.readAll(await answered('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', 'HEAD'))).toBe('');
  expect(await probe.readAll(await answered('HTTP/1.1 204 No Content\r\n\r\n'))).toBe('');
  expect(await probe.readAll(await answered('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n'))).toBe('');
  serve = ({ socket }) => socket.end('no status line\r\n at all');
  const old = probe.request(probe.connection(probe.session(), peer.port), '/');
  probe.call('HttpSendRequest', { hRequest: old });
  await probe.until(old, 'REQUEST_COMPLETE');
  expect(await probe.readAll(old)).toBe('no status line\r\n at all');
  expect(probe.queryInfo(old, 18).text).toBe('HTTP/0.9');
});

test('interim responses are told with their status before the final one', async () => {
  const request = await answered(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${answer('x')}`);
  const hints = probe.of(request).filter((event) => event.status === 'INTERMEDIATE_RESPONSE');
  expect(hints).toMatchObject([{ payload: { value: 100 } }, { payload: { value: 103 } }]);
  expect(probe.statuses(request).slice(-5)).toEqual(['RECEIVING_RESPONSE', 'INTERMEDIATE_RESPONSE', 'INTERMEDIATE_RESPONSE', 'RESPONSE_RECEIVED', 'REQUEST_COMPLETE']);
  expect(probe.queryInfo(request, 19).text).toBe('200');
  expect(await probe.readAll(request)).toBe('x');
});

test('a body shorter than its Content-Length reads as what came', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  socket().end();
  expect(await probe.readAll(request)).toBe('abc');
});

test('a reset within the body fails the read with ERROR_INTERNET_CONNECTION_RESET', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  const reading = probe.read(request, 10);
  setTimeout(() => socket().resetAndDestroy(), 5);
  expect(await reading).toMatchObject({ text: '', pended: true });
  expect(probe.of(request).at(-1)).toMatchObject({ status: 'REQUEST_COMPLETE', payload: { dwResult: 0n, dwError: 12031 } });
});

test('204 with Connection: close: the connection is closed, and said to be, once', async () => {
  const request = await answered('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  probe.close(request);
  const all = probe.statuses(request);
  expect(all.slice(-4)).toEqual(['CLOSING_CONNECTION', 'CONNECTION_CLOSED', 'REQUEST_COMPLETE', 'HANDLE_CLOSING']);
  expect(all.filter((status) => status === 'CONNECTION_CLOSED')).toHaveLength(1);
});

test('closing a request whose body is not whole closes its connection, and says so before HANDLE_CLOSING', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  expect(probe.close(request)).toMatchObject({ returns: 1, lastError: 0 });
  expect(probe.statuses(request).slice(-3)).toEqual(['CLOSING_CONNECTION', 'CONNECTION_CLOSED', 'HANDLE_CLOSING']);
  await expect.poll(() => peer.alive, PATIENT).toBe(0);
});

test('a body that nobody reads stops at a bounded size, and is whole when somebody does', async () => {
  const size = 24 * 1024 * 1024;
  const piece = Buffer.alloc(1024 * 1024, 'z');
  const request = await answered(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`);
  const server = socket();
  for (let written = 0; written < size; written += piece.length) server.write(piece);
  // What the engine holds and what two kernels hold between them is far from all of it.
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(server.writableLength).toBeGreaterThan(size / 4);
  const held = available(request);
  expect(held.returns).toBe(1);
  expect(held.count).toBeLessThan(1024 * 1024);
  let total = 0;
  for (;;) {
    const { text } = await probe.read(request, 1024 * 1024);
    if (text === '') break;
    total += text.length;
  }
  expect(total).toBe(size);
});

test('a synchronous read waits for its bytes on the caller\'s thread', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc', 'GET', 0);
  const reading = probe.read(request, 6);
  setTimeout(() => socket().write('def'), 5);
  expect(await reading).toMatchObject({ text: 'abcdef', outcome: { returns: 1, lastError: 0 } });
  expect(probe.of(request).slice(-2)).toMatchObject([{ status: 'RECEIVING_RESPONSE' }, { status: 'RESPONSE_RECEIVED', thread: probe.engine.mainThread }]);
});

test('before the request is sent there is nothing to read: ERROR_INTERNET_INCORRECT_HANDLE_STATE', async () => {
  const request = probe.request(probe.connection(probe.session(), peer.port), '/');
  expect((await probe.read(request, 1)).outcome).toMatchObject({ returns: 0, lastError: 12019 });
  expect(available(request)).toMatchObject({ returns: 0, lastError: 12019 });
});
