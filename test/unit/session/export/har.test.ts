import fc from 'fast-check';
import type { Entry, Har } from 'har-format';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { HTTP_PHASES } from '../../../../preload/contract/http-exchange';
import { parseHeaderLines } from '../../../../electron/http-exchange/header-fields';
import { PhaseClock } from '../../../../electron/http-exchange/phases';
import { RecordedBody } from '../../../../electron/http-exchange/recorded-body';
import { harContent } from '../../../../electron/session/export/har/body';
import { harRequestCookies, harResponseCookies } from '../../../../electron/session/export/har/cookies';
import { harTimings, totalTime } from '../../../../electron/session/export/har/timings';
import { exportPieces } from '../../../../electron/session/export/record-formats';
import { EVERY_EVENT } from '../../../../electron/session/export/export-source';
import type { Trace } from '../../../../electron/trace/trace';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { Trace as EmptyTrace } from '../../../../electron/trace/trace';
import { harValidator } from './har-schema';
import { recorded, sourceOf, STARTED_AT } from './recorded';

const validHar = harValidator();

function har(trace: Trace): Har {
  const value: unknown = JSON.parse([...exportPieces('har', sourceOf(trace), EVERY_EVENT)].join(''));
  expect(validHar(value), JSON.stringify(validHar.errors, undefined, 1)).toBe(true);
  // The schema has just said so.
  return value as Har;
}

async function entries(scenario: string): Promise<readonly Entry[]> {
  const { log } = har(await recorded(scenario));
  for (const entry of log.entries) {
    const { blocked = 0, dns = 0, connect = 0, send = 0, wait, receive, ssl = -1 } = entry.timings;
    const sum = [blocked, dns, connect, send, wait, receive].reduce((all, value) => all + Math.max(0, value), 0);
    expect(entry.time).toBeCloseTo(sum, 3);
    if (ssl >= 0) expect(ssl).toBeLessThanOrEqual(connect);
  }
  return log.entries;
}

/** A client of the scripted server: what it asks, and what the server answers. */
function client(routes: string, path_: string, steps: string): string {
  return `
scenario: exported
title: An exchange
server:
  routes: ${routes}
steps:
  - call: InternetOpen
    with: { lpszAgent: demo, dwAccessType: INTERNET_OPEN_TYPE_DIRECT, dwFlags: [INTERNET_FLAG_ASYNC] }
    as: session
  - call: InternetSetStatusCallback
    with: { hInternet: $session }
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: $server.host, nServerPort: $server.port, dwService: INTERNET_SERVICE_HTTP, dwContext: 2 }
    as: connection
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszVerb: POST, lpszObjectName: "${path_}", dwContext: 3 }
    as: request
${steps}`;
}

