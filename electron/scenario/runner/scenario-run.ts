import type { EngineName, Scenario } from '../language/scenario';
import type { Step } from '../language/step';
import type { HandleId } from '../../../preload/contract/ids';
import { isPromiseLike, andThen, type MaybePromise } from '../../../preload/contract/result';
import type { Inspector } from '../../inspector/inspector';
import { invariantViolations } from '../invariants/invariants';
import { Bindings } from './bindings';
import { CallbackActions } from './callback-actions';
import { closeCreated } from './created-handles';
import { Observations } from './observations';
import { Arena } from './out-memory';
import { startPeers, type Peers } from './peers';
import { canHold, RunControl } from './run-control';
import type { Place, RunContext } from './run-context';
import { StepRunner } from './step-runner';
import type { ScenarioResult, StepResult } from './step-result';
import { stepTitle, expectedWords } from './step-words';

export interface RunOptions {
  /** By which name `differs` speaks of the engine. */
  readonly engine: EngineName;
  /** Hears of each step as it ends, those inside callbacks included. */
  readonly onStep?: (result: StepResult) => void;
  /** Hears of each step as it begins. */
  readonly onBegin?: (step: Step) => void;
  /** Holds the run where a person wants it, and lets it go on. */
  readonly control?: RunControl;
  /** Ends the run at the next moment possible; what is open is closed all the same. */
  readonly signal?: AbortSignal;
  /** Runs when no further step will, before what is open is closed. */
  readonly beforeEnd?: () => Promise<void>;
}

/** Runs a scenario on an inspector's engine. Nothing throws for what a scenario does: everything is in the result. */
export async function runScenario(scenario: Scenario, inspector: Inspector, options: RunOptions): Promise<ScenarioResult> {
  return new ScenarioRun(scenario, inspector, options).run();
}

/** Whether the run made the handle, or one above it. */
function isOfRun(handle: HandleId | undefined, { created, inspector }: RunContext): boolean {
  for (let at = handle; at !== undefined; at = inspector.trace.tree.get(at)?.parent) if (created.some(({ id }) => id === at)) return true;
  return false;
}

class ScenarioRun {
  readonly #scenario: Scenario;
  readonly #inspector: Inspector;
  readonly #options: RunOptions;
  readonly #observations: Observations;
  readonly #results: StepResult[] = [];
  readonly #problems: string[] = [];
  readonly #actions = new CallbackActions((steps, place) => this.#inCallback(steps, place));
  readonly #invariants = new Set<string>();
  readonly #aborted: Promise<'stopped'>;
  readonly #control: RunControl;
  #unlistenAbort: () => void = () => undefined;
  #endedEarly: string | undefined;
  #stopped = false;
  #faulted = false;
  #ended = false;

