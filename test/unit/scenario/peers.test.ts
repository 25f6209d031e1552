import { X509Certificate } from 'node:crypto';
import { connect as connectTls } from 'node:tls';
import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { connectClient } from '../../../electron/scenario/peers/client';
import type { PeerConnection } from '../../../electron/scenario/peers/connection';
import { ScriptedFtpServer } from '../../../electron/scenario/peers/ftp-server';
import { ScriptedHttpServer } from '../../../electron/scenario/peers/http-server';
import { readMessage } from '../../../electron/scenario/peers/http-message';
import { freePorts } from '../../../electron/scenario/peers/ports';
import { selfSigned } from '../../../electron/certificate/self-signed';
import { part } from '../../../electron/scenario/values/navigate';
import { textOf } from '../../../electron/scenario/values/evaluate';

const stops: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const scope = { lookup: (name: string) => (name === 'word' ? { value: 'bound' } : undefined) };

async function httpServer(yaml: string): Promise<ScriptedHttpServer> {
  const loaded = loadScenario(`scenario: x\nports: [word]\nsteps: []\nserver:\n  ${yaml.trim().replaceAll('\n', '\n  ')}`);
  if (!loaded.ok || loaded.value.server === undefined) throw new Error(JSON.stringify(loaded));
  const server = await ScriptedHttpServer.start(loaded.value.server, scope, (problem) => { throw new Error(problem); });
  stops.push(() => server.stop());
  return server;
}

async function client(port: number): Promise<PeerConnection> {
  const connected = await connectClient('127.0.0.1', port, 2000);
  if (!connected.ok) throw new Error(connected.error);
  stops.push(() => connected.value.destroy());
  return connected.value;
}

async function exchange(on: PeerConnection, request: string): Promise<string> {
  on.send(Buffer.from(request));
  const received = await on.receive({ kind: 'message' }, 2000);
  if (!received.ok) throw new Error(received.error);
  return Buffer.from(received.value).toString('latin1');
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

describe('the scripted HTTP server', () => {
  it('answers by path, by verb and path, in turn, and with 404 what has no route', async () => {
    const server = await httpServer(`
routes:
  /a: { status: 201, reason: Made, headers: { X-A: $word, Set-Cookie: [a=1, b=2] }, body: hello $word }
  "POST /a": { body: posted }
  /list: [{ body: one }, { body: two }]
  /digits: { body: 0123456789 }
`);
    const on = await client(server.port);
    expect(await exchange(on, get('/a?q=1'))).toBe('HTTP/1.1 201 Made\r\nX-A: bound\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nContent-Length: 11\r\n\r\nhello bound');
    expect(await exchange(on, 'POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc')).toContain('posted');
    expect(await exchange(on, get('/list'))).toContain('one');
    expect(await exchange(on, get('/list'))).toContain('two');
    expect(await exchange(on, get('/list'))).toContain('two');
    expect(await exchange(on, get('/digits'))).toMatch(/Content-Length: 10\r\n\r\n0123456789$/);
    expect(await exchange(on, get('/b'))).toMatch(/^HTTP\/1\.1 404 /);
    const seen = server.datum();
    expect(part(seen, 'requests')).toEqual({ ok: true, value: 7n });
    expect(part(seen, 'connections')).toEqual({ ok: true, value: 1n });
  });

  it('shows the latest request with its headers and its body without framing', async () => {
    const server = await httpServer('routes: { /x: {} }');
    await exchange(await client(server.port), 'POST /x HTTP/1.1\r\nX-B: c\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
    const request = part(server.datum(), 'request');
    if (!request.ok) throw new Error(request.error);
    const body = part(request.value, 'body');
    expect(body.ok && textOf(body.value)).toBe('abcde');
    const headers = part(request.value, 'headers');
    expect(headers.ok && part(headers.value, 'x-b')).toEqual({ ok: true, value: 'c' });
  });

  it('answers a HEAD with the length of the body it leaves out', async () => {
    const server = await httpServer('routes: { /x: { body: 12345 } }');
    expect(await exchange(await client(server.port), 'HEAD /x HTTP/1.1\r\n\r\n')).toMatch(/Content-Length: 5\r\n\r\n$/);
  });

  it('goes on listening after its own FIN, and sees what else comes and how the client closes', async () => {
    const server = await httpServer('{}');
    const on = await client(server.port);
    on.send(Buffer.from(get('/a')));
    const accepted = await server.connections.accept(2000);
    if (!accepted.ok) throw new Error(accepted.error);
    await accepted.value.receive({ kind: 'message' }, 2000);
    accepted.value.close('fin');
    expect(await on.closedWithin(2000)).toBe('fin');
    expect(accepted.value.send(new Uint8Array(1))).toMatchObject({ ok: false });
    on.send(Buffer.from('more'));
    expect(await accepted.value.receive({ kind: 'count', bytes: 4 }, 2000)).toMatchObject({ ok: true });
    on.close('reset');
    expect(await accepted.value.closedWithin(2000)).toBe('reset');
  });

  it('closes and resets after an answer', async () => {
    const server = await httpServer('routes: { /close: { raw: bye, then: close }, /reset: { raw: "", then: reset } }');
    const closing = await client(server.port);
    closing.send(Buffer.from(get('/close')));
    expect(await closing.closedWithin(2000)).toBe('fin');
    expect(await closing.receive({ kind: 'close' }, 2000)).toMatchObject({ ok: true, value: new Uint8Array(Buffer.from('bye')) });
    const resetting = await client(server.port);
    resetting.send(Buffer.from(get('/reset')));
    expect(await resetting.closedWithin(2000)).toBe('reset');
  });

  it('leaves an ordinary listening socket to the script', async () => {
    const server = await httpServer('{}');
    const first = await client(server.port);
    const accepted = await server.connections.accept(2000);
    const second = await client(server.port);
    const other = await server.connections.accept(2000);
    if (!accepted.ok || !other.ok) throw new Error('not accepted');
    other.value.send(Buffer.from('to the second'));
    expect(await second.receive({ kind: 'count', bytes: 13 }, 2000)).toMatchObject({ ok: true });
    first.send(Buffer.from('hi there'));
    expect(await accepted.value.receive({ kind: 'bytes', bytes: Buffer.from('there') }, 2000)).toMatchObject({ ok: true });
    accepted.value.close('fin');
    expect(await first.closedWithin(2000)).toBe('fin');
    expect(second.closedBy).toBeUndefined();
    expect(await server.connections.accept(20)).toMatchObject({ ok: false, error: expect.stringContaining('2 did in all') });
  });

  it('lets a step add to an answer, and routes the next request on that connection', async () => {
    const server = await httpServer('routes: { /part: { raw: "HTTP/1.1 200 OK\\r\\nContent-Length: 8\\r\\n\\r\\nhalf" }, /next: { body: next } }');
    const on = await client(server.port);
    on.send(Buffer.from(get('/part')));
    const current = await server.connections.current(true, 2000);
    if (!current.ok) throw new Error(current.error);
    current.value.send(Buffer.from('half'));
    const whole = await on.receive({ kind: 'message' }, 2000);
    expect(whole.ok && Buffer.from(whole.value).toString()).toContain('halfhalf');
    expect(await exchange(on, get('/next'))).toContain('next');
  });

  it('speaks TLS with a certificate that is right for its host, but untrusted', async () => {
    const server = await httpServer('tls: self-signed\nroutes: { /x: { body: secret } }');
    const refused = await new Promise<string>((resolve) => {
      const socket = connectTls({ host: '127.0.0.1', port: server.port });
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
    });
    expect(refused).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connectTls({ host: '127.0.0.1', port: server.port, rejectUnauthorized: false }, () => socket.write(get('/x')));
      socket.once('data', (data) => resolve(data.toString()));
      socket.once('error', reject);
      stops.push(() => { socket.destroy(); });
    });
    expect(answer).toContain('secret');
  });
});

