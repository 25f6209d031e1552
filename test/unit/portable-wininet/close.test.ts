import { expect, test } from 'vitest';
import { engineAndPeer } from './fixture';
import { answer } from './peer';
import { PATIENT } from './probe';

const under = engineAndPeer(() => undefined);

const CANCELLED = { status: 'REQUEST_COMPLETE', payload: { dwResult: 0n, dwError: 12017 } };

function sent(object = '/', context = 3n): { session: bigint; connection: bigint; request: bigint } {
  const session = under.probe.session();
  const connection = under.probe.connection(session, under.peer.port);
  const request = under.probe.request(connection, object, context);
  expect(under.probe.call('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 0, lastError: 997 });
  return { session, connection, request };
}

for (const status of ['RESOLVING_NAME', 'NAME_RESOLVED', 'CONNECTING_TO_SERVER', 'CONNECTED_TO_SERVER', 'SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED']) {
  for (const slow of [false, true]) {
    test(`a close inside ${status} ${slow ? '(whose listener takes its time) ' : ''}ends the send with 12017 and no further progress`, async () => {
      under.serve = ({ socket }) => socket.write(answer('hello'));
      const close = (event: { handle: bigint; thread: number }): void => {
        expect(under.probe.close(event.handle, event.thread)).toMatchObject({ returns: 1, lastError: 997 });
      };
      const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
      under.probe.react = (event) => {
        if (event.status !== status) return undefined;
        return slow ? pause().then(() => close(event)).then(pause) : close(event);
      };
      const { session, request } = sent();
      await under.probe.until(request, 'HANDLE_CLOSING');
      const all = under.probe.statuses(request);
      expect(all.slice(all.indexOf(status))).toEqual([status, 'REQUEST_COMPLETE', 'HANDLE_CLOSING']);
      expect(under.probe.of(request).at(-2)).toMatchObject(CANCELLED);
      under.probe.close(session);
      await expect.poll(() => under.probe.engine.openClientSockets - under.probe.engine.keptClientSockets, PATIENT).toBe(0);
    });
  }
}

test('a close inside REQUEST_COMPLETE finds nothing pending', async () => {
  under.serve = ({ socket }) => socket.write(answer('hello'));
  under.probe.react = (event) => {
    if (event.status === 'REQUEST_COMPLETE') expect(under.probe.close(event.handle, event.thread)).toMatchObject({ returns: 1, lastError: 0 });
  };
  const { request } = sent();
  await under.probe.until(request, 'HANDLE_CLOSING');
  expect(under.probe.of(request).slice(-2)).toMatchObject([{ status: 'REQUEST_COMPLETE', payload: { dwResult: 1n } }, { status: 'HANDLE_CLOSING' }]);
});

test('a close inside HANDLE_CREATED leaves the creating call without a handle', () => {
  under.probe.react = (event) => {
    if (event.status === 'HANDLE_CREATED' && event.payload.kind === 'handle') expect(under.probe.close(event.payload.raw).returns).toBe(1);
  };
  const session = under.probe.session();
  expect(under.probe.call('InternetConnect', { hInternet: session, lpszServerName: 'x', dwService: 3, dwContext: 2n })).toMatchObject({ returns: 0n, lastError: 12017 });
  expect(under.probe.callbacks.map((event) => event.status)).toEqual(['HANDLE_CREATED', 'HANDLE_CLOSING']);
});

test('a creating or closing call lasts as long as the listener of its callback', async () => {
  let letGo: () => void = () => undefined;
  under.probe.react = () => new Promise<void>((resolve) => { letGo = resolve; });
  const session = under.probe.session();
  const connecting = Promise.resolve(under.probe.start('InternetConnect', { hInternet: session, lpszServerName: 'x', dwService: 3, dwContext: 2n }));
  let settled = false;
  const connection = connecting.then((outcome) => { settled = true; return outcome.returns; });
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toBe(false);
  letGo();
  const handle = await connection;
  if (typeof handle !== 'bigint') throw new Error('no handle');
  const closing = Promise.resolve(under.probe.start('InternetCloseHandle', { hInternet: handle }));
  letGo();
  expect(await closing).toMatchObject({ returns: 1, lastError: 0 });
});

test('closing the session while a grandchild is pending invalidates the tree; parents follow their children', async () => {
  const { session, connection, request } = sent();
  const idle = under.probe.request(connection, '/idle', 4n);
  await under.probe.until(request, 'RECEIVING_RESPONSE');
  under.probe.callbacks.length = 0;
  expect(under.probe.close(session)).toMatchObject({ returns: 1, lastError: 997 });
  for (const handle of [session, connection, request, idle]) {
    expect(under.probe.close(handle)).toMatchObject({ returns: 0, lastError: 6 });
    expect(under.probe.option(handle, 9).outcome).toMatchObject({ returns: 0, lastError: 6 });
  }
  expect(under.probe.callbacks).toMatchObject([{ handle: idle, status: 'HANDLE_CLOSING' }]);
  await under.probe.until(connection, 'HANDLE_CLOSING');
  expect(under.probe.callbacks.slice(1)).toMatchObject([{ handle: request, ...CANCELLED }, { handle: request, status: 'HANDLE_CLOSING' }, { handle: connection, status: 'HANDLE_CLOSING' }]);
});

test('a session with a context of its own has its HANDLE_CLOSING, after all others', async () => {
  const { session, connection, request } = sent();
  const context = Uint8Array.from([7, 0, 0, 0, 0, 0, 0, 0]);
  expect(under.probe.call('InternetSetOption', { hInternet: session, dwOption: 45, lpBuffer: context, dwBufferLength: 8 })).toMatchObject({ returns: 1, lastError: 0 });
  under.probe.close(session);
  expect(await under.probe.until(session, 'HANDLE_CLOSING')).toMatchObject({ context: 7n });
  const closings = under.probe.callbacks.filter((event) => event.status === 'HANDLE_CLOSING');
  expect(closings.map((event) => event.handle)).toEqual([request, connection, session]);
});

test('the close of a handle with a NULL context is silent, and the operation ends all the same', async () => {
  const { connection, request } = sent('/', 0n);
  await expect.poll(() => under.peer.requests.length, PATIENT).toBe(1);
  expect(under.probe.of(request)).toEqual([]);
  expect(under.probe.close(request)).toMatchObject({ returns: 1, lastError: 997 });
  await expect.poll(() => under.peer.alive, PATIENT).toBe(0);
  expect(under.probe.of(request)).toEqual([]);
  expect(under.probe.close(connection)).toMatchObject({ returns: 1, lastError: 0 });
});

test('a pending read and a pending InternetQueryDataAvailable end with 12017', async () => {
  under.serve = ({ socket }) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nfirst');
  for (const which of ['InternetReadFile', 'InternetQueryDataAvailable'] as const) {
    const { request } = sent();
    await under.probe.until(request, 'REQUEST_COMPLETE');
    expect(await under.probe.read(request, 5)).toMatchObject({ text: 'first', pended: false });
    const count = under.probe.dword(99);
    const outcome = which === 'InternetReadFile'
      ? under.probe.call(which, { hFile: request, lpBuffer: under.probe.engine.memory.alloc(6), dwNumberOfBytesToRead: 6, lpdwNumberOfBytesRead: count })
      : under.probe.call(which, { hFile: request, lpdwNumberOfBytesAvailable: count });
    expect(outcome).toMatchObject({ returns: 0, lastError: 997 });
    expect(under.probe.readDword(count)).toBe(0);
    expect(under.probe.statuses(request).at(-1)).toBe('RECEIVING_RESPONSE');
    // The memory goes with the handle; what comes later must not be written to it.
    under.probe.engine.memory.free(count);
    expect(under.probe.close(request)).toMatchObject({ returns: 1, lastError: 997 });
    await under.probe.until(request, 'HANDLE_CLOSING');
    expect(under.probe.of(request).slice(-2)).toMatchObject([CANCELLED, { status: 'HANDLE_CLOSING' }]);
  }
});

test('a synchronous call whose handle is closed by another thread fails with 12017', async () => {
  const session = under.probe.session(0);
  const connection = under.probe.connection(session, under.peer.port);
  const request = under.probe.request(connection, '/');
  const sending = Promise.resolve(under.probe.start('HttpSendRequest', { hRequest: request }));
  await under.probe.until(request, 'RECEIVING_RESPONSE');
  expect(under.probe.close(request, 999).returns).toBe(1);
  expect(await sending).toMatchObject({ returns: 0, lastError: 12017 });
  expect(under.probe.statuses(request).slice(-2)).toEqual(['RECEIVING_RESPONSE', 'HANDLE_CLOSING']);
});

test('what is no handle is ERROR_INVALID_HANDLE', () => {
  for (const value of [0n, 0xdeadbeefn]) expect(under.probe.close(value)).toMatchObject({ returns: 0, lastError: 6 });
});

test('a callback that is removed, or that was set after the child was made, is not called', async () => {
  under.serve = ({ socket }) => socket.write(answer('hello'));
  const session = under.probe.handle('InternetOpen', { dwAccessType: 1, dwFlags: 0x1000_0000 });
  const connection = under.probe.connection(session, under.peer.port);
  const first = under.probe.engine.recorder('first');
  const second = under.probe.engine.recorder('second');
  expect(first).not.toBe(second);
  expect(under.probe.engine.recorder('first')).toBe(first);
  expect(under.probe.call('InternetSetStatusCallback', { hInternet: session, lpfnInternetCallback: first }).returns).toBe(0n);
  const request = under.probe.request(connection, '/');
  expect(under.probe.callbacks).toEqual([]);
  expect(under.probe.call('InternetSetStatusCallback', { hInternet: request, lpfnInternetCallback: first }).returns).toBe(0n);
  expect(under.probe.call('InternetSetStatusCallback', { hInternet: request, lpfnInternetCallback: second }).returns).toBe(first);
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect(new Set(under.probe.callbacks.map((event) => event.via))).toEqual(new Set(['second']));
  expect(under.probe.call('InternetSetStatusCallback', { hInternet: request, lpfnInternetCallback: 0n }).returns).toBe(second);
  under.probe.close(session);
  expect(under.probe.statuses(request).at(-1)).toBe('REQUEST_COMPLETE');
  expect(under.probe.call('InternetSetStatusCallback', { hInternet: request, lpfnInternetCallback: first })).toMatchObject({ returns: -1n, lastError: 6 });
});

test('a session with very many handles closes them all', () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, 80);
  const many = 20_000;
  for (let i = 0; i < many; i += 1) under.probe.request(connection, '/');
  expect(under.probe.close(session)).toMatchObject({ returns: 1, lastError: 0 });
  expect(under.probe.callbacks.filter((event) => event.status === 'HANDLE_CLOSING')).toHaveLength(many + 1);
  expect(under.probe.engine.openInternetHandles).toBe(0);
});
