import * as fc from 'fast-check';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Handlers } from '../../../electron/ipc/handlers';
import { UpdateStream } from '../../../electron/ipc/update-stream';
import type { InspectorBridge } from '../../../preload/contract/bridge';
import { CHANNELS } from '../../../preload/contract/channels';
import { COMMAND_CATALOG } from '../../../preload/contract/command-catalog';
import { isKeys } from '../../../preload/contract/command-keys';
import type { Command } from '../../../preload/contract/command';
import type { InspectorError } from '../../../preload/contract/errors';
import { COMMAND_SCHEMA } from '../../../preload/contract/schemas';
import { App } from '../inspector/app';
import { hostileArgument } from './hostile';
import { quietHandlers } from './quiet-handlers';

const RUNS = 10_000;
const SEED = Number(process.env['HINSPECTOR_SEED'] ?? Date.now() % 2 ** 31);

const OTHERS_PLAN = { scope: 'both', seconds: 60, megabytes: 64 };
const RULE = { method: 'GET', matching: 'wildcard', path: '/a/*', header: 'Accept: json', times: 2, action: { kind: 'answer', delay: 5, status: 200, reason: 'OK', headers: 'A: b', body: '{}', bodyKind: 'json' } };
const CODE = { language: 'cpp', scope: { kind: 'all' } };

/** A right command of every kind, for one thing to be made wrong in it. A new kind does not compile without. */
const COMMANDS: { readonly [K in Command['kind']]: unknown } = {
  'open-client': { kind: 'open-client', url: 'http://127.0.0.1:1/', method: 'GET', headers: 'A: b', body: 'x', mode: 'async', context: 'own' },
  'open-server': { kind: 'open-server', urlPrefix: 'http://localhost:8080/', queueName: 'demo', headerTimeout: 3, bandwidth: 2048, rules: [RULE] },
  'set-answer-rules': { kind: 'set-answer-rules', queue: 4_000_000, rules: [RULE] },
  'respond': { kind: 'respond', request: 1, status: 200, reason: 'OK', headers: 'A: b', body: 'x' },
  'cancel': { kind: 'cancel', request: 1 },
  'close': { kind: 'close', handle: 4_000_000 },
  'run-scenario': { kind: 'run-scenario', id: 'tour/get', text: 'scenario: x', held: true, breaks: { lines: [3], callbacks: 'every' } },
  'stop-scenario': { kind: 'stop-scenario' },
  'control-scenario': { kind: 'control-scenario', action: 'step' },
  'break-scenario': { kind: 'break-scenario', breaks: { lines: [1, 2], callbacks: [70] } },
  'run-sweep': { kind: 'run-sweep', id: 'tour/get', action: 'close', name: 'request', engines: ['portable'], seconds: 10 },
  'stop-sweep': { kind: 'stop-sweep' },
  'open-file': { kind: 'open-file', path: '/etc/passwd' },
  'stop-opening': { kind: 'stop-opening' },
  'save-file': { kind: 'save-file' },
  'close-file': { kind: 'close-file' },
  'begin-anew': { kind: 'begin-anew' },
  'annotate': { kind: 'annotate', annotation: { kind: 'note', text: 'x', place: { kind: 'handle', handle: 4_000_000 } } },
  'remove-annotation': { kind: 'remove-annotation', id: 'x' },
  'record-others': { kind: 'record-others', ...OTHERS_PLAN },
  'stop-recording-others': { kind: 'stop-recording-others' },
  'service-state': { kind: 'service-state' },
  'dismiss-others': { kind: 'dismiss-others' },
  'new-engine': { kind: 'new-engine' },
  'new-window': { kind: 'new-window' },
  'close-window': { kind: 'close-window' },
  'magnify': { kind: 'magnify', step: 'larger' },
};

