import { expect, test } from 'vitest';
import { INTERNET_OPTION as OPTION } from '../../../preload/contract/win32/constants/options';
import { engineAndPeer } from './fixture';
import { answer } from './peer';
import { type Probe } from './probe';

const under = engineAndPeer(({ socket }) => socket.write(answer('hello', 'X-A: 1\r\nx-a: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: t\u00e9st\r\n'), 'latin1'));

const NUMBER = 0x2000_0000;
const NUMBER64 = 0x0800_0000;
const SYSTEMTIME = 0x4000_0000;
const REQUEST = 0x8000_0000;
const STATUS_CODE = 19;
const CUSTOM = 65535;

async function answered(more: Parameters<Probe['request']>[3] = {}): Promise<bigint> {
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/q', 3n, more);
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'REQUEST_COMPLETE');
  return request;
}

test('the first line and the fields of a response, in both widths', async () => {
  const request = await answered();
  for (const width of ['A', 'W'] as const) {
    expect(under.probe.queryInfo(request, STATUS_CODE, width).text).toBe('200');
    expect(under.probe.queryInfo(request, 20, width).text).toBe('OK');
    expect(under.probe.queryInfo(request, 18, width).text).toBe('HTTP/1.1');
    expect(under.probe.queryInfo(request, 37, width).text).toBe('t\u00e9st');
    expect(under.probe.queryInfo(request, 45, width).text).toBe('GET');
  }
  const crlf = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: t\u00e9st\r\n\r\n';
  expect(under.probe.queryInfo(request, 22).text).toBe(crlf);
  expect(under.probe.queryInfo(request, 21).text).toBe(`${crlf.slice(0, -4)}\r\n`.replaceAll('\r\n', '\0'));
  expect(under.probe.queryInfo(request, 54).outcome).toMatchObject({ returns: 0, lastError: 12150 });
});

test('the length: with the NUL when the buffer is too small, without when it is not; always in bytes', async () => {
  const request = await answered();
  expect(under.probe.queryInfo(request, 20, 'A', 2)).toMatchObject({ outcome: { returns: 0, lastError: 122 }, length: 3 });
  expect(under.probe.queryInfo(request, 20, 'A', 3)).toMatchObject({ outcome: { returns: 1, lastError: 0 }, length: 2 });
  expect(under.probe.queryInfo(request, 20, 'W', 5)).toMatchObject({ outcome: { returns: 0, lastError: 122 }, length: 6 });
  expect(under.probe.queryInfo(request, 20, 'W', 6)).toMatchObject({ outcome: { returns: 1 }, length: 4 });
  const length = under.probe.dword(100);
  expect(under.probe.call('HttpQueryInfo', { hRequest: request, dwInfoLevel: 22, lpdwBufferLength: length })).toMatchObject({ returns: 0, lastError: 122 });
  expect(under.probe.readDword(length)).toBeGreaterThan(0);
  expect(under.probe.call('HttpQueryInfo', { hRequest: request, dwInfoLevel: 22 })).toMatchObject({ returns: 0, lastError: 87 });
});

test('numbers and times', async () => {
  const request = await answered();
  const buffer = under.probe.engine.memory.alloc(16);
  const query = (level: number, size: number): { readonly returns: number | bigint; readonly lastError: number; readonly length: number } => {
    const length = under.probe.dword(size);
    const { returns, lastError } = under.probe.call('HttpQueryInfo', { hRequest: request, dwInfoLevel: level, lpBuffer: buffer, lpdwBufferLength: length });
    return { returns, lastError, length: under.probe.readDword(length) };
  };
  expect(query(STATUS_CODE + NUMBER, 4)).toMatchObject({ returns: 1, length: 4 });
  expect(under.probe.readDword(buffer)).toBe(200);
  expect(query(STATUS_CODE + NUMBER, 3)).toMatchObject({ returns: 0, lastError: 122, length: 4 });
  expect(query(5 + NUMBER64, 8)).toMatchObject({ returns: 1, length: 8 });
  expect(under.probe.pointerAt(buffer)).toBe(5n);
  expect(query(9 + SYSTEMTIME, 16)).toMatchObject({ returns: 1, length: 16 });
  const words = new Uint16Array(under.probe.engine.memory.read(buffer, 16).buffer);
  expect([...words]).toEqual([1994, 11, 0, 6, 8, 49, 37, 0]);
  expect(query(37 + NUMBER, 4)).toMatchObject({ returns: 0, lastError: 12153 });
  expect(query(STATUS_CODE + NUMBER + SYSTEMTIME, 16)).toMatchObject({ returns: 0, lastError: 12154 });
});

