import { describe, expect, it } from 'vitest';
import { HarReader } from '../../../../electron/session/import/har/har-reader';
import { readText, spanLines, treeLines, type ReadTrace } from './imported';

const read = (text: string, piece?: number): ReadTrace => readText((emit) => new HarReader(emit), text, piece);

function entry(at: string, url: string, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    startedDateTime: `2026-11-22T10:00:${at}Z`, time: 60, request: { method: 'GET', url, httpVersion: 'HTTP/1.1', headers: [{ name: 'Host', value: 'a.test' }], queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
    response: { status: 200, statusText: 'OK', httpVersion: 'HTTP/1.1', headers: [], cookies: [], content: { size: 5, mimeType: 'text/plain', text: 'x'.repeat(500) }, redirectURL: '', headersSize: -1, bodySize: 5 },
    cache: {}, timings: { blocked: 5, dns: 10, connect: 20, ssl: 12, send: 1, wait: 20, receive: 4 }, serverIPAddress: '10.0.0.1', connection: '7', pageref: 'page_1', ...more,
  };
}

const har = (entries: readonly object[]): string => JSON.stringify({
  log: { version: '1.2', creator: { name: 'Demo', version: '3' }, pages: [{ id: 'page_1', title: 'The page', startedDateTime: '2026-11-22T10:00:00Z', pageTimings: {} }], entries },
}, undefined, 2);

describe('HAR', () => {
  it('becomes the session of each page with its connections and requests', () => {
    const { trace, refusal } = read(har([entry('01.000', 'https://a.test/b'), entry('00.000', 'https://a.test/'), entry('02.000', 'http://c.test/', { connection: undefined, pageref: undefined })]));
    expect(refusal).toBeUndefined();
    expect(treeLines(trace)).toEqual([
      'process Demo 3', '  session The page [closed]', '    connection https://a.test (10.0.0.1) [closed]', '      request GET / (200 · text/plain) [completed]',
      '      request GET /b (200 · text/plain) [completed]', '  session Requests of no page [closed]', '    connection http://c.test (10.0.0.1) [closed]', '      request GET / (200 · text/plain) [completed]',
    ]);
  });

  it('makes spans of the timings, TLS being a part of connect', () => {
    const { trace } = read(har([entry('00.000', 'https://a.test/b')]));
    expect(spanLines(trace, 'GET /b')).toEqual(['pending: blocked 0–5', 'resolve: resolve 5–15', 'connect: connect 15–23', 'connect: TLS 23–35', 'send: send 35–36', 'receive: waiting for the response 36–56', 'body: body 56–60']);
  });

  it('says when it began, and gives its events in the order of their time', () => {
    const { events } = read(har([entry('03.000', 'http://a.test/3'), entry('00.500', 'http://a.test/0'), entry('00.510', 'http://a.test/1', { connection: '8' })]));
    const times = events.map(({ time = 0 }) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('marks what got no answer', () => {
    const { trace } = read(har([entry('00.000', 'http://a.test/', { response: { status: 0, statusText: '', httpVersion: '', headers: [], content: { size: 0, mimeType: '' }, bodySize: -1, _error: 'net::ERR_CONNECTION_RESET' } })]));
    expect(treeLines(trace)).toContain('      request GET / (0) [disconnected]');
  });

  it('leaves out an entry that is damaged, says where it is and what is wrong, and reads the rest', () => {
    const text = har([entry('00.000', 'http://a.test/'), { ...entry('00.100', 'http://a.test/x'), request: { method: 'GET' } }, entry('00.200', 'http://a.test/y')]);
    const { trace, counts } = read(text);
    expect(counts).toMatchObject({ invalid: 1, firstInvalid: expect.stringMatching(/^line \d+: request\.url: /) });
    expect(treeLines(trace)).toHaveLength(5);
  });

  it('reads a file that was cut short up to there', () => {
    const text = har([entry('00.000', 'http://a.test/'), entry('00.100', 'http://a.test/x')]);
    const { counts, trace, refusal } = read(text.slice(0, text.lastIndexOf('"cache"')));
    expect([refusal, counts.truncated, [...trace.tree.all()].filter(({ kind }) => kind === 'request').length]).toEqual([undefined, true, 1]);
  });

  it('says what is missing in a log without entries', () => {
    expect(read('{"log":{"version":"1.2","entries":[]}}').refusal).toMatch(/no entry in its log\.entries/);
  });
});