/** Right arguments of every method of the bridge. A new method does not compile without. */
const RIGHT: { readonly [K in keyof Handlers]: readonly unknown[] } = {
  info: [], snapshot: [], findings: [], sweep: [], gallery: [], recent: [],
  run: [
    ...Object.values(COMMANDS),
    { kind: 'annotate', annotation: { kind: 'bookmark', time: 1 } }, { kind: 'annotate', id: 'x', annotation: { kind: 'mute', rule: 'x', handle: 1, reason: 'x' } },
    { kind: 'annotate', annotation: { kind: 'note', text: 'x', place: { kind: 'time', time: 1 } } },
  ],
  timeline: [{ from: 0, to: 1000, pixels: 800, lanes: [1, 2] }],
  events: [{ offset: 0, count: 50, text: 'GET', handle: 1, stopped: false }],
  details: [{ kind: 'event', seq: 1 }, { kind: 'handle', handle: 1 }],
  httpExchange: [{ handle: 1, place: 0, event: 1, asOf: 10, seen: { place: 0, last: 4, state: 'complete' } }, { handle: 3 }],
  checkScenario: ['scenario: x\nsteps: []\n'], openScenario: [], copyResults: ['text'],
  completeScenario: [{ text: 'scenario: x\nsteps:\n  - ca', offset: 12 }], explainScenario: [{ text: 'scenario: x\n', offset: 3 }],
  saveScenario: [{ text: 'scenario: x\n', name: 'mine' }],
  dropped: ['/tmp/x.hinspect'],
  setTheme: ['dark'],
  retention: [], setRetention: [20],
  contextMenu: [{ x: 10, y: 20, groups: [[{ id: 'close-handle', off: undefined }, { id: 'respond', off: 'Select a received server request to respond to.' }], [{ id: 'fit' }]] }],
  setKeys: [{ 'help': 'F1', 'new-client': 'CmdOrCtrl+Shift+J', 'fit': '' }],
  othersCommands: [OTHERS_PLAN],
  exportAs: [{ kind: 'record', format: 'csv', text: '', handle: 1 }, { kind: 'picture', format: 'png', bytes: new Uint8Array(4) }],
  stopExchange: [], compare: [], chooseBodyFile: [], about: [],
  answerRules: [4_000_000],
  copyAbout: [{ kind: 'versions' }, { kind: 'licence', package: 'a-package' }, { kind: 'licence' }],
  appUpdate: ['check', 'download'],
  copyFinding: [{ rule: 'closed-twice', event: 1 }],
  code: [CODE],
  copy: [{ kind: 'code', code: CODE }, { kind: 'raw', handle: 1 }, { kind: 'bytes', seq: 1, place: 0 }, { kind: 'http', query: { handle: 3, place: 0 }, of: 'request', what: { kind: 'field', place: 0 } }, { kind: 'details', target: { kind: 'handle', handle: 1 }, format: 'json' }],
  openPage: ['https://learn.microsoft.com/windows/'],
  comparedRows: [{ offset: 0, count: 50, differing: false }],
  nextDifference: [{ from: 0, direction: 'next' }],
};

const ERROR_KINDS: { readonly [K in InspectorError['kind']]: true } = {
  'win32': true, 'stale-handle': true, busy: true, 'invalid-argument': true, 'unavailable': true, 'engine-lost': true, 'file': true, 'stopped': true,
};

let app: App;
let updates: UpdateStream;
let handlers: Handlers;
const themes: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  console.info(`HINSPECTOR_SEED=${SEED} repeats these`);
  app = new App();
  updates = new UpdateStream(app.inspector, app.desk, () => undefined);
  handlers = quietHandlers(app.desk, app.commands, updates, {
    setTheme: (theme) => { themes.push(theme); },
    setKeys: (changes) => {
      // What gets through makes a menu: Electron throws at an accelerator that is none.
      for (const [id, keys] of Object.entries(changes)) if (!COMMAND_CATALOG.some((entry) => entry.id === id) || (keys !== '' && !isKeys(keys))) throw new Error(`${id}: ${keys}`);
    },
    mayServe: async (prefix) => { asked.push(prefix); return false; },
  });
  // Handles of every kind, waiting: what could be closed, cancelled or answered by an argument that is taken for a right one.
  const url = await app.peer(() => undefined);
  const request = await app.client(`${url}/pending`);
  await app.until('the request is out', () => app.callbacks(request).includes('REQUEST_SENT'));
  const opened = await app.commands.run({ kind: 'open-server', urlPrefix: 'http://localhost:47311/', queueName: '' });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  void fetch('http://localhost:47311/waiting').catch(() => undefined);
  await app.until('a request has come in', () => nodes().some(({ kind }) => kind === 'server-request'));
});

afterAll(async () => {
  updates.dispose();
  await app.dispose();
});

function nodes(): ReturnType<App['node']>[] {
  return [...app.trace.tree.all()];
}

/** All that a refused argument must leave as it was. */
function state(): string {
  const registry = nodes().map(({ id }) => app.inspector.registry.get(id)?.raw.toString());
  return JSON.stringify([app.trace.log.length, app.trace.log.dropped, nodes(), registry, app.trace.annotations.all, app.desk.state(), app.desk.opening, themes.length]);
}

