import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyFraming } from '../../../electron/engine/portable/http-server/body-framing';
import { readRequestHead } from '../../../electron/engine/portable/http-server/request-head';

test('bytes of any kind are refused, incomplete or a head, and never a fault', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    expect(['refused', 'incomplete', 'head']).toContain(readRequestHead(Buffer.from(bytes)).kind);
  }));
});

test('a damaged request line or field is never taken for the one it was', () => {
  const good = 'POST /path HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n';
  fc.assert(fc.property(fc.nat(good.length - 1), fc.constantFrom('\0', '\r', '\n', '\x7f'), (at, char) => {
    const progress = readRequestHead(Buffer.from(good.slice(0, at) + char + good.slice(at + 1), 'latin1'));
    // A line may end without its CR, and empty lines may come first.
    const harmless = char === '\n' && (good[at] === '\r' || at === 0);
    if (progress.kind === 'head' && !harmless) expect(good[at]).toBe(char);
  }));
});

test.each([
  ['lines that end with a single LF', 'GET /a HTTP/1.1\nHost: h\nX: y\n\n'],
  ['line ends of both kinds', 'GET /a HTTP/1.1\r\nHost: h\nX: y\r\n\n'],
  ['white space in front of the first header', 'GET /a HTTP/1.1\r\n \t Host: h\r\nX: y\r\n\r\n'],
  ['a line of white space in front of the headers', 'GET /a HTTP/1.1 \r\n \t\r\nHost: h\r\nX: y\r\n\r\n'],
  ['empty lines in front of the request line', '\r\n\nGET /a HTTP/1.1\r\nHost: h\r\nX: y\r\n\r\n'],
  ['a higher minor version', 'GET /a HTTP/1.9\r\nHost: h\r\nX: y\r\n\r\n'],
])('%s are understood', (_, text) => {
  const progress = readRequestHead(Buffer.from(`${text}GET`));
  expect(progress).toMatchObject({
    kind: 'head', head: { verb: 'GET', rawUrl: '/a', host: 'h', keepAlive: true, headers: [{ name: 'Host', value: 'h' }, { name: 'X', value: 'y' }], size: text.length },
  });
});

test.each([
  ['/%41b', '/Ab'], ['/%c3%a4', '/ä'], ['/%e4', '/ä'], ['/%u20AC', '/€'], ['/a/../b', '/b'], ['/a%2e%2e/b', '/a../b'], [`/${'x'.repeat(260)}`, `/${'x'.repeat(260)}`],
])('the path %s is %s', (raw, absPath) => {
  expect(readRequestHead(Buffer.from(`GET ${raw} HTTP/1.1\r\nHost: h\r\n\r\n`))).toMatchObject({ kind: 'head', head: { path: { absPath } } });
});

test.each(['/%2', '/%u20A', '/%00', '/%0a', '/%7F', '/%u0085', `/${'x'.repeat(261)}`, '/x'.repeat(256)])('the path %s is refused', (raw) => {
  expect(readRequestHead(Buffer.from(`GET ${raw} HTTP/1.1\r\nHost: h\r\n\r\n`))).toEqual({ kind: 'refused', refusal: 'invalid-url' });
});

test.each(['HTTP/0.9', 'HTTP/2.0', 'HTTP/10.1'])('%s is a version that is not supported', (version) => {
  expect(readRequestHead(Buffer.from(`GET / ${version}\r\nHost: h\r\n\r\n`))).toEqual({ kind: 'refused', refusal: 'version' });
});

test('a head that comes in two parts is incomplete until its empty line, and then the same', () => {
  const good = Buffer.from('GET /a?b HTTP/1.1\r\nHost: localhost:81\r\nX-Y: z\r\n\r\n', 'latin1');
  const whole = readRequestHead(good);
  expect(whole).toMatchObject({ kind: 'head', head: { size: good.length, verb: 'GET', rawUrl: '/a?b' } });
  for (let length = 0; length < good.length; length += 1) expect(readRequestHead(good.subarray(0, length)).kind).toBe('incomplete');
  expect(readRequestHead(Buffer.concat([good, Buffer.from('GET')]))).toEqual(whole);
});

test('a chunked body is the same however its bytes are split', () => {
  fc.assert(fc.property(fc.array(fc.string({ minLength: 1, maxLength: 40 }), { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 30 })), (texts, cuts) => {
    const wanted = Buffer.concat(texts.map((text) => Buffer.from(text)));
    const coded = Buffer.concat([
      ...texts.map((text) => Buffer.concat([Buffer.from(`${Buffer.byteLength(text).toString(16)};x=1\r\n`), Buffer.from(text), Buffer.from('\r\n')])),
      Buffer.from('0\r\nTrailer: 1\r\n\r\nNEXT'),
    ]);
    const framing = bodyFraming({ kind: 'chunked' });
    const got: Buffer[] = [];
    let backlog: Buffer = Buffer.alloc(0);
    let at = 0;
    let complete = false;
    for (const cut of [...cuts, coded.length]) {
      if (complete) break;
      backlog = Buffer.concat([backlog, coded.subarray(at, at + cut)]);
      at += cut;
      const step = framing?.take(backlog);
      expect(step?.broken).toBe(false);
      got.push(...(step?.data ?? []));
      backlog = backlog.subarray(step?.consumed ?? 0);
      complete = step?.complete === true;
    }
    expect(complete).toBe(true);
    expect(Buffer.concat(got).equals(wanted)).toBe(true);
    expect(Buffer.concat([backlog, coded.subarray(at)]).toString()).toBe('NEXT');
  }));
});

test.each(['zz\r\n', '-1\r\n', '\r\n', '4\r\nwikiX\r\n', `${'1'.repeat(2000)}`, '123456789\r\n'])('a chunk of %j is broken', (text) => {
  expect(bodyFraming({ kind: 'chunked' })?.take(Buffer.from(text)).broken).toBe(true);
});
