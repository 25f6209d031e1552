import { afterEach, beforeEach, expect, test } from 'vitest';
import { answer, Peer, type Serve } from './peer';
import { PATIENT, Probe } from './probe';

let probe: Probe;
let peer: Peer;
let serve: Serve;
const peers: Peer[] = [];

beforeEach(async () => {
  probe = new Probe();
  serve = ({ socket }) => socket.write(answer('hello'));
  peer = await Peer.start((connection, request, nth) => serve(connection, request, nth));
  peers.push(peer);
});

afterEach(async () => {
  await probe.engine.dispose();
  expect(probe.engine.openClientSockets).toBe(0);
  for (const one of peers.splice(0)) await one.stop();
});

async function send(request: bigint, more: { lpOptional?: Uint8Array; dwOptionalLength?: number } = {}): Promise<readonly string[]> {
  const from = probe.callbacks.length;
  const before = probe.of(request).filter((event) => event.status === 'REQUEST_COMPLETE').length;
  expect(probe.call('HttpSendRequest', { hRequest: request, ...more })).toMatchObject({ returns: 0, lastError: 997 });
  await probe.until(request, 'REQUEST_COMPLETE', before + 1);
  return probe.callbacks.slice(from).filter((event) => event.handle === request).map((event) => event.status);
}

const REUSED = ['SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED', 'REQUEST_COMPLETE'];

test('a second request of the session reuses the connection; a second session makes its own, with the name known', async () => {
  const session = probe.session();
  const connection = probe.connection(session, peer.port);
  const first = probe.request(connection, '/1');
  expect(await send(first)).toHaveLength(9);
  probe.close(first);
  expect(await send(probe.request(connection, '/2'))).toEqual(REUSED);
  expect(await send(probe.request(probe.connection(probe.session(), peer.port), '/3'))).toEqual(['CONNECTING_TO_SERVER', 'CONNECTED_TO_SERVER', ...REUSED]);
  expect(peer.connections).toHaveLength(2);
});

test('a request that is sent again on its handle drains what is left and reuses the connection', async () => {
  serve = ({ socket }, _request, nth) => {
    socket.write(nth === 1 ? 'HTTP/1.1 210 OK\r\nConnection: Keep-Alive\r\nContent-Length: 19\r\n\r\n0123456789012345678' : answer('123456789012345678', 'Connection: Keep-Alive\r\n') + 'x');
  };
  const session = probe.session();
  const request = probe.request(probe.connection(session, peer.port), '/testH', 3n, { dwFlags: 0x40_0000 });
  expect(await send(request)).not.toContain('CLOSING_CONNECTION');
  expect(probe.queryInfo(request, 19).text).toBe('210');
  expect(await send(request)).toEqual(REUSED);
  expect(probe.queryInfo(request, 19).text).toBe('200');
  probe.close(session);
  expect(probe.statuses(request).at(-1)).toBe('HANDLE_CLOSING');
  expect(probe.statuses(request)).not.toContain('CONNECTION_CLOSED');
});

