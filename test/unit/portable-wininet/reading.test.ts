import { expect, test } from 'vitest';
import { engineAndPeer } from './fixture';
import { answer } from './peer';
import { PATIENT } from './probe';

const under = engineAndPeer(() => undefined);

async function answered(raw: string, verb = 'GET', flags = 0x1000_0000): Promise<bigint> {
  under.serve = ({ socket }) => socket.write(raw, 'latin1');
  const request = under.probe.request(under.probe.connection(under.probe.session(flags), under.peer.port), '/', 3n, { lpszVerb: verb });
  const outcome = await under.probe.start('HttpSendRequest', { hRequest: request });
  if (outcome.lastError === 997) await under.probe.until(request, 'REQUEST_COMPLETE');
  return request;
}

function socket() {
  const connection = under.peer.connections.at(-1);
  if (connection === undefined) throw new Error('no connection');
  return connection.socket;
}

function available(request: bigint): { returns: number | bigint; lastError: number; count: number; at: bigint } {
  const at = under.probe.dword(99);
  const { returns, lastError } = under.probe.call('InternetQueryDataAvailable', { hFile: request, lpdwNumberOfBytesAvailable: at });
  return { returns, lastError, count: under.probe.readDword(at), at };
}

test('a read fills its buffer or comes to the end of the file; then it reads nothing', async () => {
  const request = await answered(answer('0123456789'));
  under.probe.callbacks.length = 0;
  expect(await under.probe.read(request, 4)).toMatchObject({ text: '0123', pended: false });
  expect(await under.probe.read(request, 4)).toMatchObject({ text: '4567', pended: false });
  expect(await under.probe.read(request, 4)).toMatchObject({ text: '89', pended: false });
  expect(await under.probe.read(request, 4)).toMatchObject({ text: '', pended: false, outcome: { returns: 1 } });
  expect(under.probe.callbacks).toEqual([]);
});

test('a body in two halves: one read pends, RECEIVING_RESPONSE before it returns, RESPONSE_RECEIVED and REQUEST_COMPLETE after', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 32\r\n\r\n0123456789abcdef');
  expect(await under.probe.read(request, 16)).toMatchObject({ text: '0123456789abcdef', pended: false });
  under.probe.callbacks.length = 0;
  const buffer = under.probe.engine.memory.alloc(16);
  const count = under.probe.dword(7);
  expect(under.probe.call('InternetReadFile', { hFile: request, lpBuffer: buffer, dwNumberOfBytesToRead: 16, lpdwNumberOfBytesRead: count })).toMatchObject({ returns: 0, lastError: 997 });
  expect(under.probe.callbacks).toMatchObject([{ status: 'RECEIVING_RESPONSE', thread: under.probe.engine.mainThread }]);
  expect(under.probe.readDword(count)).toBe(0);
  socket().write('x'.repeat(16));
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect(under.probe.readDword(count)).toBe(16);
  expect(under.probe.callbacks.slice(1)).toMatchObject([{ status: 'RESPONSE_RECEIVED', payload: { value: 16 } }, { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 0 } }]);
});

test('InternetQueryDataAvailable: what is there at once; what comes as dwError; at the end of the connection 0', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n123');
  expect(available(request)).toMatchObject({ returns: 1, count: 3 });
  expect(await under.probe.read(request, 3)).toMatchObject({ text: '123', pended: false });
  under.probe.callbacks.length = 0;
  const first = available(request);
  expect(first).toMatchObject({ returns: 0, lastError: 997, count: 0 });
  socket().write('1234567890');
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect(under.probe.readDword(first.at)).toBe(10);
  expect(under.probe.callbacks).toMatchObject([
    { status: 'RECEIVING_RESPONSE' }, { status: 'RESPONSE_RECEIVED', payload: { value: 10 } }, { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 10 } },
  ]);
  expect(await under.probe.read(request, 9)).toMatchObject({ text: '123456789' });
  expect(available(request)).toMatchObject({ returns: 1, count: 1 });
  expect(await under.probe.read(request, 1)).toMatchObject({ text: '0' });
  under.probe.callbacks.length = 0;
  const last = available(request);
  expect(last).toMatchObject({ returns: 0, lastError: 997 });
  socket().end();
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect(under.probe.callbacks).toMatchObject([
    { status: 'RECEIVING_RESPONSE' }, { status: 'RESPONSE_RECEIVED', payload: { value: 0 } }, { status: 'CLOSING_CONNECTION' }, { status: 'CONNECTION_CLOSED' },
    { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 0 } },
  ]);
  expect(available(request)).toMatchObject({ returns: 1, count: 0 });
});

