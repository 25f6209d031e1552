import { andThen, type MaybePromise } from '../../../preload/contract/result';
import type { ListComparison } from '../../../preload/contract/scenario';
import type { Difference } from '../language/scenario';
import type { Expectation, Step } from '../language/step';
import type { Matcher } from '../language/matcher';
import { invariantViolations } from '../invariants/invariants';
import { match } from '../matchers/match';
import { markDatum } from './bindings';
import type { CallbackActions } from './callback-actions';
import { judgeCall } from './call-expectation';
import { LONGEST_KNOWN, makeCall } from './call-step';
import { runExpect } from './expect-step';
import { runClient, runServerStep, type PeerResult } from './peer-steps';
import { runReadAll } from './read-all';
import type { Place, RunContext } from './run-context';
import { broken, done, failuresOf, type Failure, type StepOutcome, type StepResult } from './step-result';
import { expectedWords, stepTitle } from './step-words';
import { runWait, type WaitResult } from './wait-step';

/** What a step did, and how its expectation, or another in its place, is judged. */
interface Attempt {
  readonly outcome: StepOutcome;
  readonly judge: (expectation: Expectation | undefined) => MaybePromise<readonly Failure[]>;
}

export interface StepVerdict {
  readonly result: StepResult;
  /** Set when a stub that is known to be one ends the run here. */
  readonly endedEarly: string | undefined;
}

/** Does steps and weighs what came of them against the differences that are known of the engine. */
export class StepRunner {
  readonly #context: RunContext;
  readonly #differences: readonly Difference[];
  readonly #actions: CallbackActions;

  constructor(context: RunContext, differences: readonly Difference[], actions: CallbackActions) {
    this.#context = context;
    this.#differences = differences;
    this.#actions = actions;
  }