  constructor(scenario: Scenario, inspector: Inspector, options: RunOptions) {
    this.#scenario = scenario;
    this.#inspector = inspector;
    this.#options = options;
    this.#observations = new Observations(inspector.engine.mainThread);
    this.#control = options.control ?? new RunControl();
    this.#control.begin(this.#observations.clock);
    this.#aborted = new Promise((resolve) => {
      const stop = (): void => {
        this.#stopped = true;
        this.#control.end();
        resolve('stopped');
      };
      if (options.signal?.aborted === true) stop();
      options.signal?.addEventListener('abort', stop, { once: true });
      this.#unlistenAbort = () => options.signal?.removeEventListener('abort', stop);
    });
  }

  async run(): Promise<ScenarioResult> {
    const bindings = new Bindings();
    const peers = await startPeers(this.#scenario, bindings, this.#observations, (problem) => this.#problems.push(problem));
    if (!peers.ok) {
      this.#control.end();
      this.#unlistenAbort();
      return this.#result([peers.error]);
    }
    const context = this.#context(bindings, peers.value);
    const unlisten = this.#listen(context);
    try {
      await this.#steps(context);
      this.#control.end();
      await this.#options.beforeEnd?.();
      await this.#end(context);
    } finally {
      this.#control.end();
      unlisten();
      this.#unlistenAbort();
      for (const client of context.clients) client.destroy();
      await peers.value.stop();
    }
    return this.#result([]);
  }

  #runner: StepRunner | undefined;

  #context(bindings: Bindings, peers: Peers): RunContext {
    const pointers = new Map<bigint, string>();
    const { engine } = this.#inspector;
    const context: RunContext = {
      name: this.#scenario.name,
      inspector: this.#inspector,
      bindings,
      observations: this.#observations,
      arena: new Arena(engine.memory),
      since: this.#inspector.trace.log.length,
      created: [],
      events: [],
      clients: [],
      server: peers.server,
      ftp: peers.ftp,
      recorder: (name) => {
        const pointer = engine.recorder(name);
        pointers.set(pointer, name);
        return pointer;
      },
      recorderName: (pointer) => pointers.get(pointer),
    };
    this.#runner = new StepRunner(context, this.#scenario.differences.filter(({ engine: name }) => name === this.#options.engine), this.#actions);
    return context;
  }

  #listen(context: RunContext): () => void {
    const ends = [
      this.#inspector.onCallback(({ event, raw }) => {
        const observed = this.#observations.callback(raw, event.seq);
        const held = isOfRun(event.handle, context) ? this.#control.inCallback(observed, !this.#returnsAtOnce) : undefined;
        if (isPromiseLike(held)) this.#inspector.holdsCallback(event.seq);
        return andThen(held, () => this.#actions.callback(observed, context));
      }),
      this.#inspector.onCompletion((event, overlapped) => this.#observations.completion(overlapped, event)),
    ];
    return () => {
      for (const end of ends) end();
    };
  }

  /** Steps that answer at once follow each other in one turn, so that what is pending stays pending between them. */
  async #steps(context: RunContext): Promise<void> {
    for (const step of this.#scenario.steps) {
      if (this.#over()) return;
      const running = this.#step(step, { thread: undefined, inCallback: undefined });
      if (isPromiseLike(running)) await Promise.race([running, this.#aborted]);
    }
    // A callback that is held is a part of the run: its end waits for it.
    await Promise.race([this.#control.going(), this.#aborted]);
    if (!this.#over()) this.#judgeIdle(context);
  }

  #over(): boolean {
    if (this.#inspector.lost !== undefined) this.#fault(`The engine was lost: ${this.#inspector.lost}`);
    return this.#stopped || this.#faulted || this.#endedEarly !== undefined;
  }

  #fault(problem: string): void {
    if (!this.#faulted) this.#problems.push(problem);
    this.#faulted = true;
  }

  get #returnsAtOnce(): boolean {
    return this.#inspector.engine.callbacksReturnAtOnce === true;
  }

  #step(step: Step, place: Place): MaybePromise<void> {
    const held = canHold(place, this.#returnsAtOnce) ? this.#control.beforeStep(step) : undefined;
    return andThen(held, () => (this.#over() ? undefined : this.#do(step, place)));
  }

  #do(step: Step, place: Place): MaybePromise<void> {
    if (step.verb === 'expectTrace') for (const { name } of step.invariants) this.#invariants.add(name);
    const runner = this.#runner;
    if (runner === undefined) return undefined;
    const { clock } = this.#observations;
    const { log } = this.#inspector.trace;
    const from = log.length;
    const began = clock.now();
    this.#options.onBegin?.(step);
    return andThen(runner.run(step, place), ({ result: verdict, endedEarly }) => {
      // A step that was waiting when the run was stopped has nobody to tell.
      if (this.#ended) return;
      const result = { ...verdict, span: { from, to: log.length, took: clock.now() - began } };
      this.#endedEarly ??= endedEarly;
      this.#results.push(result);
      this.#options.onStep?.(result);
    });
  }

  /** The steps of a `do`, one after the other on the callback's thread. */
  #inCallback(steps: readonly Step[], place: Place): MaybePromise<void> {
    const [first, ...rest] = steps;
    if (first === undefined || this.#over()) return undefined;
    return andThen(this.#step(first, place), () => this.#inCallback(rest, place));
  }

  /** An expectation that never came to be looked at did not hold. */
  #judgeIdle(context: RunContext): void {
    for (const step of this.#actions.idle()) {
      const expected = `a callback ${stepTitle(step)}`;
      const failure = { what: 'on', expected, observed: 'no such callback came, so its steps never ran' };
      this.#replace(step, failure, expectedWords(step, context.bindings));
    }
  }

  #replace(step: Step, failure: StepResult['failures'][number], documented: string): void {
    const index = this.#results.findIndex((result) => result.step === step);
    const result: StepResult = {
      step, title: stepTitle(step), state: 'failed', documented, observed: failure.observed, failures: [failure], why: undefined, lists: [],
      span: this.#results[index]?.span,
    };
    if (index >= 0) this.#results[index] = result;
    else this.#results.push(result);
    this.#options.onStep?.(result);
  }

  /** Closes what is open, and looks at the invariants once more: now the trace is whole. */
  async #end(context: RunContext): Promise<void> {
    const settled = this.#scenario.leave && !this.#stopped ? false : await closeCreated(context);
    if (settled) {
      context.arena.release();
      for (const event of context.events) this.#inspector.engine.functions.CloseHandle({ hObject: event }, { width: 'W', thread: undefined });
      if (!this.#stopped && this.#endedEarly === undefined) this.#judgeInvariants();
    }
  }

  #judgeInvariants(): void {
    for (const name of this.#invariants) {
      const reported = this.#results.some(({ step, state }) =>
        step.verb === 'expectTrace' && step.invariants.some((one) => one.name === name) && state !== 'passed');
      if (reported) continue;
      const violations = invariantViolations(name, this.#observations) ?? [];
      const step = this.#scenario.steps.find((one) => one.verb === 'expectTrace' && one.invariants.some((invariant) => invariant.name === name));
      if (violations.length === 0 || step === undefined) continue;
      this.#replace(step, { what: name, expected: 'no violation until the end of the run', observed: violations.join('; ') }, name);
    }
  }

  #result(problems: readonly string[]): ScenarioResult {
    this.#ended = true;
    const all = [...this.#problems, ...problems];
    return {
      name: this.#scenario.name,
      title: this.#scenario.title,
      passed: all.length === 0 && !this.#stopped && this.#results.every(({ state }) => state !== 'failed'),
      steps: [...this.#results],
      problems: all,
      endedEarly: this.#endedEarly,
      stopped: this.#stopped,
    };
  }
}