test('the framings of a body, and the responses without one', async () => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n';
  expect(await under.probe.readAll(await answered(chunked))).toBe('abcde');
  expect(await under.probe.readAll(await answered('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n', 'HEAD'))).toBe('');
  expect(await under.probe.readAll(await answered('HTTP/1.1 204 No Content\r\n\r\n'))).toBe('');
  expect(await under.probe.readAll(await answered('HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n'))).toBe('');
  under.serve = ({ socket }) => socket.end('no status line\r\n at all');
  const old = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/');
  under.probe.call('HttpSendRequest', { hRequest: old });
  await under.probe.until(old, 'REQUEST_COMPLETE');
  expect(await under.probe.readAll(old)).toBe('no status line\r\n at all');
  expect(under.probe.queryInfo(old, 18).text).toBe('HTTP/1.0');
});

test('interim responses are told with their status before the final one', async () => {
  const request = await answered(`HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n${answer('x')}`);
  const hints = under.probe.of(request).filter((event) => event.status === 'INTERMEDIATE_RESPONSE');
  expect(hints).toMatchObject([{ payload: { value: 100 } }, { payload: { value: 103 } }]);
  expect(under.probe.statuses(request).slice(-5)).toEqual(['RECEIVING_RESPONSE', 'INTERMEDIATE_RESPONSE', 'INTERMEDIATE_RESPONSE', 'RESPONSE_RECEIVED', 'REQUEST_COMPLETE']);
  expect(under.probe.queryInfo(request, 19).text).toBe('200');
  expect(await under.probe.readAll(request)).toBe('x');
});

test('a body shorter than its Content-Length reads as what came', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  socket().end();
  expect(await under.probe.readAll(request)).toBe('abc');
});

test('a reset within the body fails the read with ERROR_INTERNET_CONNECTION_RESET', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  const reading = under.probe.read(request, 10);
  setTimeout(() => socket().resetAndDestroy(), 5);
  expect(await reading).toMatchObject({ text: '', pended: true });
  expect(under.probe.of(request).at(-1)).toMatchObject({ status: 'REQUEST_COMPLETE', payload: { dwResult: 0n, dwError: 12031 } });
});

test('204 with Connection: close: the connection is closed, and said to be, once', async () => {
  const request = await answered('HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n');
  under.probe.close(request);
  const all = under.probe.statuses(request);
  expect(all.slice(-4)).toEqual(['CLOSING_CONNECTION', 'CONNECTION_CLOSED', 'REQUEST_COMPLETE', 'HANDLE_CLOSING']);
  expect(all.filter((status) => status === 'CONNECTION_CLOSED')).toHaveLength(1);
});

test('closing a request whose body is not whole closes its connection, and says so before HANDLE_CLOSING', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
  expect(under.probe.close(request)).toMatchObject({ returns: 1, lastError: 0 });
  expect(under.probe.statuses(request).slice(-3)).toEqual(['CLOSING_CONNECTION', 'CONNECTION_CLOSED', 'HANDLE_CLOSING']);
  await expect.poll(() => under.peer.alive, PATIENT).toBe(0);
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
    const { text } = await under.probe.read(request, 1024 * 1024);
    if (text === '') break;
    total += text.length;
  }
  expect(total).toBe(size);
});

test('a synchronous read waits for its bytes on the caller\'s thread', async () => {
  const request = await answered('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nabc', 'GET', 0);
  const reading = under.probe.read(request, 6);
  setTimeout(() => socket().write('def'), 5);
  expect(await reading).toMatchObject({ text: 'abcdef', outcome: { returns: 1, lastError: 0 } });
  expect(under.probe.of(request).slice(-2)).toMatchObject([{ status: 'RECEIVING_RESPONSE' }, { status: 'RESPONSE_RECEIVED', thread: under.probe.engine.mainThread }]);
});

test('before the request is sent there is nothing to read: ERROR_INTERNET_INCORRECT_HANDLE_STATE', async () => {
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/');
  expect((await under.probe.read(request, 1)).outcome).toMatchObject({ returns: 0, lastError: 12019 });
  expect(available(request)).toMatchObject({ returns: 0, lastError: 12019 });
});
