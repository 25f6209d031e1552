import type { HandleKind } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import { HTTP_API_MEMBERS } from '../../preload/contract/win32/constants/http-api-members';
import { CommandRunner } from '../../electron/inspector/command-runner';
import type { Inspector } from '../../electron/inspector/inspector';
import type { EngineName, Scenario } from '../../electron/scenario/language/scenario';
import { runScenario } from '../../electron/scenario/runner/scenario-run';
import { answeringServer } from './answering-server';
import { err } from '../../preload/contract/result';

/** Clients at once. Synchronous ones hold a thread of Node's pool each on the native engine. */
const CLIENTS = 12;
/** Every fifth request that arrives is cancelled instead of answered, where HttpCancelHttpRequest can be had. */
const CANCEL_EVERY = 5;
/** Every so many rounds a scenario of the gallery runs, and the server is closed and another opened. */
const SCENARIO_EVERY = 6;
const NEW_SERVER_EVERY = 8;
/** How long the ends that are owed may take at most, in milliseconds: longer than any test peer's slowness. */
const SETTLES_WITHIN = 15_000;
const ANSWERED_WITHIN = 2000;
const LOOK_EVERY = 10;
const SERVER_KINDS: ReadonlySet<HandleKind> = new Set<HandleKind>(['server-session', 'url-group', 'request-queue']);
const BODY = 'x'.repeat(40_000);

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** What is counted of the load: that nothing was left out shows that the figures are of a mixed load. */
export interface Totals {
  clients: number;
  /** Requests that were answered, and that were cancelled. */
  answered: number;
  cancelled: number;
  servers: number;
  scenarios: number;
  /** Of the record. */
  events: number;
}

/**
 * The work of many people at the window, through the window's own commands: clients that send, are answered, refused,
 * cancelled and closed at every moment, a server that receives them, and the scenarios of the gallery in between.
 */
export class MixedLoad {
  readonly #commands: CommandRunner;
  readonly #inspector: Inspector;
  readonly #cancels: boolean;
  #queue: HandleId | undefined;
  /** Asked in the server's stead, on Wine. */
  #answering: Awaited<ReturnType<typeof answeringServer>> | undefined;
  #arrived = 0;
  #round = 0;
  readonly #problems: string[] = [];

