import { connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { engineAndPeer } from './fixture';
import { answer, Peer } from './peer';
import { PATIENT } from './probe';

const under = engineAndPeer(({ socket }) => socket.write(answer('hello')));
const peers: Peer[] = [];

afterEach(async () => {
  for (const one of peers.splice(0)) await one.stop();
});

async function send(request: bigint, more: { lpOptional?: Uint8Array; dwOptionalLength?: number } = {}): Promise<readonly string[]> {
  const from = under.probe.callbacks.length;
  const before = under.probe.of(request).filter((event) => event.status === 'REQUEST_COMPLETE').length;
  expect(under.probe.call('HttpSendRequest', { hRequest: request, ...more })).toMatchObject({ returns: 0, lastError: 997 });
  await under.probe.until(request, 'REQUEST_COMPLETE', before + 1);
  return under.probe.callbacks.slice(from).filter((event) => event.handle === request).map((event) => event.status);
}

const REUSED = ['SENDING_REQUEST', 'REQUEST_SENT', 'RECEIVING_RESPONSE', 'RESPONSE_RECEIVED', 'REQUEST_COMPLETE'];

test('a second request reuses the connection, of another session too; one more at the same time makes its own, with the name known', async () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, under.peer.port);
  const first = under.probe.request(connection, '/1');
  expect(await send(first)).toHaveLength(9);
  under.probe.close(first);
  expect(await send(under.probe.request(connection, '/2'))).toEqual(REUSED);
  under.probe.close(session);
  const second = under.probe.connection(under.probe.session(), under.peer.port);
  expect(await send(under.probe.request(second, '/3'))).toEqual(REUSED);
  expect(under.peer.connections).toHaveLength(1);
  const both = await Promise.all([send(under.probe.request(second, '/4', 4n)), send(under.probe.request(second, '/5', 5n))]);
  expect(both.sort((a, b) => a.length - b.length)).toEqual([REUSED, ['CONNECTING_TO_SERVER', 'CONNECTED_TO_SERVER', ...REUSED]]);
  expect(under.peer.connections).toHaveLength(2);
});

test('a request that is sent again on its handle drains what is left and reuses the connection', async () => {
  under.serve = ({ socket }, _request, nth) => {
    socket.write(nth === 1 ? 'HTTP/1.1 210 OK\r\nConnection: Keep-Alive\r\nContent-Length: 19\r\n\r\n0123456789012345678' : answer('123456789012345678', 'Connection: Keep-Alive\r\n') + 'x');
  };
  const session = under.probe.session();
  const request = under.probe.request(under.probe.connection(session, under.peer.port), '/testH', 3n, { dwFlags: 0x40_0000 });
  expect(await send(request)).not.toContain('CLOSING_CONNECTION');
  expect(under.probe.queryInfo(request, 19).text).toBe('210');
  expect(await send(request)).toEqual(REUSED);
  expect(under.probe.queryInfo(request, 19).text).toBe('200');
  under.probe.close(session);
  expect(under.probe.statuses(request).at(-1)).toBe('HANDLE_CLOSING');
  expect(under.probe.statuses(request)).not.toContain('CONNECTION_CLOSED');
});

test('Connection: close, HTTP/1.0 and a body to the end of the connection are not reused', async () => {
  for (const raw of [answer('x', 'Connection: close\r\n'), 'HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx']) {
    under.serve = ({ socket }) => socket.write(raw);
    const before = under.peer.connections.length;
    const connection = under.probe.connection(under.probe.session(), under.peer.port);
    for (const object of ['/1', '/2']) {
      const request = under.probe.request(connection, object);
      await send(request);
      expect(await under.probe.readAll(request)).toBe('x');
      expect(under.probe.statuses(request).slice(-2)).toEqual(['CLOSING_CONNECTION', 'CONNECTION_CLOSED']);
    }
    expect(under.peer.connections.length - before).toBe(2);
  }
});

test('an idle connection that the server ended is replaced, also when only the request finds that out', async () => {
  const connection = under.probe.connection(under.probe.session(), under.peer.port);
  await send(under.probe.request(connection, '/1'));
  // The server ends the connection upon the next request, without an answer: it had given it up.
  under.serve = ({ socket }, _request, nth) => (nth === 2 ? socket.resetAndDestroy() : socket.write(answer('again')));
  const request = under.probe.request(connection, '/2');
  const statuses = await send(request);
  expect(statuses).toContain('CONNECTED_TO_SERVER');
  expect(under.probe.of(request).at(-1)).toMatchObject({ payload: { dwResult: 1n } });
  expect(await under.probe.readAll(request)).toBe('again');
  under.peer.connections.at(-1)?.socket.end();
  await expect.poll(() => under.peer.alive, PATIENT).toBe(0);
  expect(await send(under.probe.request(connection, '/3'))).toContain('CONNECTED_TO_SERVER');
});

