import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkScenarioText } from '../../../electron/scenario/assist/check-text';
import { completeScenario } from '../../../electron/scenario/assist/complete';
import { explainScenario } from '../../../electron/scenario/assist/explain';
import { placeAt } from '../../../electron/scenario/assist/place-at';

const HEAD = `scenario: x
ports: [port]
server:
  routes:
    /slow: { delay: 1 }
steps:
  - call: InternetOpen
    with: { lpszAgent: a }
    as: session
`;

/** The labels offered where `|` stands in a text behind HEAD. */
function offered(written: string, head = HEAD): readonly string[] {
  const offset = head.length + written.indexOf('|');
  return completeScenario({ text: head + written.replace('|', ''), offset }).options.map(({ label }) => label);
}

describe('completion offers what can stand at a place', () => {
  test.each([
    ['the top of the file', 'sou|', '', ['source']],
    ['a step', '  - ca|', HEAD, ['call']],
    ['a function', '  - call: HttpSend|', HEAD, ['HttpSendRequest', 'HttpSendRequestEx', 'HttpSendHttpResponse', 'HttpSendResponseEntityBody']],
    ['beside the verb', '  - call: HttpOpenRequest\n    wi|', HEAD, ['with']],
    ['a parameter in braces', '  - call: HttpOpenRequest\n    with: { hCo|', HEAD, ['hConnect']],
    ['a parameter on a line of its own', '  - call: HttpOpenRequest\n    with:\n      hConnect: $session\n      lpszV|', HEAD, ['lpszVerb', 'lpszVersion']],
    ['a flag', '  - call: InternetOpen\n    with: { dwFlags: [INTERNET_FLAG_ASY|] }', HEAD, ['INTERNET_FLAG_ASYNC']],
    ['an access type', '  - call: InternetOpen\n    with: { dwAccessType: INTERNET_OPEN_TYPE_DIR|', HEAD, ['INTERNET_OPEN_TYPE_DIRECT']],
    ['a name that is bound', '  - call: InternetCloseHandle\n    with: { hInternet: $se|', HEAD, ['$session', '$server', '$server.host', '$server.port', '$server.requests']],
    ['what a call expects', '  - call: InternetCloseHandle\n    expect: { last|', HEAD, ['lastError']],
    ['a last error', '  - call: InternetCloseHandle\n    expect: { lastError: ERROR_IO_PEN|', HEAD, ['ERROR_IO_PENDING']],
    ['a callback to wait for', '  - wait: { callback: HANDLE_CLO|', HEAD, ['INTERNET_STATUS_HANDLE_CLOSING']],
    ['a callback in a list', '  - expect:\n      callbacks:\n        ordered:\n          - INTERNET_STATUS_REDI|', HEAD, ['INTERNET_STATUS_REDIRECT']],
    ['what an expect step expects', '  - expect:\n      callb|', HEAD, ['callbacks']],
    ['an invariant', '  - expectTrace: closing-|', HEAD, ['closing-is-last']],
    ['a rule of the referee', '  - expect: { findings: { closed-tw|', HEAD, ['closed-twice']],
    ['a step inside a callback', '  - on:\n      callback: INTERNET_STATUS_REDIRECT\n      do:\n        - mar|', HEAD, ['mark']],
    ['an answer of a route', 'server:\n  routes:\n    /a: { del|', 'scenario: x\n', ['delay']],
    ['the state of a handle', '  - expect: { tree: { $session: clos|', HEAD, expect.arrayContaining(['closed', 'closing'])],
  ])('%s', (_where, written, head, labels) => {
    const found = offered(written, head);
    if (Array.isArray(labels)) expect([...found].sort()).toEqual([...labels].sort());
    else expect(found).toEqual(labels);
  });

  test('what begins with what is written comes first, then what holds it; nothing is offered inside a text for people', () => {
    expect(offered('  - call: SendRequest|')[0]).toContain('SendRequest');
    expect(offered('title: any|', 'scenario: x\n')).toEqual([]);
    expect(offered('notes: |\n  cal|'.replace('|', '>'), 'scenario: x\n').includes('call')).toBe(false);
  });
});

describe('the words under the pointer', () => {
  const at = (text: string, word: string): ReturnType<typeof explainScenario> => explainScenario({ text, offset: text.indexOf(word) + 2 });
  const text = `${HEAD}  - call: HttpSendRequest\n    with: { hRequest: $request }\n    expect: { returns: false, lastError: ERROR_IO_PENDING }\n`;

  test('are told with their page, their number or their meaning', () => {
    expect(at(text, 'HttpSendRequest')).toMatchObject({ title: 'HttpSendRequest', page: 'https://learn.microsoft.com/windows/win32/api/wininet/nf-wininet-httpsendrequestw' });
    expect(at(text, 'hRequest')).toMatchObject({ title: 'hRequest of HttpSendRequest', text: 'HINTERNET' });
    expect(at(text, 'ERROR_IO_PENDING')).toMatchObject({ text: '997, of WIN32_ERRORS' });
    expect(at(text, 'lastError')).toMatchObject({ text: 'GetLastError behind it' });
    expect(at(text, 'scenario')).toMatchObject({ text: 'its name, required' });
    expect(explainScenario({ text: ' ', offset: 0 })).toBeUndefined();
  });
});

describe('a check of a text', () => {
  test('tells the steps of a scenario, and the mistakes of what is none at their line and column', () => {
    expect(checkScenarioText(`${HEAD}  - mark: here\n`)).toEqual({
      title: 'x', problems: [], more: 0, steps: [{ path: '1', line: 7, title: 'InternetOpen()' }, { path: '2', line: 10, title: 'mark here' }],
    });
    expect(checkScenarioText(`${HEAD}  - call: InternetClos\n    with: {}\n`).problems).toEqual([expect.objectContaining({ line: 10, column: 11, message: expect.stringContaining('Did you mean') })]);
  });

  test('of a text full of mistakes tells the first of them, and how many there are besides', () => {
    const { problems, more } = checkScenarioText(`scenario: x\nsteps:\n${'  - call: InternetClose\n'.repeat(1000)}`);
    expect([problems.length, more]).toEqual([100, 900]);
    expect(JSON.stringify(problems).length).toBeLessThan(100_000);
  });
});

test('every place of every scenario can be asked about, however much of the text is there', () => {
  const folder = path.resolve(import.meta.dirname, '../../../electron/scenario/gallery/tour');
  const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
  fc.assert(fc.property(fc.constantFrom(...texts), fc.nat(4000), fc.boolean(), (text, place, cut) => {
    const offset = Math.min(place, text.length);
    const given = cut ? text.slice(0, offset) : text;
    const found = placeAt(given, offset);
    expect(given.slice(found.from, offset)).toBe(found.word);
    completeScenario({ text: given, offset });
    explainScenario({ text: given, offset });
  }), { numRuns: 2000 });
});
