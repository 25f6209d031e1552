import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { engineAndPeer } from './fixture';
import { answer } from './peer';
import { PATIENT } from './probe';

const under = engineAndPeer(() => undefined);

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}

async function failure(port: number, host = '127.0.0.1', timeouts: readonly number[] = []): Promise<{ error: number; statuses: readonly string[]; request: bigint }> {
  const session = under.probe.session();
  const request = under.probe.request(under.probe.connection(session, port, 2n, host), '/');
  for (const option of timeouts) {
    under.probe.call('InternetSetOption', { hInternet: request, dwOption: option, lpBuffer: Uint8Array.from([30, 0, 0, 0]), dwBufferLength: 4 });
  }
  under.probe.call('HttpSendRequest', { hRequest: request });
  const complete = await under.probe.until(request, 'REQUEST_COMPLETE');
  if (complete.payload.kind !== 'async-result') throw new Error('no result');
  expect(complete.payload.dwResult).toBe(0n);
  expect(under.probe.statuses(request).at(-1)).toBe('REQUEST_COMPLETE');
  return { error: complete.payload.dwError, statuses: under.probe.statuses(request), request };
}

test('nothing listens: ERROR_INTERNET_CANNOT_CONNECT', async () => {
  const { error, statuses, request } = await failure(await unusedPort());
  expect(error).toBe(12029);
  expect(statuses).toEqual(['RESOLVING_NAME', 'NAME_RESOLVED', 'CONNECTING_TO_SERVER', 'REQUEST_COMPLETE']);
  // Afterwards the handle is as good as before, and says that there is no answer.
  expect(under.probe.queryInfo(request, 21).outcome).toMatchObject({ returns: 0, lastError: 12150 });
  expect((await under.probe.read(request, 1)).outcome).toMatchObject({ returns: 0, lastError: 12019 });
  expect(under.probe.close(request)).toMatchObject({ returns: 1, lastError: 0 });
});

test('a name that does not exist: ERROR_INTERNET_NAME_NOT_RESOLVED', async () => {
  const { error, statuses } = await failure(80, 'no-such-host.invalid');
  expect(error).toBe(12007);
  expect(statuses).toEqual(['RESOLVING_NAME', 'REQUEST_COMPLETE']);
});

