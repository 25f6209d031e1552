import { connect as connectTcp } from 'node:net';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selfSigned } from '../../../electron/certificate/self-signed';
import { decodeStruct } from '../../../preload/contract/win32/struct-codec';
import { freePort, idOf, ServerUnderTest } from './server-under-test';

let server: ServerUnderTest;
const clients: TLSSocket[] = [];
beforeEach(() => {
  server = new ServerUnderTest();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.dispose();
});

const SSL = 1;
const NEGOTIATE_CLIENT_CERT = 2;

/** A server with an https URL on a port that has a certificate bound to it. */
async function serveTls(flags = 0): Promise<{ readonly port: number; readonly queue: bigint }> {
  const { group, queue } = await server.serve();
  const port = await freePort();
  await server.code('HttpInitialize', { Version: 2, Flags: 2 });
  const info = server.struct('HTTP_SERVICE_CONFIG_SSL_SET', {
    KeyDesc: { pIpPort: `127.0.0.1:${port}` }, ParamDesc: { pSslHash: new Uint8Array(20), SslHashLength: 20, AppId: new Uint8Array(16), DefaultFlags: flags },
  });
  expect(await server.code('HttpSetServiceConfiguration', { ConfigId: SSL, pConfigInformation: info, ConfigInformationLength: 88 })).toBe(0);
  expect(await server.code('HttpAddUrlToUrlGroup', { UrlGroupId: group, pFullyQualifiedUrl: `https://localhost:${port}/` })).toBe(0);
  return { port, queue };
}

function request(port: number, options: ConnectionOptions = {}): TLSSocket {
  const client = connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false, ...options });
  client.on('error', () => undefined);
  client.write(`GET /secret HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  clients.push(client);
  return client;
}

function closed(client: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => client.once('close', () => resolve()));
}

test('an https request carries its URL, what HTTP_SSL_INFO says, and the name of the handshake', async () => {
  const { port, queue } = await serveTls();
  const client = request(port);
  const { fields } = await server.receive(queue);
  expect(fields).toMatchObject({
    CookedUrl: { pFullUrl: `https://localhost:${port}/secret` },
    pSslInfo: { ServerCertKeySize: 256, pServerCertSubject: 'CN=localhost', pServerCertIssuer: 'CN=localhost', SslClientCertNegotiated: 0 },
  });
  const sni = server.memory.alloc(516);
  const asked = { RequestQueueHandle: queue, Id: idOf(fields), PropertyId: 4, Output: sni };
  expect(await server.code('HttpQueryRequestProperty', { ...asked, OutputBufferSize: 515 })).toBe(234);
  expect(await server.code('HttpQueryRequestProperty', { ...asked, OutputBufferSize: 516 })).toBe(0);
  expect(decodeStruct(server.memory, 'HTTP_REQUEST_PROPERTY_SNI', sni)).toEqual({ Hostname: 'localhost', Flags: 1 });
  const answered = new Promise<string>((resolve) => client.once('data', (data) => resolve(String(data))));
  expect(await server.respond(queue, idOf(fields), { StatusCode: 200, pEntityChunks: ['hush'] }, 1)).toBe(0);
  expect(await answered).toMatch(/^HTTP\/1\.1 200 [^]*hush$/);
  await closed(client);
});

test('a cancel resets the connection under TLS', async () => {
  const { port, queue } = await serveTls();
  const client = request(port);
  const { fields } = await server.receive(queue);
  expect(await server.code('HttpCancelHttpRequest', { RequestQueueHandle: queue, RequestId: idOf(fields) })).toBe(0);
  await closed(client);
  expect(server.connections.map(({ what }) => what)).toEqual(['accepted', 'closed']);
});

test('what is no handshake ends, and the next client is served', async () => {
  const { port, queue } = await serveTls();
  const garbage = connectTcp({ port, host: '127.0.0.1' });
  garbage.on('error', () => undefined);
  garbage.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  garbage.resume();
  await closed(garbage);
  request(port);
  expect((await server.receive(queue)).fields).toMatchObject({ pRawUrl: '/secret' });
});

test('the certificate of a client is had when the binding asks for it', async () => {
  const { port, queue } = await serveTls(NEGOTIATE_CLIENT_CERT);
  const own = selfSigned(['client.example']);
  const client = request(port, { key: own.key, cert: own.cert });
  const { fields } = await server.receive(queue);
  const shown = client.getX509Certificate()?.raw ?? new Uint8Array();
  const info = server.memory.alloc(4096);
  const bytes = server.memory.alloc(4);
  const asked = { RequestQueueHandle: queue, ConnectionId: idOf(fields, 'ConnectionId'), SslClientCertInfo: info, BytesReceived: bytes };
  expect(await server.code('HttpReceiveClientCertificate', { ...asked, SslClientCertInfoSize: 31 })).toBe(122);
  expect(await server.code('HttpReceiveClientCertificate', { ...asked, SslClientCertInfoSize: 32 })).toBe(234);
  expect(decodeStruct(server.memory, 'HTTP_SSL_CLIENT_CERT_INFO', info)).toMatchObject({ CertEncodedSize: shown.length, pCertEncoded: undefined });
  expect(await server.code('HttpReceiveClientCertificate', { ...asked, SslClientCertInfoSize: 4096 })).toBe(0);
  expect(server.u32(bytes)).toBe(32 + shown.length);
  expect(decodeStruct(server.memory, 'HTTP_SSL_CLIENT_CERT_INFO', info)).toMatchObject({ CertFlags: 0x800b0109, pCertEncoded: new Uint8Array(shown), CertDeniedByMapper: 0 });
});

test('a client without a certificate has none to be had', async () => {
  const { port, queue } = await serveTls(NEGOTIATE_CLIENT_CERT);
  request(port);
  const { fields } = await server.receive(queue);
  const asked = { RequestQueueHandle: queue, ConnectionId: idOf(fields, 'ConnectionId'), SslClientCertInfo: server.memory.alloc(4096), SslClientCertInfoSize: 4096 };
  expect(await server.code('HttpReceiveClientCertificate', asked)).toBe(1168);
});

test('dispose ends handshakes that are under way', async () => {
  const { port } = await serveTls();
  const half = connectTcp({ port, host: '127.0.0.1' });
  half.on('error', () => undefined);
  half.write(Buffer.from('16030100', 'hex'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  const ended = closed(half);
  await server.dispose();
  await ended;
});
