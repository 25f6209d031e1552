import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, Peer, type Serve } from './peer';
import { Probe } from './probe';

let probe: Probe;
let peer: Peer;
let serve: Serve;

beforeEach(async () => {
  probe = new Probe();
  serve = ({ socket }) => socket.write(answer('hello'));
  peer = await Peer.start((connection, request, nth) => serve(connection, request, nth));
});

afterEach(async () => {
  await probe.engine.dispose();
  expect(probe.engine.openClientSockets).toBe(0);
  await peer.stop();
});

test('an asynchronous GET makes every callback in the documented order, from a pool thread', async () => {
  const session = probe.session();
  const connection = probe.connection(session, peer.port);
  expect(probe.callbacks).toMatchObject([{ status: 'HANDLE_CREATED', handle: session, context: 2n, payload: { raw: connection }, length: 8, thread: probe.engine.mainThread }]);
  const request = probe.request(connection, '/x');
  expect(probe.callbacks[1]).toMatchObject({ status: 'HANDLE_CREATED', handle: connection, context: 3n, payload: { raw: request } });
  expect(probe.call('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 0, lastError: 997 });
  expect(probe.of(request)).toEqual([]);
  await probe.until(request, 'REQUEST_COMPLETE');
  const sent = `GET /x HTTP/1.1\r\nUser-Agent: probe\r\nHost: 127.0.0.1:${peer.port}\r\n\r\n`;
  expect(peer.requests).toEqual([sent]);
  const ip = { payload: { kind: 'text', text: '127.0.0.1' } };
  expect(probe.of(request)).toMatchObject([
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
  const threads = new Set(probe.of(request).map((event) => event.thread));
  expect(threads.size).toBe(1);
  expect(threads.has(probe.engine.mainThread)).toBe(false);
  expect(probe.of(request).every((event) => event.context === 3n && event.via === 'default')).toBe(true);
  expect(await probe.readAll(request)).toBe('hello');
});

test('a synchronous session answers with the result and makes callbacks on the caller\'s thread, without REQUEST_COMPLETE', async () => {
  const session = probe.session(0);
  const request = probe.request(probe.connection(session, peer.port), '/');
  expect(await probe.start('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 1, lastError: 0 });
  expect(probe.statuses(request)).toEqual([
    'RESOLVING_NAME', 'NAME_RESOLVED', 'CONNECTING_TO_SERVER', 'CONNECTED_TO_SERVER', 'SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED',
  ]);
  expect(probe.of(request).every((event) => event.thread === probe.engine.mainThread)).toBe(true);
  expect(await probe.readAll(request, 3)).toBe('hello');
});

test('an idle close makes HANDLE_CLOSING before it returns, children first, and frees the connection', async () => {
  const session = probe.session();
  const connection = probe.connection(session, peer.port);
  const request = probe.request(connection, '/');
  probe.call('HttpSendRequest', { hRequest: request });
  await probe.until(request, 'REQUEST_COMPLETE');
  probe.callbacks.length = 0;
  expect(probe.close(session)).toMatchObject({ returns: 1, lastError: 0 });
  expect(probe.callbacks).toMatchObject([
    { status: 'HANDLE_CLOSING', handle: request, payload: { raw: request }, context: 3n },
    { status: 'HANDLE_CLOSING', handle: connection, payload: { raw: connection }, context: 2n },
  ]);
  for (const handle of [session, connection, request]) expect(probe.close(handle)).toMatchObject({ returns: 0, lastError: 6 });
  expect(probe.engine.openInternetHandles).toBe(0);
});

test('a close while the send is pending ends it with 12017 and HANDLE_CLOSING last', async () => {
  serve = () => undefined;
  const session = probe.session();
  const connection = probe.connection(session, peer.port);
  const request = probe.request(connection, '/slow');
  probe.call('HttpSendRequest', { hRequest: request });
  await probe.until(request, 'RECEIVING_RESPONSE');
  expect(probe.close(request)).toMatchObject({ returns: 1, lastError: 997 });
  expect(probe.close(request)).toMatchObject({ returns: 0, lastError: 6 });
  expect(probe.statuses(request)).not.toContain('HANDLE_CLOSING');
  const closing = await probe.until(request, 'HANDLE_CLOSING');
  expect(closing.thread).not.toBe(probe.engine.mainThread);
  expect(probe.of(request).slice(-2)).toMatchObject([
    { status: 'REQUEST_COMPLETE', payload: { dwResult: 0n, dwError: 12017 } },
    { status: 'HANDLE_CLOSING' },
  ]);
  expect(probe.close(connection)).toMatchObject({ returns: 1, lastError: 0 });
});
