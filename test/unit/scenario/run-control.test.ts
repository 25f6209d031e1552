import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PortableEngine } from '../../../electron/engine/portable/portable-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { RunClock } from '../../../electron/scenario/run-clock';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { statusName } from '../../../electron/scenario/runner/callback-datum';
import { RunControl, type Breaks, type Standing } from '../../../electron/scenario/runner/run-control';
import { runScenario } from '../../../electron/scenario/runner/scenario-run';
import type { ScenarioResult } from '../../../electron/scenario/runner/step-result';
import { seq } from '../../../preload/contract/ids';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { failures, openRequest } from './run';

const ANSWERED = `
scenario: answered
server:
  routes:
    /quick: { body: x }
steps:${openRequest('/quick')}
  - on:
      callback: INTERNET_STATUS_REQUEST_SENT
      handle: $request
      do:
        - mark: sent
        - call: InternetQueryOption
          with: { hInternet: $request, dwOption: INTERNET_OPTION_HANDLE_TYPE, lpdwBufferLength: 4 }
          expect: { returns: true }
  - call: HttpSendRequest
    with: { hRequest: $request }
    as: send
    expect: { returns: false, lastError: ERROR_IO_PENDING }
  - wait: { done: $send, within: 400 }
  - call: InternetCloseHandle
    with: { hInternet: $request }
    expect: { returns: true }
`;

let engine: PortableEngine;
let inspector: Inspector;
beforeEach(() => use(new PortableEngine()));
afterEach(async () => engine.dispose());

function use(one: PortableEngine): void {
  engine = one;
  inspector = new Inspector(one);
}

/** A run in the hands of a person: what it is held at, one hold after another. */
class Run {
  readonly #standings: Standing[] = [];
  #waiting: ((standing: Standing | undefined) => void) | undefined;
  readonly control: RunControl;
  readonly result: Promise<ScenarioResult>;
  readonly stop = new AbortController();

