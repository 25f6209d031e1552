import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAboutHandlers } from '../../../electron/ipc/about-handlers';
import { createCopyHandlers } from '../../../electron/ipc/copy-handlers';
import { createScenarioHandlers } from '../../../electron/ipc/scenario-handlers';
import { createExchangeHandlers } from '../../../electron/ipc/exchange-handlers';
import { createHandlers, type Handlers } from '../../../electron/ipc/handlers';
import { OthersCommands } from '../../../electron/shell/record-others/others-commands';
import { UpdateStream } from '../../../electron/ipc/update-stream';
import { NO_RETENTION, NO_WINDOWS } from './quiet-handlers';
import type { About } from '../../../preload/contract/about';
import type { HandleId } from '../../../preload/contract/ids';
import { err, ok } from '../../../preload/contract/result';
import type { Update } from '../../../preload/contract/update';
import { App } from '../inspector/app';

const ABOUT: About = {
  version: '0.1.0', build: { commit: 'c0ffee', date: '2026-11-22T06:00:00Z', signed: false }, electron: '45.4.1', chrome: '150', node: '24', v8: '15', koffi: '3.3.4', engine: 'wininet.dll 11.0', system: 'Windows 10 x64',
  licence: 'Its own terms.', runtimeLicences: [], packages: [{ name: 'a-package', version: '1.2.3', licence: 'MIT', author: 'Somebody', page: '', text: 'Terms of a package.' }],
};

let app: App;
let updates: UpdateStream;
let sent: Update[];
let themes: string[];
let keys: unknown[];
let clipboard: string[];
let pages: string[];
let steps: string[];
let aboutThisBuild: Promise<About>;
let handlers: Handlers;

beforeEach(() => {
  app = new App();
  sent = [];
  themes = [];
  keys = [];
  clipboard = [];
  pages = [];
  steps = [];
  aboutThisBuild = Promise.resolve(ABOUT);
  updates = new UpdateStream(app.inspector, app.desk, (update) => sent.push(update));
  handlers = createHandlers({
    others: new OthersCommands(undefined, async () => undefined), desk: app.desk, recent: async () => [], commands: app.commands, updates, gallery: () => Promise.resolve([]), sweep: () => undefined, windows: NO_WINDOWS, info: { version: '0', platform: 'test', window: 0, tour: false, sweepEngines: ['portable'], renewable: false }, left: Promise.resolve([]), setTheme: (theme) => themes.push(theme), setKeys: (changes) => keys.push(changes), retention: NO_RETENTION, popup: async ({ groups }) => groups[0]?.[0]?.id, newEngine: async () => ({ ok: false, error: { kind: 'unavailable', api: 'A new engine', reason: 'none' } }), mayServe: async () => false, chooseBody: async () => undefined,
    copying: createCopyHandlers({
      desk: app.desk, bodyOf: () => new Uint8Array(), copyText: (text) => { clipboard.push(text); }, openAddress: async (address) => { pages.push(address); }, version: '0',
    }),
    writing: createScenarioHandlers({ choose: { open: async () => undefined, save: async () => undefined }, latest: () => undefined, copyText: () => undefined }),
    about: createAboutHandlers({ about: () => aboutThisBuild, takeUpdateStep: async (step) => { steps.push(step); return steps.length > 1 ? err('not now') : ok(undefined); }, copyText: (text) => { clipboard.push(text); } }),
    exchange: createExchangeHandlers({ desk: app.desk, choose: { save: async () => undefined, open: async () => undefined, any: async () => undefined }, copyText: () => undefined, progress: () => undefined, version: '0' }),
  });
});
afterEach(async () => {
  updates.dispose();
  await app.dispose();
});

describe('about the application', () => {
  test('the versions are copied as lines that a report can quote', async () => {
    expect(await handlers.about()).toEqual({ ok: true, value: ABOUT });
    expect(await handlers.copyAbout({ kind: 'versions' })).toEqual({ ok: true, value: undefined });
    expect(clipboard[0]?.split('\n')).toEqual([
      'Hinspector: 0.1.0', 'Build: c0ffee of 2026-11-22T06:00:00Z, unsigned', 'Engine: wininet.dll 11.0', 'koffi: 3.3.4', 'Electron: 45.4.1', 'Chromium: 150', 'Node: 24', 'V8: 15', 'System: Windows 10 x64',
    ]);
  });

  test('a licence is copied whole, and one of nobody is none', async () => {
    await handlers.copyAbout({ kind: 'licence' });
    await handlers.copyAbout({ kind: 'licence', package: 'a-package' });
    expect(clipboard).toEqual(['Its own terms.', 'a-package 1.2.3, MIT\n\nTerms of a package.']);
    expect(await handlers.copyAbout({ kind: 'licence', package: '../main.cjs' })).toMatchObject({ ok: false, error: { kind: 'invalid-argument' } });
    expect(clipboard).toHaveLength(2);
  });

  test('where the notices were not made it says so', async () => {
    aboutThisBuild = Promise.reject(new Error('no such file: notices.json'));
    expect(await handlers.about()).toMatchObject({ ok: false, error: { kind: 'file', message: expect.stringContaining('notices.json') } });
    expect(await handlers.copyAbout({ kind: 'versions' })).toMatchObject({ ok: false });
  });

  test('a step of an update is taken, and why one is not is told', async () => {
    expect(await handlers.appUpdate('check')).toEqual({ ok: true, value: undefined });
    expect(await handlers.appUpdate('download')).toMatchObject({ ok: false, error: { kind: 'unavailable', reason: 'not now' } });
    expect(await handlers.appUpdate('install')).toMatchObject({ ok: false, error: { kind: 'invalid-argument' } });
    expect(steps).toEqual(['check', 'download']);
  });
});

