import type { ListComparison } from '../../../preload/contract/scenario';
import type { Mismatch } from '../matchers/match';
import type { Step } from '../language/step';

/** One expectation of a step that did not hold. */
export interface Failure {
  /** What was looked at: "lastError", "out.lpBuffer", "callback 3". */
  readonly what: string;
  readonly expected: string;
  readonly observed: string;
}

/** What came of doing a step, before its known differences are weighed. */
export interface StepOutcome {
  /** The step could not be done at all: a reference without a value, a peer that did not answer, no end within 10 s. */
  readonly broken: Failure | undefined;
  readonly failures: readonly Failure[];
  /** What was observed in a few words. */
  readonly observed: string;
  /** Sequences that were compared, item by item. */
  readonly lists?: readonly ListComparison[];
  /** Set when the engine has no such function; says why. */
  readonly unavailable?: string;
}

export type StepState = 'passed' | 'failed' | 'known-difference';

/** One step of a run, for reports and for the window. */
export interface StepResult {
  readonly step: Step;
  /** In words: "InternetCloseHandle($request)". */
  readonly title: string;
  readonly state: StepState;
  /** What the scenario expects, from its source page. */
  readonly documented: string;
  readonly observed: string;
  readonly failures: readonly Failure[];
  /** Why it differs here, for a known difference. */
  readonly why: string | undefined;
  readonly lists: readonly ListComparison[];
  /** Undefined for what was judged when the run was over. */
  readonly span: StepSpan | undefined;
}

/** Where a step is in the trace, and how long it took. */
export interface StepSpan {
  /** Places in the event log: from the first event of the step to the one behind its last. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds, without those for which the run was held. */
  readonly took: number;
}

export interface ScenarioResult {
  readonly name: string;
  readonly title: string;
  readonly passed: boolean;
  readonly steps: readonly StepResult[];
  /** What went wrong outside of every step: a peer that could not start, an engine that was lost. */
  readonly problems: readonly string[];
  /** The run was ended early by a stub that is known to be one; says why. */
  readonly endedEarly: string | undefined;
  /** The person stopped it. */
  readonly stopped: boolean;
}

export function failuresOf(what: string, mismatches: readonly Mismatch[]): readonly Failure[] {
  return mismatches.map(({ path, expected, observed }) => ({ what: `${what}${path}`, expected, observed }));
}

export function broken(what: string, expected: string, observed: string): StepOutcome {
  return { broken: { what, expected, observed }, failures: [], observed };
}

export function done(failures: readonly Failure[], observed: string): StepOutcome {
  return { broken: undefined, failures, observed };
}
