import { expect, test } from 'vitest';
import { engineAndPeer } from './fixture';
import { answer } from './peer';

const under = engineAndPeer(({ socket }) => socket.write(answer('hello')));

test('an asynchronous GET makes every callback in the documented order, from a pool thread', async () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, under.peer.port);
  expect(under.probe.callbacks).toMatchObject([{ status: 'HANDLE_CREATED', handle: session, context: 2n, payload: { raw: connection }, length: 8, thread: under.probe.engine.mainThread }]);
  const request = under.probe.request(connection, '/x');
  expect(under.probe.callbacks[1]).toMatchObject({ status: 'HANDLE_CREATED', handle: connection, context: 3n, payload: { raw: request } });
  expect(under.probe.call('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 0, lastError: 997 });
  expect(under.probe.of(request)).toEqual([]);
  await under.probe.until(request, 'REQUEST_COMPLETE');
  const sent = `GET /x HTTP/1.1\r\nUser-Agent: probe\r\nHost: 127.0.0.1:${under.peer.port}\r\n\r\n`;
  expect(under.peer.requests).toEqual([sent]);
  const ip = { payload: { kind: 'text', text: '127.0.0.1' } };
  expect(under.probe.of(request)).toMatchObject([
    { status: 'RESOLVING_NAME', ...ip, length: 20 },
    { status: 'NAME_RESOLVED', ...ip, length: 10 },
    { status: 'CONNECTING_TO_SERVER', ...ip, length: 10 },
    { status: 'CONNECTED_TO_SERVER', ...ip, length: 10 },
    { status: 'SENDING_REQUEST', length: 0 },
    { status: 'REQUEST_SENT', payload: { value: sent.length } },
    { status: 'RECEIVING_RESPONSE', length: 0 },
    { status: 'RESPONSE_RECEIVED', payload: { value: answer('hello').length } },
    { status: 'REQUEST_COMPLETE', payload: { dwResult: 1n, dwError: 0 }, length: 16 },
  ]);
  const threads = new Set(under.probe.of(request).map((event) => event.thread));
  expect(threads.size).toBe(1);
  expect(threads.has(under.probe.engine.mainThread)).toBe(false);
  expect(under.probe.of(request).every((event) => event.context === 3n && event.via === 'default')).toBe(true);
  expect(await under.probe.readAll(request)).toBe('hello');
});

test('a synchronous session answers with the result and makes callbacks on the caller\'s thread, without REQUEST_COMPLETE', async () => {
  const session = under.probe.session(0);
  const request = under.probe.request(under.probe.connection(session, under.peer.port), '/');
  expect(await under.probe.start('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 1, lastError: 0 });
  expect(under.probe.statuses(request)).toEqual([
    'RESOLVING_NAME', 'NAME_RESOLVED', 'CONNECTING_TO_SERVER', 'CONNECTED_TO_SERVER', 'SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED',
  ]);
  expect(under.probe.of(request).every((event) => event.thread === under.probe.engine.mainThread)).toBe(true);
  expect(await under.probe.readAll(request, 3)).toBe('hello');
});

test('an idle close makes HANDLE_CLOSING before it returns, children first, and frees the connection', async () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, under.peer.port);
  const request = under.probe.request(connection, '/');
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'REQUEST_COMPLETE');
  under.probe.callbacks.length = 0;
  expect(under.probe.close(session)).toMatchObject({ returns: 1, lastError: 0 });
  expect(under.probe.callbacks).toMatchObject([
    { status: 'HANDLE_CLOSING', handle: request, payload: { raw: request }, context: 3n },
    { status: 'HANDLE_CLOSING', handle: connection, payload: { raw: connection }, context: 2n },
  ]);
  for (const handle of [session, connection, request]) expect(under.probe.close(handle)).toMatchObject({ returns: 0, lastError: 6 });
  expect(under.probe.engine.openInternetHandles).toBe(0);
});

test('a close while the send is pending ends it with 12017 and HANDLE_CLOSING last', async () => {
  under.serve = () => undefined;
  const session = under.probe.session();
  const connection = under.probe.connection(session, under.peer.port);
  const request = under.probe.request(connection, '/slow');
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'RECEIVING_RESPONSE');
  expect(under.probe.close(request)).toMatchObject({ returns: 1, lastError: 997 });
  expect(under.probe.close(request)).toMatchObject({ returns: 0, lastError: 6 });
  expect(under.probe.statuses(request)).not.toContain('HANDLE_CLOSING');
  const closing = await under.probe.until(request, 'HANDLE_CLOSING');
  expect(closing.thread).not.toBe(under.probe.engine.mainThread);
  expect(under.probe.of(request).slice(-2)).toMatchObject([
    { status: 'REQUEST_COMPLETE', payload: { dwResult: 0n, dwError: 12017 } },
    { status: 'HANDLE_CLOSING' },
  ]);
  expect(under.probe.close(connection)).toMatchObject({ returns: 1, lastError: 0 });
});