  run(step: Step, place: Place): MaybePromise<StepVerdict> {
    return andThen(this.#attempt(step, place), (attempt) => this.#weigh(step, attempt));
  }

  #attempt(step: Step, place: Place): MaybePromise<Attempt> {
    const { bindings, observations } = this.#context;
    switch (step.verb) {
      case 'call':
        return andThen(makeCall(step, place, this.#context, this.#knownToFail(step) ? LONGEST_KNOWN : undefined), ({ outcome, made }): Attempt => ({
          outcome,
          judge: (expectation) =>
            made === undefined || expectation?.kind !== 'call' ? [] : judgeCall(expectation.expectation, made, bindings, this.#context.recorderName),
        }));
      case 'on':
        this.#actions.add(step);
        return plainAttempt(done([], 'waiting for its callback'));
      case 'mark': {
        const moment = observations.tick();
        bindings.bind(step.name, { value: markDatum(moment), moment });
        return plainAttempt(done([], 'marked'));
      }
      case 'expectTrace':
        return plainAttempt(this.#invariants(step.invariants.map(({ name }) => name)));
      case 'expect':
        return this.#expectAttempt();
      case 'wait':
        return runWait(step, this.#context).then((result) => this.#bindAttempt(step, result));
      case 'readAll':
        return runReadAll(step, place, this.#context).then((result) => this.#bindAttempt(step, result));
      case 'client':
        return runClient(step.action, this.#context).then((result) => this.#peerAttempt(step, result));
      case 'server':
      case 'ftp': {
        const server = step.verb === 'server' ? this.#context.server : this.#context.ftp;
        if (server === undefined) return plainAttempt(broken(step.verb, `a scripted server: \`${step.verb}\` at the top of the file`, 'none'));
        return runServerStep(step.action, step.on, server, this.#context).then((result) => this.#peerAttempt(step, result));
      }
    }
  }

  /** An `expect` step is nothing but its expectation, so the judging does all the work. */
  #expectAttempt(): Attempt {
    const outcome: StepOutcome & { observed: string; lists: readonly ListComparison[] } = { broken: undefined, failures: [], observed: '', lists: [] };
    return {
      outcome,
      judge: (expectation) => {
        if (expectation?.kind !== 'body') return [];
        return runExpect(expectation.expectation, this.#context).then((judged) => {
          outcome.observed = judged.observed;
          outcome.lists = judged.lists ?? [];
          return judged.failures;
        });
      },
    };
  }

  #bindAttempt(step: Step, { outcome, datum }: WaitResult): Attempt {
    if (step.as !== undefined && datum !== undefined) this.#context.bindings.bind(step.as, { value: datum, moment: this.#context.observations.tick() });
    return {
      outcome,
      judge: (expectation) => (expectation?.kind === 'matcher' ? failuresOf('expect', match(expectation.matcher, datum, this.#context.bindings)) : []),
    };
  }

  #peerAttempt(step: Extract<Step, { verb: 'client' | 'server' | 'ftp' }>, result: PeerResult): Attempt {
    const accepted = step.verb !== 'client' && step.action.kind === 'accept' ? step.action.name : undefined;
    const moment = this.#context.observations.tick();
    for (const name of [step.as, accepted]) {
      if (name === undefined || result.outcome.broken !== undefined) continue;
      const { connection } = result;
      this.#context.bindings.bind(name, { value: result.datum, moment, ...(connection === undefined ? {} : { connection }) });
    }
    return this.#bindAttempt({ ...step, as: undefined }, result);
  }

  #invariants(names: readonly string[]): StepOutcome {
    const failures = names.flatMap((name) =>
      (invariantViolations(name, this.#context.observations) ?? []).map((observed) => ({ what: name, expected: 'no violation', observed })));
    const rows = names.map((name) => {
      const broken = failures.filter(({ what }) => what === name);
      return { expected: `${name}: no violation`, observed: broken.length === 0 ? 'none' : broken.map(({ observed }) => observed).join('; '), held: broken.length === 0 };
    });
    const words = failures.length === 0 ? `${names.join(', ')}: held` : failures.map(({ observed }) => observed).join('; ');
    return { ...done(failures, words), lists: [{ what: 'expectTrace', rows }] };
  }

  /** Whether the step is known not to be carried out on this engine: it is not waited for as long. */
  #knownToFail({ id }: Step): boolean {
    return this.#differences.some(({ step, observed }) => step === id && observed.kind === 'unavailable');
  }

  #weigh(step: Step, attempt: Attempt): MaybePromise<StepVerdict> {
    const difference = step.id === undefined ? undefined : this.#differences.find((one) => one.step === step.id);
    if (difference === undefined) {
      return andThen(attempt.judge(ownExpectation(step)), (failures) => this.#verdict(step, attempt, [...failuresIn(attempt.outcome), ...failures]));
    }
    switch (difference.observed.kind) {
      case 'varies':
        return this.#verdict(step, attempt, [], difference);
      case 'unavailable': {
        // A stub, or a step that cannot be carried out there at all: the rest of the file stands on it.
        const reason = attempt.outcome.unavailable ?? attempt.outcome.broken?.observed;
        if (reason !== undefined) return { ...this.#verdict(step, attempt, [], difference), endedEarly: difference.why ?? reason };
        return this.#verdict(step, attempt, [disappeared('the function to be unavailable or the step to fail, as known', attempt)]);
      }
      case 'expectation': {
        const { expectation } = difference.observed;
        // What the step itself expects (`closed`) is what differs; only one that could not be done fails all the same.
        const { broken: failure } = attempt.outcome;
        return andThen(attempt.judge(expectation), (failures) =>
          this.#weighObserved(step, attempt, difference, failure === undefined ? failures : [failure, ...failures]));
      }
    }
  }

  /** The known difference must show; when it does not, the record has to be put right. */
  #weighObserved(step: Step, attempt: Attempt, difference: Difference, failures: readonly Failure[]): MaybePromise<StepVerdict> {
    // A record so loose that what the page says fits it too would never notice that the difference is gone.
    if (failures.length === 0) {
      const own = ownExpectation(step);
      const expectsItself = (step.verb === 'client' || step.verb === 'server' || step.verb === 'ftp') && step.action.kind === 'expect';
      const says = expectsItself || (own !== undefined && own.kind !== 'body');
      const loose = says && andThen(attempt.judge(own), (found) => found.length === 0 && failuresIn(attempt.outcome).length === 0);
      return andThen(loose, (documented) => (documented
        ? this.#verdict(step, attempt, [disappeared(GONE, attempt)])
        : this.#verdict(step, attempt, [], difference)));
    }
    return andThen(attempt.judge(ownExpectation(step)), (found) => {
      const documented = found.length === 0 && failuresIn(attempt.outcome).length === 0;
      if (!documented) return this.#verdict(step, attempt, failures);
      return this.#verdict(step, attempt, [disappeared(GONE, attempt)]);
    });
  }

  #verdict(step: Step, { outcome }: Attempt, failures: readonly Failure[], difference?: Difference): StepVerdict {
    const state = failures.length > 0 ? 'failed' : difference === undefined ? 'passed' : 'known-difference';
    return {
      endedEarly: undefined,
      result: {
        step,
        title: stepTitle(step),
        state,
        documented: expectedWords(step, this.#context.bindings),
        observed: outcome.observed,
        failures,
        why: state === 'known-difference' ? difference?.why : undefined,
        lists: outcome.lists ?? [],
        span: undefined,
      },
    };
  }
}

const GONE = 'the known difference, which has disappeared: take it out of `differs`';

function plainAttempt(outcome: StepOutcome): Attempt {
  return { outcome, judge: () => [] };
}

function failuresIn({ broken: failure, failures }: StepOutcome): readonly Failure[] {
  return failure === undefined ? failures : [failure, ...failures];
}

function disappeared(expected: string, { outcome }: Attempt): Failure {
  return { what: 'differs', expected, observed: outcome.observed };
}

function ownExpectation(step: Step): Expectation | undefined {
  const matcherOf = (matcher: Matcher | undefined): Expectation | undefined => matcher && { kind: 'matcher', matcher };
  switch (step.verb) {
    case 'call':
      return step.expect && { kind: 'call', expectation: step.expect };
    case 'expect':
      return { kind: 'body', expectation: step.expect };
    case 'wait':
    case 'readAll':
    case 'client':
    case 'server':
    case 'ftp':
      return matcherOf(step.expect);
    case 'on':
    case 'mark':
    case 'expectTrace':
      return undefined;
  }
}