describe('HAR of what WinINet asked', () => {
  test('has the method, the address, the headers of every call that set one, the body and the answer', async () => {
    const [entry] = await entries(client(
      `{ /order: { status: 201, headers: { Content-Type: text/plain, Set-Cookie: "id=7; Path=/; HttpOnly" }, body: thanks } }`, '/order?n=1&n=2', `
  - call: HttpAddRequestHeaders
    with: { hRequest: $request, lpszHeaders: "X-One: 1\\r\\n", dwModifiers: HTTP_ADDREQ_FLAG_ADD }
  - call: HttpSendRequest
    with: { hRequest: $request, lpszHeaders: "Content-Type: text/plain\\r\\nCookie: a=b", lpOptional: two books }
    as: send
  - wait: { done: $send }
  - call: HttpQueryInfo
    with: { hRequest: $request, dwInfoLevel: HTTP_QUERY_RAW_HEADERS_CRLF }
  - readAll: { hFile: $request }
`));
    expect(entry?.request).toMatchObject({
      method: 'POST', bodySize: 9, queryString: [{ name: 'n', value: '1' }, { name: 'n', value: '2' }], cookies: [{ name: 'a', value: 'b' }],
      headers: [{ name: 'X-One', value: '1' }, { name: 'Content-Type', value: 'text/plain' }, { name: 'Cookie', value: 'a=b' }],
      postData: { mimeType: 'text/plain', text: 'two books' },
    });
    expect(entry?.request.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/order\?n=1&n=2$/);
    expect(entry?.response).toMatchObject({ status: 201, statusText: 'Created', content: { size: 6, text: 'thanks', mimeType: 'text/plain' } });
    expect(entry?.response.cookies).toMatchObject([{ name: 'id', value: '7', path: '/', httpOnly: true, secure: false }]);
    expect(entry?.serverIPAddress).toBe('127.0.0.1');
    expect(entry?.timings).toMatchObject({ ssl: -1 });
    for (const phase of ['dns', 'connect'] as const) expect(entry?.timings[phase]).toBeGreaterThanOrEqual(0);
    expect(Date.parse(entry?.startedDateTime ?? '')).toBeGreaterThanOrEqual(STARTED_AT);
  });

  test('gives a binary body as base64', async () => {
    const [entry] = await entries(client('{ /b: { body: { hex: ff00fe } } }', '/b', `
  - call: HttpSendRequest
    with: { hRequest: $request, lpOptional: { hex: 80ff } }
    as: send
  - wait: { done: $send }
  - readAll: { hFile: $request }
`));
    expect(entry?.response.content).toMatchObject({ size: 3, text: '/wD+', encoding: 'base64' });
    expect(entry?.request.postData).toMatchObject({ text: 'gP8=', _encoding: 'base64' });
  });

  test('names the error of a request that was closed while it was pending', async () => {
    const [entry] = await entries('electron/scenario/gallery/tour/1-close-a-slow-request-while-it-is-pending.yaml');
    expect(entry).toMatchObject({ _error: '12017 ERROR_INTERNET_OPERATION_CANCELLED', response: { status: 0 } });
    expect(entry?.timings.wait).toBeGreaterThan(0);
  });

  test('has an entry a hop of a redirect that was followed', async () => {
    const hops = await entries('test/conformance/scenarios/wininet/redirect-absolute.yaml');
    expect(hops).toHaveLength(2);
    expect(hops[0]?.response.redirectURL).toBe(hops[1]?.request.url);
    expect(hops[1]?.request.url).toContain('/new?x=1');
    expect(hops[1]?.response.content.text).toBe('new');
    const [first, second] = hops.map(({ startedDateTime }) => Date.parse(startedDateTime));
    expect(second).toBeGreaterThanOrEqual(first ?? 0);
  });

  test('knows the handshake of a secure request', async () => {
    const [entry] = await entries(client('{ /s: { body: secret } }', '/s', `
  - call: InternetSetOption
    with: { hInternet: $request, dwOption: INTERNET_OPTION_SECURITY_FLAGS, lpBuffer: { hex: '00010000' } }
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
  - wait: { done: $send }
  - readAll: { hFile: $request }
`).replace('  routes:', '  tls: self-signed\n  routes:').replace('lpszVerb: POST', 'dwFlags: INTERNET_FLAG_SECURE'));
    expect(entry?.request.url).toMatch(/^https:/);
    expect(entry?.timings.ssl).toBeGreaterThan(0);
    expect(entry?.response.content.text).toBe('secret');
  });

  test('takes a send without callbacks as waited for', async () => {
    const [, second] = await entries('test/conformance/scenarios/wininet/tls-untrusted-authority-ignored.yaml');
    expect(second?.timings).toMatchObject({ blocked: -1, dns: -1, connect: -1, ssl: -1 });
    expect(second?.timings.wait).toBeGreaterThan(0);
  });

  test('knows the handle that InternetOpenUrl made', async () => {
    const [entry] = await entries('test/conformance/scenarios/wininet/wi-openurl-async.yaml');
    expect(entry?.request.url).toMatch(/\/ok$/);
    expect(entry?.response.content.text).toBe('hello');
  });

  test('counts every send of a handle by itself', async () => {
    const sends = await entries('test/conformance/scenarios/wininet/failed-request-can-be-sent-again.yaml');
    expect(sends.length).toBeGreaterThan(1);
  });
});