/** Whether nobody listens at a port of 127.0.0.1. */
function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(false); }).on('error', () => resolve(true));
  });
}

test('localhost reaches a server on either loopback', async () => {
  for (const host of ['127.0.0.1', '::1']) {
    let other: Peer;
    do {
      other = await Peer.start(({ socket }) => socket.write(answer(host)), host);
      peers.push(other);
      // 127.0.0.1 is tried first: a test beside this one may have the same port there, and would be reached.
    } while (host === '::1' && !(await isRefused(other.port)));
    const request = under.probe.request(under.probe.connection(under.probe.session(), other.port, 2n, 'LOCALHOST'), '/');
    await send(request);
    expect(await under.probe.readAll(request)).toBe(host);
  }
});

test('redirections: relative, to another host, POST to GET, and the URL option follows', async () => {
  const other = await Peer.start(({ socket }) => socket.write(answer('there')));
  peers.push(other);
  under.serve = ({ socket }, request) => {
    if (request.startsWith('POST /a')) socket.write(answer('moved', 'Location: b?c#d\r\n', '302 Found'));
    else socket.write(answer('', `Location: http://localhost:${other.port}/there\r\n`, '307 Temporary'));
  };
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/x/../a', 3n, { lpszVerb: 'POST', lpszObjectName: '/a' });
  const statuses = await send(request, { lpOptional: Uint8Array.from([120, 121]), dwOptionalLength: 2 });
  expect(statuses.filter((status) => status === 'REDIRECT')).toHaveLength(2);
  expect(statuses.filter((status) => status === 'REQUEST_SENT')).toHaveLength(3);
  const urls = under.probe.of(request).filter((event) => event.status === 'REDIRECT').map((event) => event.payload);
  const first = `http://127.0.0.1:${under.peer.port}/b?c`;
  expect(urls).toMatchObject([{ text: first }, { text: `http://localhost:${other.port}/there` }]);
  expect(under.probe.of(request).find((event) => event.status === 'REDIRECT')?.length).toBe((first.length + 1) * 2);
  expect(under.peer.requests.map((text) => text.split('\r\n')[0])).toEqual(['POST /a HTTP/1.1', 'GET /b?c HTTP/1.1']);
  expect(under.peer.requests[0]).toMatch(/Content-Length: 2\r\n\r\nxy$/u);
  expect(under.peer.requests[1]).not.toContain('Content-Length');
  expect(other.requests[0]).toContain(`Host: localhost:${other.port}\r\n`);
  expect(under.peer.connections).toHaveLength(1);
  expect(Buffer.from(under.probe.option(request, 34).bytes).toString()).toBe(`http://localhost:${other.port}/there`);
  expect(await under.probe.readAll(request)).toBe('there');
});

test('INTERNET_FLAG_NO_AUTO_REDIRECT leaves the redirection to the application; a loop ends with ERROR_HTTP_REDIRECT_FAILED', async () => {
  under.serve = ({ socket }) => socket.write(answer('', 'Location: /\r\n', '301 Moved'));
  const connection = under.probe.connection(under.probe.session(), under.peer.port);
  const manual = under.probe.request(connection, '/', 3n, { dwFlags: 0x20_0000 });
  await send(manual);
  expect(under.probe.queryInfo(manual, 33).text).toBe('/');
  const loop = under.probe.request(connection, '/');
  await send(loop);
  expect(under.probe.of(loop).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12156 } });
  under.serve = ({ socket }) => socket.write(answer('', 'Location: ftp://x/\r\n', '302 Found'));
  const scheme = under.probe.request(connection, '/');
  await send(scheme);
  expect(under.probe.of(scheme).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12156 } });
});

test('closing inside REDIRECT never reaches the new target', async () => {
  under.serve = ({ socket }) => socket.write(answer('', 'Location: /next\r\n', '302 Found'));
  under.probe.react = (event) => {
    if (event.status === 'REDIRECT') under.probe.close(event.handle, event.thread);
  };
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/');
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'HANDLE_CLOSING');
  expect(under.probe.statuses(request).slice(-3)).toEqual(['REDIRECT', 'REQUEST_COMPLETE', 'HANDLE_CLOSING']);
  expect(under.peer.requests).toHaveLength(1);
});