/** What really opens, closes or answers: right by accident, and tested where it is meant. */
function isRight(argument: unknown): boolean {
  const parsed = v.safeParse(COMMAND_SCHEMA, argument, { abortPipeEarly: true });
  if (!parsed.success) return false;
  const command = parsed.output;
  switch (command.kind) {
    case 'open-client': case 'begin-anew': return true;
    case 'open-server': return command.urlPrefix.includes('localhost');
    case 'set-answer-rules': return app.trace.tree.get(command.queue)?.kind === 'request-queue';
    case 'close': return app.trace.tree.get(command.handle) !== undefined && app.node(command.handle).kind !== 'server-request';
    case 'respond': case 'cancel': return app.trace.tree.get(command.request)?.kind === 'server-request';
    default: return false;
  }
}

function expectTypedError(answer: unknown): void {
  expect(answer).toMatchObject({ ok: false, error: { kind: expect.any(String) } });
  const { error } = answer as { readonly error: InspectorError };
  expect(Object.keys(ERROR_KINDS)).toContain(error.kind);
  // What is told back is no echo of what was sent, however long that was.
  expect(JSON.stringify(error).length).toBeLessThan(20_000);
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && Reflect.get(answer, 'ok') === false;
}

test('every channel of the bridge is fuzzed here: its methods are those of the handlers', () => {
  const { update: _update, menuCommand: _menuCommand, ...asking } = CHANNELS;
  expect(Object.keys(handlers).sort()).toEqual(Object.keys(asking).sort());
  expect(Object.keys(RIGHT).sort()).toEqual(Object.keys(handlers).sort());
  const ofBridge: { readonly [K in Exclude<keyof InspectorBridge, 'onUpdate' | 'onMenuCommand' | 'onFileDrop'>]: true } = {
    info: true, snapshot: true, run: true, timeline: true, events: true, details: true, httpExchange: true, findings: true, sweep: true, gallery: true, recent: true, setTheme: true, setKeys: true, contextMenu: true, retention: true, setRetention: true,
    checkScenario: true, completeScenario: true, explainScenario: true, openScenario: true, saveScenario: true, copyResults: true,
    answerRules: true, chooseBodyFile: true, othersCommands: true, about: true, copyAbout: true, appUpdate: true, exportAs: true, stopExchange: true, compare: true, copyFinding: true, code: true, copy: true, openPage: true, comparedRows: true, nextDifference: true,
  };
  expect(Object.keys(handlers)).toEqual(expect.arrayContaining(Object.keys(ofBridge)));
});

describe(`${RUNS.toLocaleString('en')} hostile arguments`, () => {
  // Of the type only the names: Object.keys gives no better.
  for (const method of Object.keys(RIGHT) as (keyof Handlers)[]) {
    test(`of ${method} each get a typed error or do no harm, and change nothing that is refused`, async () => {
      let refused = 0;
      await fc.assert(fc.asyncProperty(hostileArgument(RIGHT[method]), async (argument) => {
        if (method === 'run' && isRight(argument)) return;
        const before = state();
        // Each takes one argument or none, and gets what it does not expect.
        const call = handlers[method] as (given: unknown) => unknown;
        const answer = await call(argument);
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
        if (!isRefusal(answer)) return;
        refused += 1;
        expectTypedError(answer);
        if (state() !== before) expect(state()).toBe(before);
      }), { numRuns: RUNS, seed: SEED });
      // Most of what was sent was really wrong: the test is not one of nothing.
      if (RIGHT[method].length > 0) expect(refused).toBeGreaterThan(RUNS / 2);
      else expect(refused).toBe(0);
    }, 120_000);
  }
});

test('ids of other kinds, of nobody and of the past are stale handles, one by one', async () => {
  const before = state();
  const of = (...kinds: readonly string[]): readonly number[] => nodes().filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id);
  const others = nodes().filter(({ kind }) => kind !== 'server-request').map(({ id }) => id);
  expect(others.length).toBeGreaterThan(5);
  for (const request of [...others, 4_000_000, 2 ** 32 - 1]) {
    for (const command of [{ kind: 'cancel', request }, { kind: 'respond', request, status: 200, reason: '', headers: '', body: '' }]) {
      expect(await handlers.run(command)).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
    }
  }
  for (const handle of [...of('server-request'), 4_000_000]) expect(await handlers.run({ kind: 'close', handle })).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
  expect(state()).toBe(before);
});