describe('HAR of what http.sys answered', () => {
  test('has the request as its server saw it, and its answer', async () => {
    const all = await entries('electron/scenario/gallery/tour/5-cancel-a-server-request-its-client-sees-it.yaml');
    expect(all).toHaveLength(2);
    expect(all[0]).toMatchObject({ _side: 'server', _error: 'HttpCancelHttpRequest', request: { method: 'GET', httpVersion: 'HTTP/1.1' }, response: { status: 0 } });
    expect(all[0]?.request.url).toMatch(/^http:\/\/localhost:\d+\/report$/);
    expect(all[1]).toMatchObject({ response: { status: 200, statusText: 'OK', content: { size: 5, text: 'hello' } } });
    expect(all[1]).not.toHaveProperty('_error');
  });

  test('has the bodies that were received and sent in pieces', async () => {
    const bodies = await entries('test/conformance/scenarios/http-server/body-arguments-checked.yaml');
    expect(bodies.length).toBeGreaterThan(0);
  });
});

describe('HAR', () => {
  test('of any scenario is valid by its schema', async () => {
    const folder = path.resolve(import.meta.dirname, '../../../../electron/scenario/gallery/rules');
    for (const file of readdirSync(folder).filter((name) => name.includes('-rule-1-') || name.includes('-rule-3-'))) {
      await entries(`electron/scenario/gallery/rules/${file}`);
    }
  }, 60_000);

  test('of a long trace has every exchange, in the order they began', () => {
    const trace = new EmptyTrace();
    for (const event of syntheticTrace({ events: 20_000, handles: 300, seed: 3 })) trace.append(event);
    const { log } = har(trace);
    expect(log.entries).toHaveLength(300);
    const starts = log.entries.map(({ startedDateTime }) => Date.parse(startedDateTime));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  test('splits any time into phases that add up to it', () => {
    const walk = fc.array(fc.record({ phase: fc.constantFrom(...HTTP_PHASES), after: fc.double({ min: 0, max: 1e6, noNaN: true }) }), { maxLength: 30 });
    fc.assert(fc.property(walk, fc.double({ min: 0, max: 1e6, noNaN: true }), (steps, start) => {
      const clock = new PhaseClock('blocked', start);
      let time = start;
      for (const { phase, after } of steps) clock.enter(phase, time += after);
      const timings = harTimings(clock.totals(time));
      expect(Math.abs(totalTime(timings) - (time - start))).toBeLessThan(0.01);
    }));
  });

  test('keeps any body: what was recorded is what is written', () => {
    fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 5 }), (parts) => {
      const body = new RecordedBody();
      for (const part of parts) body.add({ bytes: part.length, hex: Buffer.from(part).toString('hex') });
      const { text = '', encoding, size } = harContent(body, undefined);
      const bytes = Buffer.concat(parts);
      expect(size).toBe(bytes.length);
      expect(Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8')).toEqual(bytes);
    }));
  });

  test('says how much of a body was recorded', () => {
    const body = new RecordedBody();
    body.add({ bytes: 5000, hex: '61'.repeat(4096) });
    body.add({ bytes: 3, hex: '626262' });
    expect(harContent(body, 'text/plain')).toEqual({ size: 5003, mimeType: 'text/plain', text: 'a'.repeat(4096), comment: 'The first 4096 of 5003 bytes were recorded.' });
  });

  test('reads header lines and cookies as they are sent', () => {
    expect(parseHeaderLines('HTTP/1.1 200 OK\r\nA: 1\r\nB:2:3\r\n\r\n')).toEqual([{ name: 'A', value: '1' }, { name: 'B', value: '2:3' }]);
    expect(harRequestCookies([{ name: 'cookie', value: 'a=1; b=2=3' }])).toEqual([{ name: 'a', value: '1' }, { name: 'b', value: '2=3' }]);
    expect(harResponseCookies([{ name: 'Set-Cookie', value: 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Secure; Domain=x.test' }])).toEqual([
      { name: 'a', value: '1', expires: '2026-10-21T07:28:00.000Z', secure: true, httpOnly: false, domain: 'x.test' },
    ]);
  });
});
