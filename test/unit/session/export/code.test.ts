import { beforeAll, describe, expect, test } from 'vitest';
import type { CodeLanguage, CodeScope } from '../../../../preload/contract/code';
import { handleId, seq } from '../../../../preload/contract/ids';
import { codeOf } from '../../../../electron/session/export/code/code';
import { cppText, csharpText } from '../../../../electron/session/export/code/text-literals';
import { loadScenario } from '../../../../electron/scenario/load-scenario';
import { scenarioPieces } from '../../../../electron/session/export/scenario/scenario';
import { syntheticTrace } from '../../../../electron/trace/synthetic';
import { Trace } from '../../../../electron/trace/trace';
import { HIDDEN_VALUE } from '../../../../preload/contract/event';
import { App } from '../../inspector/app';
import { recorded, sourceOf } from './recorded';

const CLIENT = `
scenario: posted
title: An asynchronous POST with quotes in its header
server:
  routes:
    /a: { status: 200, body: ok }
steps:
  - call: InternetOpen
    with: { lpszAgent: 'a "demo" \\\\ of ü', dwAccessType: INTERNET_OPEN_TYPE_DIRECT, dwFlags: [INTERNET_FLAG_ASYNC] }
    as: session
  - call: InternetSetStatusCallback
    with: { hInternet: $session }
  - call: InternetSetOption
    with: { hInternet: $session, dwOption: INTERNET_OPTION_CONNECT_TIMEOUT, lpBuffer: 30000 }
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: $server.host, nServerPort: $server.port, dwService: INTERNET_SERVICE_HTTP, dwContext: 7 }
    as: connection
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszVerb: POST, lpszObjectName: /a, dwFlags: [INTERNET_FLAG_RELOAD, INTERNET_FLAG_NO_CACHE_WRITE], dwContext: 8 }
    as: request
  - call: HttpSendRequest
    with: { hRequest: $request, lpszHeaders: "X-One: 1", lpOptional: "x=1" }
    as: send
  - wait: { done: $send }
  - call: InternetCloseHandle
    with: { hInternet: $request }
`;

let client: Trace;
let server: Trace;

beforeAll(async () => {
  client = await recorded(CLIENT);
  server = await recorded('electron/scenario/gallery/tour/5-cancel-a-server-request-its-client-sees-it.yaml');
});

