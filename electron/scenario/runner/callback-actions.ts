import { andThen, type MaybePromise } from '../../../preload/contract/result';
import type { OnStep, Step, StepHeader } from '../language/step';
import { hasStatus, resolveChoice } from './callback-choice';
import type { ObservedCallback } from './observations';
import type { Place, RunContext } from './run-context';

interface Action {
  readonly step: StepHeader & OnStep;
  left: number;
  fired: number;
}

/** The `on` steps of a run: what is done inside callbacks, on their own threads, before they return. */
export class CallbackActions {
  readonly #actions: Action[] = [];
  readonly #run: (steps: readonly Step[], place: Place) => MaybePromise<void>;

  constructor(run: (steps: readonly Step[], place: Place) => MaybePromise<void>) {
    this.#run = run;
  }

  add(step: StepHeader & OnStep): void {
    this.#actions.push({ step, left: step.times, fired: 0 });
  }

  /** Actions that expect something and never got the chance to. */
  idle(): readonly (StepHeader & OnStep)[] {
    return this.#actions.filter(({ fired, step }) => fired === 0 && step.do.some(expectsSomething)).map(({ step }) => step);
  }

  /** Does what the callback calls for. What answers at once keeps the callback on the same turn. */
  callback(observed: ObservedCallback, context: RunContext): MaybePromise<void> {
    const place: Place = { thread: observed.callback.thread, inCallback: observed.seq };
    return this.#inTurn(this.#actions.filter((action) => this.#isDue(action, observed, context)), place);
  }

  #inTurn(actions: readonly Action[], place: Place): MaybePromise<void> {
    const [first, ...rest] = actions;
    if (first === undefined) return undefined;
    // A callback that a step of this very action causes must not fire it once too often.
    if (first.left === 0) return this.#inTurn(rest, place);
    first.left--;
    first.fired++;
    return andThen(this.#run(first.step.do, place), () => this.#inTurn(rest, place));
  }

  #isDue({ step, left }: Action, observed: ObservedCallback, context: RunContext): boolean {
    if (left === 0 || !hasStatus(step.status, observed, context.bindings)) return false;
    const choice = resolveChoice(step.choice, context.bindings, context.observations);
    // A handle that is not bound yet, as inside the call that makes it, is not this callback's.
    return choice.ok && choice.value(observed);
  }
}

function expectsSomething(step: Step): boolean {
  return step.verb === 'expect' || step.verb === 'expectTrace' || ('expect' in step && step.expect !== undefined);
}