test('Connection: close, HTTP/1.0 and a body to the end of the connection are not reused', async () => {
  for (const raw of [answer('x', 'Connection: close\r\n'), 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx']) {
    serve = ({ socket }) => socket.write(raw);
    const before = peer.connections.length;
    const connection = probe.connection(probe.session(), peer.port);
    for (const object of ['/1', '/2']) {
      const request = probe.request(connection, object);
      await send(request);
      expect(await probe.readAll(request)).toBe('x');
      expect(probe.statuses(request).slice(-2)).toEqual(['CLOSING_CONNECTION', 'CONNECTION_CLOSED']);
    }
    expect(peer.connections.length - before).toBe(2);
  }
});

test('an idle connection that the server ended is replaced, also when only the request finds that out', async () => {
  const connection = probe.connection(probe.session(), peer.port);
  await send(probe.request(connection, '/1'));
  // The server ends the connection upon the next request, without an answer: it had given it up.
  serve = ({ socket }, _request, nth) => (nth === 2 ? socket.resetAndDestroy() : socket.write(answer('again')));
  const request = probe.request(connection, '/2');
  const statuses = await send(request);
  expect(statuses).toContain('CONNECTED_TO_SERVER');
  expect(probe.of(request).at(-1)).toMatchObject({ payload: { dwResult: 1n } });
  expect(await probe.readAll(request)).toBe('again');
  peer.connections.at(-1)?.socket.end();
  await expect.poll(() => peer.alive, PATIENT).toBe(0);
  expect(await send(probe.request(connection, '/3'))).toContain('CONNECTED_TO_SERVER');
});

test('localhost reaches a server on either loopback', async () => {
  for (const host of ['127.0.0.1', '::1']) {
    const other = await Peer.start(({ socket }) => socket.write(answer(host)), host);
    peers.push(other);
    const request = probe.request(probe.connection(probe.session(), other.port, 2n, 'LOCALHOST'), '/');
    await send(request);
    expect(await probe.readAll(request)).toBe(host);
  }
});

test('redirections: relative, to another host, POST to GET, and the URL option follows', async () => {
  const other = await Peer.start(({ socket }) => socket.write(answer('there')));
  peers.push(other);
  serve = ({ socket }, request) => {
    if (request.startsWith('POST /a')) socket.write(answer('moved', 'Location: b?c#d\r\n', '302 Found'));
    else socket.write(answer('', `Location: http://localhost:${other.port}/there\r\n`, '307 Temporary'));
  };
  const request = probe.request(probe.connection(probe.session(), peer.port), '/x/../a', 3n, { lpszVerb: 'POST', lpszObjectName: '/a' });
  const statuses = await send(request, { lpOptional: Uint8Array.from([120, 121]), dwOptionalLength: 2 });
  expect(statuses.filter((status) => status === 'REDIRECT')).toHaveLength(2);
  expect(statuses.filter((status) => status === 'REQUEST_SENT')).toHaveLength(3);
  const urls = probe.of(request).filter((event) => event.status === 'REDIRECT').map((event) => event.payload);
  const first = `http://127.0.0.1:${peer.port}/b?c`;
  expect(urls).toMatchObject([{ text: first }, { text: `http://localhost:${other.port}/there` }]);
  expect(probe.of(request).find((event) => event.status === 'REDIRECT')?.length).toBe((first.length + 1) * 2);
  expect(peer.requests.map((text) => text.split('\r\n')[0])).toEqual(['POST /a HTTP/1.1', 'GET /b?c HTTP/1.1']);
  expect(peer.requests[0]).toMatch(/Content-Length: 2\r\n\r\nxy$/u);
  expect(peer.requests[1]).not.toContain('Content-Length');
  expect(other.requests[0]).toContain(`Host: localhost:${other.port}\r\n`);
  expect(peer.connections).toHaveLength(1);
  expect(Buffer.from(probe.option(request, 34).bytes).toString()).toBe(`http://localhost:${other.port}/there`);
  expect(await probe.readAll(request)).toBe('there');
});

test('INTERNET_FLAG_NO_AUTO_REDIRECT leaves the redirection to the application; a loop ends with ERROR_HTTP_REDIRECT_FAILED', async () => {
  serve = ({ socket }) => socket.write(answer('', 'Location: /\r\n', '301 Moved'));
  const connection = probe.connection(probe.session(), peer.port);
  const manual = probe.request(connection, '/', 3n, { dwFlags: 0x20_0000 });
  await send(manual);
  expect(probe.queryInfo(manual, 33).text).toBe('/');
  const loop = probe.request(connection, '/');
  await send(loop);
  expect(probe.of(loop).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12156 } });
  serve = ({ socket }) => socket.write(answer('', 'Location: ftp://x/\r\n', '302 Found'));
  const scheme = probe.request(connection, '/');
  await send(scheme);
  expect(probe.of(scheme).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12156 } });
});

test('closing inside REDIRECT never reaches the new target', async () => {
  serve = ({ socket }) => socket.write(answer('', 'Location: /next\r\n', '302 Found'));
  probe.react = (event) => {
    if (event.status === 'REDIRECT') probe.close(event.handle, event.thread);
  };
  const request = probe.request(probe.connection(probe.session(), peer.port), '/');
  probe.call('HttpSendRequest', { hRequest: request });
  await probe.until(request, 'HANDLE_CLOSING');
  expect(probe.statuses(request).slice(-3)).toEqual(['REDIRECT', 'REQUEST_COMPLETE', 'HANDLE_CLOSING']);
  expect(peer.requests).toHaveLength(1);
});