test('a custom field by the name in the buffer, one of several by its index, and all of them together', async () => {
  const request = await answered();
  expect(under.probe.queryInfo(request, CUSTOM, 'A', 100, 'X-a').text).toBe('1');
  expect(under.probe.queryInfo(request, CUSTOM, 'A', 100, 'X-Missing').outcome).toMatchObject({ returns: 0, lastError: 12150 });
  const index = under.probe.dword(0);
  const seen: string[] = [];
  for (;;) {
    const buffer = under.probe.engine.memory.alloc(10);
    const length = under.probe.dword(10);
    under.probe.engine.memory.write(buffer, Uint8Array.from([88, 45, 65, 0]));
    const outcome = under.probe.call('HttpQueryInfo', { hRequest: request, dwInfoLevel: CUSTOM, lpBuffer: buffer, lpdwBufferLength: length, lpdwIndex: index }, 'A');
    if (outcome.returns === 0) {
      expect(outcome.lastError).toBe(12150);
      break;
    }
    seen.push(String.fromCharCode(...under.probe.engine.memory.read(buffer, under.probe.readDword(length))));
    expect(under.probe.readDword(index)).toBe(seen.length);
  }
  expect(seen).toEqual(['1', '2']);
});

test('before there is an answer: status 0, no headers; the request\'s own fields at any time', async () => {
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/q', 3n, { lpszReferrer: 'http://r/' });
  expect(under.probe.queryInfo(request, STATUS_CODE).text).toBe('0');
  expect(under.probe.queryInfo(request, 21).outcome).toMatchObject({ returns: 0, lastError: 12150 });
  expect(under.probe.queryInfo(request, 22 + REQUEST).text).toBe('GET /q HTTP/1.1\r\nReferer: http://r/\r\n\r\n');
  expect(under.probe.queryInfo(request, 35 + REQUEST).text).toBe('http://r/');
  expect([...under.probe.option(request, OPTION.INTERNET_OPTION_REQUEST_FLAGS).bytes]).toEqual([8, 0, 0, 0]);
  under.probe.call('HttpSendRequest', { hRequest: request });
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect([...under.probe.option(request, OPTION.INTERNET_OPTION_REQUEST_FLAGS).bytes]).toEqual([0, 0, 0, 0]);
  expect(under.probe.queryInfo(request, 22 + REQUEST).text).toBe(under.peer.requests[0]);
});

test('added headers: add, add if new, replace, coalesce; a bad line changes nothing', async () => {
  const request = under.probe.request(under.probe.connection(under.probe.session(), under.peer.port), '/');
  const add = (lpszHeaders: string, dwModifiers: number) => {
    const { returns, lastError } = under.probe.call('HttpAddRequestHeaders', { hRequest: request, lpszHeaders, dwHeadersLength: 0xffff_ffff, dwModifiers });
    return returns === 1 ? 0 : lastError;
  };
  expect(add('Warning: 1', 0x2000_0000)).toBe(0);
  expect(add('Warning: 2', 0x1000_0000)).toBe(12155);
  expect(add('Other: x', 0x8000_0000)).toBe(12150);
  expect(add('Other: x\r\nThird: y\r\n', 0xa000_0000)).toBe(0);
  expect(add('Warning: 2', 0x4000_0000)).toBe(0);
  expect(add('Warning: 3', 0x0100_0000)).toBe(0);
  expect(add('Third:', 0x8000_0000)).toBe(0);
  expect(add('Good: g\r\nb ad: x', 0x2000_0000)).toBe(12153);
  expect(under.probe.queryInfo(request, 22 + REQUEST).text).toBe('GET / HTTP/1.1\r\nWarning: 1, 2; 3\r\nOther: x\r\n\r\n');
  under.probe.call('HttpSendRequest', { hRequest: request, lpszHeaders: 'Sent: yes and no', dwHeadersLength: 9 });
  await under.probe.until(request, 'REQUEST_COMPLETE');
  expect(under.peer.requests[0]).toContain('Other: x\r\nSent: yes\r\nUser-Agent: probe\r\nHost: ');
});

test('what a request says of itself: flags, versions, targets, bodies', async () => {
  const connection = under.probe.connection(under.probe.session(), under.peer.port);
  const sent = async (more: Parameters<Probe['request']>[3], body?: string): Promise<string> => {
    const request = under.probe.request(connection, '/', 3n, more);
    const bytes = body === undefined ? undefined : Buffer.from(body);
    under.probe.call('HttpSendRequest', { hRequest: request, lpOptional: bytes, dwOptionalLength: bytes?.length ?? 0 });
    await under.probe.until(request, 'REQUEST_COMPLETE');
    return under.peer.requests.at(-1)?.replace(/User-Agent: probe\r\nHost: [^\r]*\r\n/u, '') ?? '';
  };
  expect(await sent({ lpszVerb: 'POST', dwFlags: 0x8440_0100 }, 'ab')).toBe('POST / HTTP/1.1\r\nContent-Length: 2\r\nConnection: Keep-Alive\r\nCache-Control: no-cache\r\nPragma: no-cache\r\n\r\nab');
  expect(await sent({ lpszVerb: 'PUT' })).toBe('PUT / HTTP/1.1\r\nContent-Length: 0\r\n\r\n');
  expect(await sent({ lpszObjectName: 'a b?c d\u00e9#f', lpszVersion: 'http/1.0' })).toBe('GET /a%20b?c%20d\u00e9 HTTP/1.0\r\n\r\n');
});