  constructor(text: string, options: { readonly held?: boolean; readonly breaks?: Partial<Breaks> } = {}) {
    this.control = new RunControl({
      held: options.held ?? false,
      breaks: { lines: new Set(), callbacks: new Set(), ...options.breaks },
      changed: (standing) => {
        if (standing === undefined) return;
        this.#standings.push(standing);
        this.#waiting?.(this.#standings.shift());
      },
    });
    const scenario = loadScenario(text);
    if (!scenario.ok) throw new Error(JSON.stringify(scenario.error));
    this.result = runScenario(scenario.value, inspector, { engine: 'portable', control: this.control, signal: this.stop.signal });
    void this.result.then(() => this.#waiting?.(undefined));
  }

  /** The next hold in words; undefined when the run ended before one. */
  async held(): Promise<string | undefined> {
    const standing = this.#standings.shift() ?? await new Promise<Standing | undefined>((resolve) => { this.#waiting = resolve; });
    this.#waiting = undefined;
    if (standing === undefined) return undefined;
    switch (standing.at) {
      case 'step': return `${standing.step.path} ${standing.step.verb}`;
      case 'callback': return statusName(standing.callback.callback.dwInternetStatus);
      case 'pause': return 'paused';
    }
  }
}

function lineOf(text: string, words: string): number {
  return text.split('\n').findIndex((line) => line.includes(words)) + 1;
}

function callbacks(): readonly string[] {
  const names: string[] = [];
  for (let at = 0; at < inspector.trace.log.length; at += 1) {
    const event = inspector.trace.log.at(seq(at));
    if (event.kind === 'callback') names.push(statusName(event.status));
  }
  return names;
}

async function realTime(milliseconds: number): Promise<void> {
  await new Promise((resolve) => { setTimeout(resolve, milliseconds); });
}

describe('the clock of a run', () => {
  test('stands while it is held, and so does all that waits for it', async () => {
    const clock = new RunClock();
    const acted: string[] = [];
    clock.after(30, () => acted.push('first'));
    clock.hold();
    const stood = clock.now();
    clock.after(0, () => acted.push('second'));
    const called = clock.after(10, () => acted.push('called off'));
    await realTime(120);
    expect(clock.now()).toBe(stood);
    expect(acted).toEqual([]);
    called();
    clock.release();
    await clock.pause(200);
    expect(acted).toEqual(['second', 'first']);
  });
});

describe('stepping', () => {
  test('holds before every step in the order in which they are done, those inside a callback too', async () => {
    const run = new Run(ANSWERED, { held: true });
    const steps: (string | undefined)[] = [];
    for (let at = await run.held(); at !== undefined; at = await run.held()) {
      steps.push(at);
      run.control.stepOn();
    }
    expect(steps).toEqual(['1 call', '2 call', '3 call', '4 call', '5 on', '6 call', '7 wait', '5.1 mark', '5.2 call', '8 call']);
    expect(failures(await run.result)).toEqual([]);
  });

  test('what pends goes on pending between two steps: the scripted server stands still, and no wait runs out', async () => {
    const run = new Run(ANSWERED, { breaks: { lines: new Set([lineOf(ANSWERED, 'wait: {')]) } });
    expect(await run.held()).toBe('7 wait');
    await realTime(600);
    expect(callbacks()).not.toContain('RESPONSE_RECEIVED');
    run.control.goOn();
    expect(failures(await run.result)).toEqual([]);
    expect(callbacks()).toContain('RESPONSE_RECEIVED');
  });

  test('tells of each step where its events are', async () => {
    const { steps } = await new Run(ANSWERED).result;
    for (const { step, span } of steps.filter(({ step: { verb } }) => verb === 'call')) {
      const events = Array.from({ length: (span?.to ?? 0) - (span?.from ?? 0) }, (_, at) => inspector.trace.log.at(seq((span?.from ?? 0) + at)));
      expect(events.some((event) => event.kind === 'call' && event.origin.endsWith(`step ${step.path}`)), step.path).toBe(true);
    }
  });
});

describe('breaking on a callback', () => {
  const SENT = INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT;

  test('holds its thread: nothing comes behind it on the handle until the run goes on, and the wait for it does not run out', async () => {
    const run = new Run(ANSWERED, { breaks: { callbacks: new Set([SENT]) } });
    expect(await run.held()).toBe('REQUEST_SENT');
    await realTime(600);
    expect(callbacks().at(-1)).toBe('REQUEST_SENT');
    const { length } = inspector.trace.log;
    // Everything else can be looked at, and called.
    await inspector.call('InternetQueryOption', { hInternet: 0n, dwOption: 9 });
    expect(inspector.trace.log.length).toBe(length + 2);
    run.control.goOn();
    expect(failures(await run.result)).toEqual([]);
    expect(callbacks()).toEqual(expect.arrayContaining(['REQUEST_COMPLETE', 'HANDLE_CLOSING']));
    // How long it lasted is the person's doing: the record says so, and the referee does not hold it against the program.
    expect(Array.from({ length: inspector.trace.log.length }, (_, at) => inspector.trace.log.at(seq(at)))).toContainEqual(expect.objectContaining({ kind: 'callback-return', held: true }));
    expect(inspector.referee.all(true, inspector.trace.now()).map(({ rule }) => rule)).not.toContain('long-callback');
  });

  test('every callback can be broken on; each is held before the next one comes', async () => {
    const run = new Run(ANSWERED, { breaks: { callbacks: 'every' } });
    const held: (string | undefined)[] = [];
    for (let at = await run.held(); at !== undefined; at = await run.held()) {
      expect(callbacks().at(-1)).toBe(at);
      held.push(at);
      run.control.goOn();
    }
    expect(held).toEqual(expect.arrayContaining(['HANDLE_CREATED', 'SENDING_REQUEST', 'REQUEST_SENT', 'RESPONSE_RECEIVED', 'REQUEST_COMPLETE', 'HANDLE_CLOSING']));
    expect(failures(await run.result)).toEqual([]);
  });

  test('callbacks of handles that the run did not make are not held', async () => {
    const run = new Run(ANSWERED, { held: true, breaks: { callbacks: 'every' } });
    await run.held();
    const session = await inspector.call('InternetOpen', { lpszAgent: 'other', dwFlags: 0x1000_0000 });
    const hInternet = BigInt(session.outcome.returns);
    await inspector.call('InternetSetStatusCallback', { hInternet, lpfnInternetCallback: engine.recorder('other') });
    const connection = await inspector.call('InternetConnect', { hInternet, lpszServerName: '127.0.0.1', nServerPort: 9, dwService: 3, dwContext: 7n });
    await inspector.call('InternetCloseHandle', { hInternet: BigInt(connection.outcome.returns) });
    expect(callbacks()).toContain('HANDLE_CLOSING');
    run.stop.abort();
    await run.result;
  });

  test('on an engine whose callbacks return at once the thread goes on, what the script does inside them is done there, and the steps wait', async () => {
    class AtOnce extends PortableEngine { readonly callbacksReturnAtOnce = true; }
    await engine.dispose();
    use(new AtOnce());
    const run = new Run(ANSWERED, { held: true, breaks: { callbacks: new Set([SENT]) } });
    const held: (string | undefined)[] = [];
    for (let at = await run.held(); at !== undefined; at = await run.held()) {
      held.push(at);
      if (at === 'REQUEST_SENT') expect(run.control.standing).toMatchObject({ threadHeld: false });
      run.control.stepOn();
    }
    expect(held).toEqual(['1 call', '2 call', '3 call', '4 call', '5 on', '6 call', '7 wait', 'REQUEST_SENT', '8 call']);
    expect(failures(await run.result)).toEqual([]);
  });
});

describe('pausing and stopping', () => {
  test('a pause holds a wait where it is', async () => {
    const run = new Run(`
scenario: waits
steps:
  - wait: { ms: 200 }
  - mark: after
`);
    await realTime(20);
    run.control.pause();
    expect(await run.held()).toBe('paused');
    await realTime(400);
    expect(run.control.standing).toEqual({ at: 'pause' });
    run.control.goOn();
    expect((await run.result).steps).toHaveLength(2);
  });

  test('a run that is held before a step or inside a callback can be stopped, and closes what it opened', async () => {
    for (const breaks of [{ lines: new Set([lineOf(ANSWERED, 'wait: {')]) }, { callbacks: 'every' as const }]) {
      const run = new Run(ANSWERED, { breaks });
      await run.held();
      run.stop.abort();
      expect(await run.result).toMatchObject({ stopped: true });
    }
    expect([...inspector.trace.tree.all()].filter(({ state }) => state === 'open')).toEqual([]);
  });

  test('a run whose call does not return can be stopped', async () => {
    const run = new Run(`
scenario: blocks
server: {}
steps:
  - call: InternetOpen
    with: { lpszAgent: demo, dwAccessType: INTERNET_OPEN_TYPE_DIRECT }
    as: session
  - call: InternetConnect
    with: { hInternet: $session, lpszServerName: $server.host, nServerPort: $server.port, dwService: INTERNET_SERVICE_HTTP }
    as: connection
  - call: HttpOpenRequest
    with: { hConnect: $connection, lpszVerb: GET, lpszObjectName: / }
    as: request
  - call: HttpSendRequest
    with: { hRequest: $request }
`);
    await realTime(50);
    run.stop.abort();
    expect(await run.result).toMatchObject({ stopped: true });
    expect([...inspector.trace.tree.all()].filter(({ state }) => state === 'open')).toEqual([]);
  });
});
