import type { Har } from 'har-format';
import { describe, expect, test } from 'vitest';
import { EVERY_EVENT } from '../../../../electron/session/export/export-source';
import { exportPieces } from '../../../../electron/session/export/record-formats';
import { HarReader } from '../../../../electron/session/import/har/har-reader';
import { NetLogReader } from '../../../../electron/session/import/netlog/netlog-reader';
import type { Trace } from '../../../../electron/trace/trace';
import { readText, readXml } from '../import/imported';
import { xmlTrace } from '../import/tracerpt-text';
import { harValidator } from './har-schema';
import { sourceOf } from './recorded';

const validate = harValidator();

function harOf(trace: Trace): Har['log']['entries'] {
  // What the validator accepts is a HAR.
  const har = JSON.parse([...exportPieces('har', sourceOf(trace), EVERY_EVENT)].join('')) as Har;
  expect(validate(har), JSON.stringify(validate.errors)).toBe(true);
  return har.log.entries;
}

describe('HAR of what another program did', () => {
  test('a HAR that was opened is written again with the same requests, answers and times', () => {
    const timings = { blocked: 1, dns: 2, connect: 3, ssl: -1, send: 1, wait: 4, receive: 1 };
    const entry = (url: string, status: number, more: object = {}): object => ({
      startedDateTime: '2026-01-02T03:04:05.000Z', time: 12, cache: {}, timings,
      request: { method: 'PUT', url, httpVersion: 'HTTP/1.1', cookies: [], headers: [{ name: 'Accept', value: '*/*' }], queryString: [], headersSize: -1, bodySize: -1 },
      response: { status, statusText: '', httpVersion: '', cookies: [], headers: [{ name: 'Content-Type', value: 'text/plain' }], content: { size: 5, mimeType: 'text/plain' }, redirectURL: '', headersSize: -1, bodySize: 5, ...more },
    });
    const text = JSON.stringify({ log: { version: '1.2', creator: { name: 'x', version: '1' }, entries: [entry('https://a.test/x?y=1', 201), entry('http://b.test:8080/', 0, { _error: 'net::ERR_FAILED' })] } });
    const { trace } = readText((emit) => new HarReader(emit), text);
    expect(harOf(trace)).toMatchObject([
      {
        time: 12, timings, request: { method: 'PUT', url: 'https://a.test/x?y=1', httpVersion: 'HTTP/1.1', headers: [{ name: 'Accept', value: '*/*' }], queryString: [{ name: 'y', value: '1' }] },
        response: { status: 201, headers: [{ name: 'Content-Type', value: 'text/plain' }], content: { size: 5, mimeType: 'text/plain' } },
      },
      { request: { url: 'http://b.test:8080/' }, _error: 'net::ERR_FAILED' },
    ]);
  });

  test('ETW of WinINet gives the URL from its handles, and headers, status and phases from its events', () => {
    const win = (time: number, id: number, fields: Readonly<Record<string, string>>, version = 0) => ({ provider: 'Microsoft-Windows-WinINet' as const, id, time, fields, version });
    const { trace } = readXml(xmlTrace([
      win(0, 101, { HINTERNET: '0xCC0004', UserAgent: 'demo/1.0' }), win(1, 103, { ConnectionHandle: '0xCC0008', ParentHandle: '0xCC0004', ServerName: 'a.test', ServerPort: '443', Service: 'HTTP' }),
      win(2, 104, { ConnectionHandle: '0xCC000C', ParentHandle: '0xCC0008', Verb: 'GET', ObjectName: '/slow', Version: 'HTTP/1.1' }), win(3, 200, { HINTERNET: '0xCC000C', Context: '0x1' }, 1),
      win(4, 210, { RequestHandle: '0xCC000C', Length: '40', Headers: 'GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n' }), win(5, 201, { RequestHandle: '0xCC000C', SocketHandle: '0x3f0', Verb: 'GET' }),
      win(9, 203, { ResponseCode: '404', RequestHandle: '0xCC000C', SocketHandle: '0x3f0', Verb: 'GET', ContentLength: '5' }),
      win(9, 211, { RequestHandle: '0xCC000C', Length: '9', Headers: 'HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\n' }), win(12, 209, { RequestHandle: '0xCC000C' }),
    ]));
    expect(harOf(trace)).toMatchObject([{
      request: { method: 'GET', url: 'https://a.test/slow', httpVersion: 'HTTP/1.1', headers: [{ name: 'Host', value: 'a.test' }] },
      response: { status: 404, statusText: 'Not Found', content: { mimeType: 'text/plain' } }, timings: { wait: 4, receive: 3 },
    }]);
  });

  test('NetLog gives an entry for each time that a request was sent: before and after a redirect', () => {
    const types = { REQUEST_ALIVE: 1, URL_REQUEST_START_JOB: 2, HTTP_TRANSACTION_SEND_REQUEST_HEADERS: 3, HTTP_TRANSACTION_READ_RESPONSE_HEADERS: 4 };
    let time = 0;
    const said = (type: keyof typeof types, phase: number, params?: object): object => ({ type: types[type], phase, time: String(time += 1), source: { id: 7, type: 1, start_time: '0' }, ...(params === undefined ? {} : { params }) });
    const job = (url: string, answer: readonly string[]): readonly object[] => [
      said('URL_REQUEST_START_JOB', 1, { method: 'GET', url }), said('HTTP_TRANSACTION_SEND_REQUEST_HEADERS', 0, { headers: ['Host: a.test'], line: 'GET / HTTP/1.1\r\n' }),
      said('HTTP_TRANSACTION_READ_RESPONSE_HEADERS', 0, { headers: answer }), said('URL_REQUEST_START_JOB', 2),
    ];
    const { trace } = readText((emit) => new NetLogReader(emit), JSON.stringify({
      constants: { logEventTypes: types, logSourceType: { URL_REQUEST: 1 }, logEventPhase: { PHASE_NONE: 0, PHASE_BEGIN: 1, PHASE_END: 2 }, netError: {}, timeTickOffset: '0', clientInfo: { name: 'Chromium', version: '1' }, logFormatVersion: 1 },
      events: [said('REQUEST_ALIVE', 1), ...job('http://a.test/', ['HTTP/1.1 302 Found', 'Location: /end']), ...job('http://a.test/end', ['HTTP/1.1 200 OK']), said('REQUEST_ALIVE', 2)],
    }));
    expect(harOf(trace)).toMatchObject([
      { request: { url: 'http://a.test/', httpVersion: 'HTTP/1.1' }, response: { status: 302, redirectURL: '/end' } }, { request: { url: 'http://a.test/end' }, response: { status: 200, statusText: 'OK' } },
    ]);
  });
});
