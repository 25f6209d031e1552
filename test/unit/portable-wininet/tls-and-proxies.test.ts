import { createServer, type Server } from 'node:https';
import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selfSigned } from '../../../electron/certificate/self-signed';
import { answer, Peer } from './peer';
import { PATIENT, Probe } from './probe';

let probe: Probe;

beforeEach(() => { probe = new Probe(); });

afterEach(async () => {
  await probe.engine.dispose();
  expect(probe.engine.openClientSockets).toBe(0);
});

const SECURE = 0x80_0000;
const SECURITY_FLAGS = 31;

async function secureServer(names: readonly [string, ...string[]]): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(selfSigned(names), (_request, response) => response.end('secret'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return { server, port: address.port };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

function ignore(request: bigint, flags: number): void {
  const lpBuffer = new Uint8Array(Uint32Array.of(flags).buffer);
  expect(probe.call('InternetSetOption', { hInternet: request, dwOption: SECURITY_FLAGS, lpBuffer, dwBufferLength: 4 })).toMatchObject({ returns: 1 });
}

test('an untrusted certificate is ERROR_INTERNET_INVALID_CA until it is ignored; then the name is looked at', async () => {
  const { server, port } = await secureServer(['elsewhere.test']);
  const connection = probe.connection(probe.session(), port);
  const request = probe.request(connection, '/', 3n, { dwFlags: SECURE });
  const send = async (n: number): Promise<void> => {
    probe.call('HttpSendRequest', { hRequest: request });
    await probe.until(request, 'REQUEST_COMPLETE', n);
  };
  await send(1);
  expect(probe.of(request).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12045 } });
  ignore(request, 0x100);
  await send(2);
  expect(probe.of(request).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12038 } });
  ignore(request, 0x1100);
  await send(3);
  expect(probe.of(request).at(-1)).toMatchObject({ payload: { dwResult: 1n, dwError: 0 } });
  expect(await probe.readAll(request)).toBe('secret');
  expect(Buffer.from(probe.option(request, SECURITY_FLAGS).bytes).readUInt32LE()).toBe(0x2000_1101);
  // A stricter request does not share the connection that a lenient one made.
  const strict = probe.request(connection, '/', 3n, { dwFlags: SECURE });
  probe.call('HttpSendRequest', { hRequest: strict });
  await probe.until(strict, 'REQUEST_COMPLETE');
  expect(probe.of(strict).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12045 } });
  await stop(server);
});

test('a server that does not speak TLS is ERROR_INTERNET_SECURITY_CHANNEL_ERROR; closing in the handshake ends it', async () => {
  const plain = await Peer.start(() => undefined);
  const silent = await Peer.start(() => undefined);
  const connection = probe.connection(probe.session(), plain.port);
  const request = probe.request(connection, '/', 3n, { dwFlags: SECURE });
  probe.call('HttpSendRequest', { hRequest: request });
  await probe.until(request, 'CONNECTED_TO_SERVER');
  await expect.poll(() => plain.connections.length, PATIENT).toBe(1);
  plain.connections[0]?.socket.write('220 hello\r\n');
  await probe.until(request, 'REQUEST_COMPLETE');
  expect(probe.of(request).at(-1)).toMatchObject({ payload: { dwResult: 0n, dwError: 12157 } });
  const waiting = probe.request(probe.connection(probe.session(), silent.port), '/', 3n, { dwFlags: SECURE });
  probe.call('HttpSendRequest', { hRequest: waiting });
  await probe.until(waiting, 'CONNECTED_TO_SERVER');
  expect(probe.close(waiting)).toMatchObject({ returns: 1, lastError: 997 });
  await probe.until(waiting, 'HANDLE_CLOSING');
  expect(probe.of(waiting).at(-2)).toMatchObject({ payload: { dwResult: 0n, dwError: 12017 } });
  await expect.poll(() => silent.alive, PATIENT).toBe(0);
  await plain.stop();
  await silent.stop();
});

test('a named proxy gets the whole URL; a host of the bypass list is reached without it', async () => {
  const proxy = await Peer.start(({ socket }) => socket.write(answer('by proxy')));
  const direct = await Peer.start(({ socket }) => socket.write(answer('direct')));
  const open = (lpszProxyBypass: string): bigint => {
    const session = probe.handle('InternetOpen', { dwAccessType: 3, lpszProxy: `ftp=nowhere http=http://127.0.0.1:${proxy.port}`, lpszProxyBypass });
    return probe.request(probe.connection(session, direct.port, 0n), '/x', 0n);
  };
  const through = open('*.example <local>');
  expect(await probe.start('HttpSendRequest', { hRequest: through })).toMatchObject({ returns: 1 });
  expect(proxy.requests).toEqual([`GET http://127.0.0.1:${direct.port}/x HTTP/1.1\r\nHost: 127.0.0.1:${direct.port}\r\n\r\n`]);
  expect(await probe.readAll(through)).toBe('by proxy');
  const around = open('127.*');
  expect(await probe.start('HttpSendRequest', { hRequest: around })).toMatchObject({ returns: 1 });
  expect(await probe.readAll(around)).toBe('direct');
  await proxy.stop();
  await direct.stop();
});

test('a secure request goes through a tunnel of its proxy, or fails with 12033', async () => {
  const { server, port } = await secureServer(['127.0.0.1']);
  const proxy = await Peer.start(({ socket }, request) => {
    if (!request.startsWith(`CONNECT 127.0.0.1:${port} `)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    socket.removeAllListeners('data');
    const beyond = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      beyond.pipe(socket);
      socket.pipe(beyond);
    });
    beyond.on('error', () => undefined);
  });
  const session = probe.handle('InternetOpen', { dwAccessType: 3, lpszProxy: `127.0.0.1:${proxy.port}` });
  const request = probe.request(probe.connection(session, port, 0n), '/x', 0n, { dwFlags: SECURE });
  ignore(request, 0x1100);
  expect(await probe.start('HttpSendRequest', { hRequest: request })).toMatchObject({ returns: 1 });
  expect(await probe.readAll(request)).toBe('secret');
  const refused = probe.request(probe.connection(session, 9, 0n), '/x', 0n, { dwFlags: SECURE });
  expect(await probe.start('HttpSendRequest', { hRequest: refused })).toMatchObject({ returns: 0, lastError: 12033 });
  await probe.engine.dispose();
  await proxy.stop();
  await stop(server);
});

test('what a server says before it is asked is not lost', async () => {
  const eager = await Peer.start(() => undefined);
  probe.react = async (event) => {
    if (event.status !== 'CONNECTED_TO_SERVER') return;
    await expect.poll(() => eager.connections.length, PATIENT).toBe(1);
    eager.connections[0]?.socket.write(answer('early'));
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  const request = await Promise.resolve(probe.start('InternetConnect', { hInternet: probe.session(), lpszServerName: '127.0.0.1', nServerPort: eager.port, dwService: 3, dwContext: 2n }))
    .then(({ returns }) => probe.start('HttpOpenRequest', { hConnect: BigInt(returns), dwContext: 3n }))
    .then(({ returns }) => BigInt(returns));
  probe.call('HttpSendRequest', { hRequest: request });
  await probe.until(request, 'REQUEST_COMPLETE');
  expect(await probe.readAll(request)).toBe('early');
  await eager.stop();
});