test('a synchronous send returns the same errors', async () => {
  const session = under.probe.session(0);
  const request = under.probe.request(under.probe.connection(session, await unusedPort()), '/');
  expect(await under.probe.start('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 0, lastError: 12029 });
});

test('reset before any answer: ERROR_INTERNET_CONNECTION_RESET', async () => {
  under.serve = ({ socket }) => socket.resetAndDestroy();
  expect((await failure(under.peer.port)).error).toBe(12031);
});

test('reset within the head, the end of the connection before or within it, and what is not HTTP: ERROR_HTTP_INVALID_SERVER_RESPONSE', async () => {
  const partial = 'HTTP/1.1 200 OK\r\nContent-Le';
  under.serve = ({ socket }) => { socket.write(partial, () => setTimeout(() => socket.resetAndDestroy(), 20)); };
  expect((await failure(under.peer.port)).error).toBe(12152);
  under.serve = ({ socket }) => { socket.end(partial); };
  expect((await failure(under.peer.port)).error).toBe(12152);
  under.serve = ({ socket }) => { socket.end(); };
  expect((await failure(under.peer.port)).error).toBe(12152);
  under.serve = ({ socket }) => { socket.write('garbage', () => setTimeout(() => socket.resetAndDestroy(), 20)); };
  expect((await failure(under.peer.port)).error).toBe(12152);
  under.serve = ({ socket }) => { socket.write('SSH-2.0-x\r\n'); };
  expect((await failure(under.peer.port, '127.0.0.1', [6])).error).toBe(12152);
  under.serve = ({ socket }) => { socket.write('HTTP/1.1 beans\r\n\r\n'); };
  expect((await failure(under.peer.port)).error).toBe(12152);
  under.serve = ({ socket }) => { socket.write('HTTP/1.1 200 OK\r\nContent-Length: five\r\n\r\n'); };
  expect((await failure(under.peer.port)).error).toBe(12152);
  under.serve = ({ socket }) => { socket.write(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(40_000)}`); };
  expect((await failure(under.peer.port)).error).toBe(12152);
});

test('a connection that is lost before the answer is said to be closed before REQUEST_COMPLETE', async () => {
  under.serve = ({ socket }) => socket.end();
  expect((await failure(under.peer.port)).statuses.slice(-4)).toEqual(['RECEIVING_RESPONSE', 'CLOSING_CONNECTION', 'CONNECTION_CLOSED', 'REQUEST_COMPLETE']);
});

test('no answer within the receive timeout: ERROR_INTERNET_TIMEOUT, and the connection is closed', async () => {
  expect((await failure(under.peer.port, '127.0.0.1', [6])).error).toBe(12002);
  await expect.poll(() => under.peer.alive, PATIENT).toBe(0);
});

test('a second operation while one is pending: ERROR_INTERNET_INCORRECT_HANDLE_STATE', async () => {
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/');
  under.probe.call('HttpSendRequest', { hRequest: request });
  expect(under.probe.call('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 0, lastError: 12019 });
  expect((await under.probe.read(request, 1)).outcome).toMatchObject({ returns: 0, lastError: 12019 });
  expect(under.probe.queryInfo(request, 21).outcome).toMatchObject({ returns: 0, lastError: 12019 });
});

test('handles are looked at before anything else, and their kind before the other parameters', () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, under.peer.port);
  expect(under.probe.call('InternetConnect', { hInternet: 0n, dwService: 1 })).toMatchObject({ returns: 0n, lastError: 6 });
  expect(under.probe.call('InternetConnect', { hInternet: connection })).toMatchObject({ returns: 0n, lastError: 12018 });
  expect(under.probe.call('HttpOpenRequest', { hConnect: session })).toMatchObject({ returns: 0n, lastError: 12018 });
  expect(under.probe.call('HttpSendRequest', { hRequest: connection })).toMatchObject({ returns: 0, lastError: 12018 });
  expect(under.probe.call('HttpQueryInfo', { hRequest: session })).toMatchObject({ returns: 0, lastError: 12018 });
  expect(under.probe.call('HttpAddRequestHeaders', { hRequest: session })).toMatchObject({ returns: 0, lastError: 12018 });
  expect(under.probe.call('InternetReadFile', { hFile: connection })).toMatchObject({ returns: 0, lastError: 12018 });
  expect(under.probe.call('InternetReadFile', { hFile: 0n })).toMatchObject({ returns: 0, lastError: 6 });
  expect(under.probe.call('InternetQueryDataAvailable', { hFile: session })).toMatchObject({ returns: 0, lastError: 12018 });
  for (const dwService of [0, 1, 3]) expect(under.probe.call('InternetConnect', { hInternet: session, dwService })).toMatchObject({ returns: 0n, lastError: 87 });
  expect(under.probe.call('InternetOpen', { dwAccessType: 3 })).toMatchObject({ returns: 0n, lastError: 87 });
});

test('a pointer that leads nowhere is ERROR_INVALID_PARAMETER and ends nothing', async () => {
  under.serve = ({ socket }) => socket.write(answer('hello'));
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/');
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect(under.probe.call('InternetReadFile', { hFile: request, lpBuffer: 5n, dwNumberOfBytesToRead: 5, lpdwNumberOfBytesRead: 8n })).toMatchObject({ returns: 0, lastError: 87 });
  expect(under.probe.call('HttpQueryInfo', { hRequest: request, dwInfoLevel: 19, lpBuffer: 5n, lpdwBufferLength: 8n })).toMatchObject({ returns: 0, lastError: 87 });
  expect(await under.probe.readAll(request)).toBe('hello');
});