describe('a certificate of its own making', () => {
  it('holds for a name and an address, is valid now and signs itself', () => {
    const { cert } = selfSigned(['127.0.0.1', 'localhost']);
    const certificate = new X509Certificate(cert);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkHost('example.test')).toBeUndefined();
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.now());
    expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now());
  });
});

describe('reading HTTP messages', () => {
  const response = { kind: 'response', bodiless: false, ended: false } as const;
  it.each([
    ['by its length', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc', 40],
    ['by its chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\nrest', 64],
    ['after an interim one', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nx', 52],
  ])('%s', (_, text, bytes) => {
    expect(readMessage(Buffer.from(text), response)?.bytes).toBe(bytes);
  });

  it('waits for the rest of a message, whatever the cut', () => {
    const text = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n');
    for (let cut = 0; cut < text.length; cut++) expect(readMessage(text.subarray(0, cut), response), String(cut)).toBeUndefined();
    expect(readMessage(text, response)?.body).toEqual(new Uint8Array(Buffer.from('abc')));
  });

  it('ends a response without a length with its connection', () => {
    const text = Buffer.from('HTTP/1.1 200 OK\r\n\r\nabc');
    expect(readMessage(text, response)).toBeUndefined();
    expect(readMessage(text, { ...response, ended: true })?.bytes).toBe(text.length);
  });
});

describe('the client peer', () => {
  it('says why it could not connect', async () => {
    const [port = 0] = await freePorts(1);
    expect(await connectClient('127.0.0.1', port, 1000)).toMatchObject({ ok: false, error: expect.stringContaining('ECONNREFUSED') });
  });

  it('keeps what came beyond one receive for the next', async () => {
    const server = await httpServer('routes: { /a: { body: one } }');
    const on = await client(server.port);
    on.send(Buffer.from(get('/a') + get('/a')));
    const first = await on.receive({ kind: 'message' }, 2000);
    const second = await on.receive({ kind: 'message' }, 2000);
    expect(first).toEqual(second);
    expect(await on.receive({ kind: 'count', bytes: 1 }, 30)).toMatchObject({ ok: false, error: expect.stringContaining('received 0 bytes') });
  });

  it('resets, and the other end notices', async () => {
    const server = await httpServer('{}');
    const on = await client(server.port);
    const accepted = await server.connections.accept(2000);
    on.close('reset');
    expect(accepted.ok && await accepted.value.closedWithin(2000)).toBe('reset');
    expect(on.send(Buffer.from('x'))).toMatchObject({ ok: false });
  });
});

describe('free ports', () => {
  it('are of five digits, different, and nobody listens on them', async () => {
    const ports = await freePorts(5);
    expect(new Set(ports).size).toBe(5);
    for (const port of ports) {
      expect(String(port)).toMatch(/^\d{5}$/);
      expect(await connectClient('127.0.0.1', port, 1000)).toMatchObject({ ok: false });
    }
  });
});

describe('the scripted FTP server', () => {
  async function ftp(yaml: string): Promise<ScriptedFtpServer> {
    const loaded = loadScenario(`scenario: x\nsteps: []\nftp: ${yaml}`);
    if (!loaded.ok || loaded.value.ftp === undefined) throw new Error(JSON.stringify(loaded));
    const server = await ScriptedFtpServer.start(loaded.value.ftp, scope, (problem) => { throw new Error(problem); });
    stops.push(() => server.stop());
    return server;
  }

  async function command(on: PeerConnection, line: string | undefined, code: string): Promise<string> {
    if (line !== undefined) on.send(Buffer.from(`${line}\r\n`));
    const reply = await on.receive({ kind: 'bytes', bytes: Buffer.from('\r\n') }, 2000);
    if (!reply.ok) throw new Error(reply.error);
    const text = Buffer.from(reply.value).toString();
    expect(text.slice(0, 3), line).toBe(code);
    return text;
  }

  function download(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const pieces: Buffer[] = [];
      connectTcp(port, '127.0.0.1').on('data', (piece) => pieces.push(piece)).on('end', () => resolve(Buffer.concat(pieces).toString())).on('error', reject);
    });
  }

  function passivePort(reply: string): number {
    const [high = 0, low = 0] = reply.match(/\d+/g)?.slice(-2).map(Number) ?? [];
    return high * 256 + low;
  }

  it('logs anyone in, lists, retrieves and stores', async () => {
    const server = await ftp('{ files: { welcome.msg: hello, pub/deep.txt: down } }');
    const on = await client(server.port);
    await command(on, undefined, '220');
    await command(on, 'USER anonymous', '331');
    await command(on, 'PASS x@y', '230');
    const listing = download(passivePort(await command(on, 'PASV', '227')));
    await command(on, 'NLST', '150');
    expect(await listing).toBe('pub\r\nwelcome.msg\r\n');
    await command(on, undefined, '226');
    const content = download(passivePort(await command(on, 'PASV', '227')));
    await command(on, 'RETR welcome.msg', '150');
    expect(await content).toBe('hello');
    await command(on, undefined, '226');
    await command(on, 'SIZE pub/deep.txt', '213');
    await command(on, 'CWD pub', '250');
    await command(on, 'CWD nowhere', '550');
    await command(on, 'RETR none', '550');
    const storing = passivePort(await command(on, 'PASV', '227'));
    const upload = connectTcp(storing, '127.0.0.1');
    await command(on, 'STOR new.txt', '150');
    upload.end('stored');
    await command(on, undefined, '226');
    expect(await command(on, 'SIZE new.txt', '213')).toContain('6');
    await command(on, 'QUIT', '221');
    expect(await on.closedWithin(2000)).toBe('fin');
  });

  it('connects to the client in active mode', async () => {
    const server = await ftp('{ files: { a: active } }');
    const on = await client(server.port);
    await command(on, undefined, '220');
    const listener = await httpServer('{}');
    await command(on, `PORT 127,0,0,1,${listener.port >> 8},${listener.port & 255}`, '200');
    await command(on, 'RETR a', '150');
    const data = await listener.connections.accept(2000);
    expect(data.ok && await data.value.receive({ kind: 'count', bytes: 6 }, 2000)).toMatchObject({ ok: true, value: new Uint8Array(Buffer.from('active')) });
    if (data.ok) data.value.close('fin');
    await command(on, undefined, '226');
  });

  it('replies what the scenario says', async () => {
    const server = await ftp('{ replies: { MKD: "550 no" } }');
    const on = await client(server.port);
    await command(on, undefined, '220');
    expect(await command(on, 'MKD x', '550')).toBe('550 no\r\n');
    await command(on, 'RMD x', '550');
    expect(part(server.datum(), 'requests')).toEqual({ ok: true, value: 2n });
  });
});