test('no User-Agent without an agent, and no port in Host when it is 80', async () => {
  const session = under.probe.handle('InternetOpen', { dwAccessType: 1 });
  const request = under.probe.request(under.probe.handle('InternetConnect', { hInternet: session, lpszServerName: 'host', nServerPort: 80, dwService: 3 }), '/p', 0n);
  expect(Buffer.from(under.probe.option(request, OPTION.INTERNET_OPTION_URL).bytes).toString()).toBe('http://host/p');
  const real = under.probe.request(under.probe.connection(session, under.peer.port), '/', 0n);
  expect(await under.probe.start('HttpSendRequest', { hRequest: real })).toMatchObject({ returns: 1 });
  expect(under.peer.requests[0]).toBe(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${under.peer.port}\r\n\r\n`);
});

test('CONTEXT_VALUE: its checks, its value', () => {
  const session = under.probe.session();
  const set = (lpBuffer: Uint8Array | undefined, dwBufferLength: number, hInternet = session) => under.probe.call('InternetSetOption', { hInternet, dwOption: 45, lpBuffer, dwBufferLength });
  const context = Uint8Array.from([1, 0, 0, 0, 0, 0, 0, 0]);
  for (const [buffer, size] of [[undefined, 0], [undefined, 8], [context, 0]] as const) expect(set(buffer, size)).toMatchObject({ returns: 0, lastError: 87 });
  expect(set(context, 4)).toMatchObject({ returns: 0, lastError: 12010 });
  expect(set(context, 8)).toMatchObject({ returns: 1, lastError: 0 });
  expect(set(context, 8, 0n)).toMatchObject({ returns: 0, lastError: 12018 });
  expect(under.probe.call('InternetQueryOption', { hInternet: session, dwOption: 45 })).toMatchObject({ returns: 0, lastError: 87 });
  expect(under.probe.option(session, 45, 'A', 0)).toMatchObject({ outcome: { returns: 0, lastError: 122 }, length: 8 });
  expect([...under.probe.option(session, 45).bytes]).toEqual([...context]);
  expect(under.probe.option(0n, 45)).toMatchObject({ outcome: { returns: 0, lastError: 12018 } });
});

test('USER_AGENT belongs to the session, REQUEST_FLAGS and URL to requests', () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, 80);
  expect(under.probe.option(session, 41, 'A', 6)).toMatchObject({ outcome: { returns: 1 }, length: 5 });
  expect(under.probe.option(session, 41, 'A', 5)).toMatchObject({ outcome: { returns: 0, lastError: 122 }, length: 6 });
  expect(under.probe.option(session, 41, 'W', 12)).toMatchObject({ outcome: { returns: 1 }, length: 5 });
  expect(under.probe.option(connection, 41, 'A', 0)).toMatchObject({ outcome: { returns: 0, lastError: 12018 }, length: 0 });
  expect(under.probe.option(connection, 23, 'A', 4)).toMatchObject({ outcome: { returns: 0, lastError: 12018 }, length: 4 });
  expect(under.probe.option(0n, 23, 'A', 4)).toMatchObject({ outcome: { returns: 0, lastError: 12018 }, length: 0 });
  expect(under.probe.option(connection, 34)).toMatchObject({ outcome: { returns: 0, lastError: 12018 } });
  expect(under.probe.option(session, 99_999)).toMatchObject({ outcome: { returns: 0, lastError: 12009 } });
});

test('the type and parent of a handle; the callback can be asked for and not set', () => {
  const session = under.probe.session();
  const connection = under.probe.connection(session, 80);
  const request = under.probe.request(connection, '/');
  expect([session, connection, request].map((handle) => under.probe.option(handle, 9).bytes[0])).toEqual([1, 4, 13]);
  const parent = (handle: bigint): bigint => Buffer.from(under.probe.option(handle, 21).bytes).readBigUInt64LE();
  expect(parent(request)).toBe(connection);
  expect(parent(connection)).toBe(session);
  expect(under.probe.option(session, 21).outcome).toMatchObject({ returns: 0, lastError: 12018 });
  expect(Buffer.from(under.probe.option(session, 1).bytes).readBigUInt64LE()).toBe(under.probe.engine.recorder('default'));
  expect(under.probe.call('InternetSetOption', { hInternet: session, dwOption: 1, lpBuffer: new Uint8Array(8), dwBufferLength: 8 })).toMatchObject({ returns: 0, lastError: 12011 });
  expect(under.probe.call('InternetSetOption', { hInternet: 0n, dwOption: 1 })).toMatchObject({ returns: 0, lastError: 12018 });
});

test('a timeout that is set is inherited by handles made later, and by no others', () => {
  const session = under.probe.session();
  const before = under.probe.connection(session, 80);
  const value = (handle: bigint): number => Buffer.from(under.probe.option(handle, 6).bytes).readUInt32LE();
  const initial = value(session);
  under.probe.call('InternetSetOption', { hInternet: session, dwOption: 6, lpBuffer: Uint8Array.from([0x39, 5, 0, 0]), dwBufferLength: 4 });
  const after = under.probe.connection(session, 80);
  expect(value(session)).toBe(1337);
  expect(value(after)).toBe(1337);
  expect(value(under.probe.request(after, '/'))).toBe(1337);
  expect(value(before)).toBe(initial);
});