describe('what is copied', () => {
  beforeEach(() => handlers.run({ kind: 'open-client', url: 'http://127.0.0.1:1/copied', method: 'GET', headers: '', body: '', mode: 'sync', context: 'own' }));

  test('is code of the calls, as it was shown', () => {
    const request = { language: 'cpp', scope: { kind: 'all' } };
    const shown = handlers.code(request);
    expect(handlers.copy({ kind: 'code', code: request })).toEqual({ ok: true, value: undefined });
    expect(clipboard).toEqual([shown.ok && shown.value]);
    expect(clipboard[0]).toContain('L"/copied"');
  });

  test('is what the details say, as text and as JSON', () => {
    handlers.copy({ kind: 'details', target: { kind: 'event', seq: 0 }, format: 'text' });
    handlers.copy({ kind: 'details', target: { kind: 'event', seq: 0 }, format: 'json' });
    expect(clipboard[0]).toMatch(/^#0 InternetOpen\n[\s\S]*lpszAgent: Hinspector[\s\S]*learn\.microsoft\.com/);
    expect(JSON.parse(clipboard[1] ?? '')).toMatchObject({ kind: 'event', event: { api: 'InternetOpen' } });
  });

  test('is the raw value of a handle', () => {
    expect(handlers.copy({ kind: 'raw', handle: 1 })).toEqual({ ok: true, value: undefined });
    expect(clipboard[0]).toMatch(/^0x[0-9a-f]+$/);
  });

  test('of what is not there is refused, and the clipboard left alone', () => {
    expect(handlers.copy({ kind: 'details', target: { kind: 'handle', handle: 4711 }, format: 'text' })).toMatchObject({ ok: false });
    expect(handlers.copy({ kind: 'raw', handle: 4711 })).toMatchObject({ ok: false });
    expect(handlers.copy({ kind: 'code', code: { language: 'basic', scope: { kind: 'all' } } })).toMatchObject({ ok: false });
    expect(clipboard).toEqual([]);
  });
});

test('pages of Microsoft’s reference are opened in the browser, and nothing else is', async () => {
  const page = 'https://learn.microsoft.com/windows/win32/api/wininet/nf-wininet-internetopenw';
  expect(await handlers.openPage(page)).toEqual({ ok: true, value: undefined });
  for (const other of ['https://learn.microsoft.com.evil.example/', 'http://learn.microsoft.com/', 'file:///etc/passwd', 'https://learn.microsoft.com@evil.example/', 'https://learn.microsoft.com/%2e%2e', 7]) {
    expect(await handlers.openPage(other)).toMatchObject({ ok: false });
  }
  expect(pages).toEqual([page]);
});

describe('a command from the window', () => {
  test.each([
    ['a relative URL', { url: '/x' }, 'url', 'absolute'],
    ['another scheme', { url: 'ftp://a/' }, 'url', 'ftp'],
    ['a password in the URL', { url: 'http://u:p@a/' }, 'url', 'password'],
    ['a method with a space', { method: 'G ET' }, 'method', 'GET'],
    ['a header without a colon', { headers: 'X-A: b\nnonsense' }, 'headers', 'line 2'],
    ['a body that is no text', { body: 7 }, 'body', 'text'],
  ])('with %s is refused, and says which field and what to do', async (_what, wrong, field, says) => {
    const result = await handlers.run({ kind: 'open-client', url: 'http://127.0.0.1:1/', method: 'GET', headers: '', body: '', mode: 'async', context: 'own', ...wrong });
    expect(!result.ok && result.error).toMatchObject({ kind: 'invalid-argument', issues: [{ field, message: expect.stringContaining(says) }] });
    expect(app.trace.log.length).toBe(0);
  });

  test.each([
    ['no port', { urlPrefix: 'http://localhost/' }, 'port'],
    ['no slash at its end', { urlPrefix: 'http://localhost:8080/a' }, '/'],
    ['a port out of range', { urlPrefix: 'http://localhost:70000/' }, '65535'],
    ['a backslash in the queue name', { queueName: 'a\\b' }, 'backslash'],
  ])('for a server with %s is refused', async (_what, wrong, says) => {
    const result = await handlers.run({ kind: 'open-server', urlPrefix: 'http://localhost:8080/', queueName: '', ...wrong });
    expect(!result.ok && result.error).toMatchObject({ kind: 'invalid-argument', issues: [{ message: expect.stringContaining(says) }] });
    expect(app.trace.log.length).toBe(0);
  });

  test('for a handle that never was says so', async () => {
    const result = await handlers.run({ kind: 'close', handle: 4711 });
    expect(!result.ok && result.error).toMatchObject({ kind: 'stale-handle', message: expect.stringContaining('4711') });
  });

  test('with anything at all never throws and changes nothing', async () => {
    const hostile = fc.oneof(fc.anything(), fc.record({ kind: fc.constantFrom('close', 'cancel', 'respond', 'run-scenario', 'open-server', '__proto__'), handle: fc.anything(), request: fc.anything() }));
    await fc.assert(fc.asyncProperty(hostile, async (input) => {
      const results = [await handlers.run(input), handlers.timeline(input), handlers.events(input), handlers.details(input)];
      for (const result of results) expect(result.ok).toBe(false);
      expect(app.trace.log.length).toBe(0);
    }), { numRuns: 1000 });
  });

  test('sets no theme but the three', () => {
    for (const theme of ['light', 'pink', undefined, {}]) handlers.setTheme(theme);
    expect(themes).toEqual(['light']);
  });

  test('keys for the application menu are of commands and are keys, or nothing is changed', () => {
    expect(handlers.setKeys({ 'new-client': 'CmdOrCtrl+J', 'help': '' })).toEqual({ ok: true, value: undefined });
    expect(keys).toEqual([{ 'new-client': 'CmdOrCtrl+J', 'help': '' }]);
    for (const wrong of [{ 'format-disk': 'F2' }, { 'help': 'Ctrl+Ctrl' }, { 'help': 7 }, ['F2'], 'F2', { 'help': 'x'.repeat(1e6) }]) expect(handlers.setKeys(wrong)).toMatchObject({ ok: false, error: { kind: 'invalid-argument' } });
    expect(keys).toHaveLength(1);
  });
});

describe('the update stream', () => {
  test('sends a storm of events as few updates that together name every node', async () => {
    const url = await app.peer((_request, response) => response.end('x'));
    const requests: HandleId[] = [];
    for (let i = 0; i < 40; i += 1) requests.push(await app.client(`${url}/${i}`));
    await app.until('all answered', () => requests.every((id) => app.node(id).pending.length === 0));
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    const named = new Set(sent.flatMap((update) => [...update.nodes.map((node) => node.id), ...(update.many?.ids ?? [])]));
    expect(named.size).toBe(app.trace.tree.size);
    expect(sent.length * 10).toBeLessThan(app.trace.log.length);
  });

  test('names parents before children and ends at the newest revision', async () => {
    const url = await app.peer((_request, response) => response.end('x'));
    await app.client(`${url}/`);
    const { nodes, revision } = updates.snapshot();
    const seen = new Set<number>();
    for (const node of nodes) {
      expect(node.parent === undefined || seen.has(node.parent)).toBe(true);
      seen.add(node.id);
    }
    expect(revision).toBe(app.trace.log.length);
  });
});

describe('recording another program', () => {
  test('gives the command lines for Windows, by the plan that was asked for', () => {
    expect(handlers.othersCommands({ scope: 'servers', seconds: 30, megabytes: 64 })).toMatchObject({
      ok: true, value: { here: false, before: [expect.stringMatching(/^logman create trace .* -p Microsoft-Windows-HttpService .* -max 64 -ets$/)] },
    });
  });

  test.each([['a time that is none', { seconds: 1 }, 'seconds'], ['too much memory', { megabytes: 1e6 }, 'megabytes'], ['programs that there are not', { scope: 'all' }, 'scope']])('is refused with %s', async (_what, wrong, field) => {
    const result = await handlers.run({ kind: 'record-others', scope: 'both', seconds: 30, megabytes: 64, ...wrong });
    expect(!result.ok && result.error).toMatchObject({ kind: 'invalid-argument', issues: [{ field }] });
  });

  test('says where there is no Windows what to do instead', async () => {
    expect(await handlers.run({ kind: 'service-state' })).toEqual({ ok: false, error: { kind: 'unavailable', api: 'netsh', reason: expect.stringMatching(/dialog shows the commands/) } });
  });
});