function code(trace: Trace, language: CodeLanguage, scope: CodeScope = { kind: 'all' }): string {
  const made = codeOf(sourceOf(trace), { language, scope });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

function callOf(trace: Trace, api: string): CodeScope {
  const event = [...trace.log].find((one) => one.kind === 'call' && one.api === api);
  if (event === undefined) throw new Error(`no ${api} was recorded`);
  return { kind: 'call', seq: event.seq };
}

describe('what was kept out of the recording', () => {
  async function withPassword(): Promise<Trace> {
    const app = new App();
    try {
      await app.client('http://127.0.0.1:1/', { user: 'me', password: 'pass-phrase', mode: 'sync' });
      return app.trace;
    } finally {
      await app.dispose();
    }
  }

  test('is in no export: code has an empty place that says so, and what else is written has the mask', async () => {
    const trace = await withPassword();
    const cpp = code(trace, 'cpp');
    expect(cpp).toContain('L"" /* kept out of the recording: yours */,');
    expect(code(trace, 'csharp')).toContain('lpszPassword: "" /* kept out of the recording: yours */');
    const steps = code(trace, 'scenario');
    expect(steps).toContain('# Of lpszPassword nothing was recorded: write yours.');
    const whole = [...scenarioPieces(sourceOf(trace))].join('');
    expect(loadScenario(whole)).toMatchObject({ ok: true });
    for (const text of [cpp, steps, whole]) {
      expect(text).not.toContain('pass-phrase');
      expect(text).not.toContain(HIDDEN_VALUE);
    }
    expect(JSON.stringify([...trace.log])).toContain(HIDDEN_VALUE);
  });
});

describe('of a recording of a hundred thousand events', () => {
  const long = new Trace();
  for (const event of syntheticTrace({ events: 110_000, handles: 100, seed: 3 })) long.append(event);

  test('one call is a step by itself, with its handle by its kind', () => {
    const request = [...long.tree.all()].find(({ kind }) => kind === 'request');
    if (request === undefined) expect.fail('no request');
    const { seq: place } = long.append({ kind: 'call', api: 'InternetReadFile', width: 'W', args: { hFile: request.raw, dwNumberOfBytesToRead: 9 }, inCallback: undefined, origin: '', handle: request.id, thread: 1 });
    const step = code(long, 'scenario', { kind: 'call', seq: place });
    expect(step).toContain('# The recording is too long');
    expect(step).toMatch(/- call: InternetReadFile\n {2}with: \{ hFile: \$request, .*dwNumberOfBytesToRead: 9/);
  });

  test('all steps are refused, with what to do', () => {
    const refused = codeOf(sourceOf(long), { language: 'scenario', scope: { kind: 'all' } });
    expect(refused).toMatchObject({ ok: false, error: { issues: [{ message: expect.stringContaining('File, Export') }] } });
  });
});

describe('recorded calls as C++', () => {
  test('name every parameter, and constants and flags by their names', () => {
    const text = code(client, 'cpp');
    expect(text).toMatch(/HINTERNET session = InternetOpenW\(\n\s+L"a \\"demo\\" .*",\s+\/\/ lpszAgent\n\s+INTERNET_OPEN_TYPE_DIRECT,\s+\/\/ dwAccessType/);
    expect(text).toMatch(/INTERNET_FLAG_DONT_CACHE \| INTERNET_FLAG_RELOAD,\s+\/\/ dwFlags/);
    expect(text).toMatch(/INTERNET_OPTION_CONNECT_TIMEOUT,\s+\/\/ dwOption/);
    expect(text).toContain('= 30000;');
  });

  test('pass handles on by the variables that the calls before them filled', () => {
    const text = code(client, 'cpp');
    expect(text).toMatch(/HINTERNET connection = InternetConnectW\(\n\s+session,/);
    expect(text).toMatch(/HINTERNET request = HttpOpenRequestW\(\n\s+connection,/);
    expect(text).toMatch(/HttpSendRequestW\(\n\s+request,/);
  });

  test('wait where the recording waited, and say what it saw', () => {
    const text = code(client, 'cpp');
    expect(text).toContain('// Recorded: FALSE · 997 ERROR_IO_PENDING');
    expect(text.indexOf('WaitForSingleObject(completed')).toBeGreaterThan(text.indexOf('HttpSendRequestW'));
  });

  test('lay out structures by their fields, and take ids from where the API wrote them', () => {
    const text = code(server, 'cpp');
    expect(text).toContain('.Flags.Present = 1;');
    expect(text).toMatch(/propertyInformation\w*\.RequestQueueHandle = requestQueueHandle;/);
    expect(text).toMatch(/HttpCancelHttpRequest\(\n\s+requestQueueHandle,.*\n\s+requestBuffer\w*\.RequestId,/);
  });

  test('of one call alone declare the handle that it needs', () => {
    const text = code(client, 'cpp', callOf(client, 'HttpSendRequest'));
    expect(text).toMatch(/HINTERNET request = NULL; {2}\/\/ yours; in the recording it was 0x/);
    expect(text).not.toContain('InternetOpenW');
  });

  test('of a handle are those of it and of what it was opened from', () => {
    const request = [...client.tree.all()].find(({ kind }) => kind === 'request');
    if (request === undefined) throw new Error('no request was recorded');
    const text = code(client, 'cpp', { kind: 'handle', handle: request.id });
    for (const api of ['InternetOpenW', 'InternetConnectW', 'HttpOpenRequestW', 'HttpSendRequestW', 'InternetCloseHandle']) expect(text).toContain(`${api}(`);
  });
});

describe('recorded calls as C#', () => {
  test('declare each function once, exactly as exported, and the constants they use', () => {
    const text = code(client, 'csharp');
    expect(text.match(/static extern IntPtr InternetOpenW\(/g)).toHaveLength(1);
    expect(text).toContain('const uint INTERNET_FLAG_ASYNC = 0x10000000;');
    expect(text).toContain('ExactSpelling = true');
  });

  test('name every argument, and use handles as they were made', () => {
    const text = code(client, 'csharp');
    expect(text).toMatch(/IntPtr connection = InternetConnectW\(\n\s+hInternet: session,/);
    expect(text).toContain('lpszAgent: "a \\"demo\\" ');
    expect(code(server, 'csharp')).toMatch(/RequestId: \(ulong\)Marshal\.ReadInt64\(requestBuffer\w*, 16\)/);
  });
});

describe('recorded calls as scenario steps', () => {
  test('are steps of the scenario language', () => {
    const steps = code(client, 'scenario');
    const indented = steps.replaceAll(/^(?=.)/gm, '  ');
    const loaded = loadScenario(`scenario: pasted\ntitle: Pasted\nserver: { routes: { "POST /a": { status: 200 } } }\nsteps:\n${indented}`);
    expect(loaded.ok ? [] : loaded.error).toEqual([]);
  });

  test('of one call are that step alone', () => {
    const step = code(client, 'scenario', callOf(client, 'HttpOpenRequest'));
    expect(step.match(/^- call: /gm)).toEqual(['- call: ']);
    expect(step).toContain('lpszVerb: POST');
  });
});

test('an event that belongs to no call is refused with what to do', () => {
  expect(codeOf(sourceOf(client), { language: 'cpp', scope: { kind: 'call', seq: seq(4_000_000) } })).toMatchObject({ ok: false, error: { issues: [{ message: expect.stringContaining('Select a call') }] } });
  expect(codeOf(sourceOf(client), { language: 'cpp', scope: { kind: 'handle', handle: handleId(999) } })).toMatchObject({ ok: false });
});

test('text is escaped so that nothing after it is taken for part of an escape', () => {
  expect(cppText('é1\n"\\??=', true)).toBe('L"\\x00e9" L"1\\n\\"\\\\?\\?="');
  expect(cppText('\u00019', false)).toBe('"\\0019"');
  expect(csharpText('é\u0000??"')).toBe('"\\u00e9\\u0000??\\""');
});