  /**
   * @param totals counted up
   * @param inTables what the engine's own tables hold now, all of them together
   */
  constructor(
    inspector: Inspector, private readonly port: number, private readonly scenarios: readonly Scenario[], private readonly engine: EngineName,
    private readonly totals: Totals, private readonly inTables: () => number,
  ) {
    const none = { run: () => Promise.reject(new Error('the load runs its scenarios itself')), stop: () => undefined, running: false, control: () => err({ kind: 'stopped' as const, message: '' }), breakAt: () => err({ kind: 'stopped' as const, message: '' }) };
    this.#inspector = inspector;
    this.#commands = new CommandRunner(inspector, none, none);
    this.#cancels = inspector.engine.availability('HttpCancelHttpRequest').available;
    inspector.trace.listen((event) => {
      totals.events += 1;
      const born = event.kind === 'completion' || event.kind === 'return' ? event.created : undefined;
      if (born?.kind === 'server-request' && this.#queue !== undefined) void this.#answer(born.id);
    });
  }

  /** What went wrong, each in a line. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** One round: a dozen clients at once, each closed at a moment of its own; from time to time a scenario, or another server. */
  async round(): Promise<void> {
    if (this.#queue === undefined) await this.#openServer();
    this.#round += 1;
    await Promise.all(Array.from({ length: CLIENTS }, (_, number) => this.#client(this.#round * CLIENTS + number)));
    if (this.#round % NEW_SERVER_EVERY === 0) await this.quiet();
    if (this.#round % SCENARIO_EVERY === 0) await this.#scenario();
  }

  /** Closes the server too and waits until everything that was closed has ended. */
  async quiet(): Promise<void> {
    // A close of Wine's waits for the answer of what was pending: the server is still there to give it.
    await this.#until(() => this.#open().every(({ kind }) => SERVER_KINDS.has(kind)), ANSWERED_WITHIN);
    const server = this.#queue;
    this.#queue = undefined;
    if (server !== undefined) await this.#closeServer(server);
    // What a close ends is told on the engine's own threads, a little later.
    await this.#until(() => this.#open().length === 0 && this.inTables() === 0, SETTLES_WITHIN);
    const left = this.#open();
    if (left.length > 0) this.#problems.push(`${left.length} handles never ended, the first a ${left[0]?.kind} (${left[0]?.label})`);
  }

  async #until(holds: () => boolean, within: number): Promise<void> {
    const deadline = performance.now() + within;
    while (!holds() && performance.now() < deadline) await pause(LOOK_EVERY);
  }

  #open() {
    return [...this.#inspector.trace.tree.all()].filter(({ state, kind }) => (state === 'open' || state === 'closing') && kind !== 'server-request');
  }

  async #client(number: number): Promise<void> {
    const asynchronous = number % 4 !== 3;
    // Nothing tells the native engine when an asynchronous request without a context has ended (docs/limits.md).
    const knowsEnd = this.engine === 'portable' || !asynchronous;
    const opened = await this.#commands.run({
      kind: 'open-client', url: `${this.#answering === undefined ? `http://localhost:${this.port}` : `http://127.0.0.1:${this.#answering.port}`}/soak/${number}`, method: number % 3 === 0 ? 'POST' : 'GET', headers: `X-Number: ${number}`,
      body: number % 3 === 0 ? BODY.slice(0, (number * 997) % BODY.length) : '', mode: asynchronous ? 'async' : 'sync',
      context: number % 5 === 2 && knowsEnd ? 'null' : 'own',
    });
    this.totals.clients += 1;
    if (!opened.ok || opened.value.handle === undefined) {
      this.#problems.push(`client ${number}: ${opened.ok ? 'no handle' : JSON.stringify(opened.error)}`);
      return;
    }
    // At once, while it is being answered, and after it was read: in turn.
    if (number % 6 > 0) await pause((number % 6) * 8);
    const request = opened.value.handle;
    const connection = this.#parent(request);
    const session = connection === undefined ? undefined : this.#parent(connection);
    // Some close each handle, innermost first; the others close the session, which closes the rest with it, but not on Wine.
    if (number % 2 === 0 || this.engine === 'wine') for (const handle of [request, connection]) if (handle !== undefined) await this.#commands.run({ kind: 'close', handle });
    if (session !== undefined) await this.#commands.run({ kind: 'close', handle: session });
  }

  #parent(handle: HandleId): HandleId | undefined {
    return this.#inspector.trace.tree.get(handle)?.parent;
  }

  /** Its client may have gone meanwhile: then the answer fails, as it would for a person. */
  async #answer(request: HandleId): Promise<void> {
    this.#arrived += 1;
    const number = this.#arrived;
    if (number % 3 === 0) await pause(number % 20);
    if (this.#cancels && number % CANCEL_EVERY === 0) {
      const cancelled = await this.#commands.run({ kind: 'cancel', request });
      if (cancelled.ok) this.totals.cancelled += 1;
      return;
    }
    const sent = await this.#commands.run({
      kind: 'respond', request, status: 200, reason: 'OK', headers: 'Content-Type: text/plain', body: number % 7 === 0 ? BODY : `answer ${number}`,
    });
    if (sent.ok) this.totals.answered += 1;
  }

  async #openServer(): Promise<void> {
    const opened = await this.#commands.run({ kind: 'open-server', urlPrefix: `http://localhost:${this.port}/soak/`, queueName: '' });
    if (!opened.ok) throw new Error(`The server could not be opened: ${JSON.stringify(opened.error)}`);
    this.#queue = opened.value.handle;
    if (this.engine === 'wine') this.#answering = await answeringServer(BODY, () => { this.totals.answered += 1; });
    this.totals.servers += 1;
  }

  async #closeServer(queue: HandleId): Promise<void> {
    await this.#answering?.close();
    this.#answering = undefined;
    await this.#commands.run({ kind: 'close', handle: queue });
    for (const { kind, id, state } of [...this.#inspector.trace.tree.all()]) {
      if (kind === 'server-session' && state === 'open') await this.#commands.run({ kind: 'close', handle: id });
    }
    await this.#inspector.call('HttpTerminate', { Flags: HTTP_API_MEMBERS.HTTP_INITIALIZE.SERVER });
  }

  async #scenario(): Promise<void> {
    const scenario = this.scenarios[this.totals.scenarios % this.scenarios.length];
    if (scenario === undefined) return;
    this.totals.scenarios += 1;
    // What the clients of this round left pending would be seen among the scenario's own callbacks.
    await this.quiet();
    const result = await runScenario(scenario, this.#inspector, { engine: this.engine });
    if (!result.passed) {
      const failed = result.steps.find(({ state }) => state === 'failed');
      this.#problems.push(`scenario ${scenario.name}: ${[...result.problems, failed === undefined ? '' : `${failed.title}: ${failed.observed}`].join('; ')}`);
    }
  }
}
