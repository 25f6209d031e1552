import type { ScenarioProgress } from '../../preload/contract/update';
import type { ScenarioHold } from '../../preload/contract/scenario';

/** What became of a scenario when it was last run. */
export interface ScenarioOutcome {
  readonly kind: 'held' | 'differs' | 'failed' | 'stopped' | 'not here';
  /** In a few words, for the list. */
  readonly words: string;
  /** Why, where there is more to say. */
  readonly why: string | undefined;
}

export function outcomeOf(progress: ScenarioProgress): ScenarioOutcome | undefined {
  const { state, reports, message, endedEarly } = progress;
  const differences = reports.filter((report) => report.state === 'known-difference').length;
  switch (state) {
    case 'running': return undefined;
    case 'stopped': return { kind: 'stopped', words: 'stopped', why: undefined };
    case 'failed': return { kind: 'failed', words: 'did not hold', why: message };
    case 'passed':
      if (endedEarly !== undefined) return notHere(endedEarly);
      return differences === 0
        ? { kind: 'held', words: 'held', why: undefined }
        : { kind: 'differs', words: `held, ${differences} known ${differences === 1 ? 'difference' : 'differences'}`, why: reports.find((report) => report.why !== undefined)?.why };
  }
}

/**
 * Why a scenario will not come to its end, as is known before it has run: the first function it calls that this engine has not.
 * Undefined when it can, or where it is not known what it calls or what the engine lacks.
 */
export function missingHere(calls: readonly string[] | undefined, unavailable: Readonly<Record<string, string>> | undefined): string | undefined {
  const name = calls?.find((one) => unavailable?.[one] !== undefined);
  return name === undefined ? undefined : `${name} is not available here: ${unavailable?.[name] ?? ''}`;
}

/** A scenario that this engine cannot run to its end. */
export function notHere(why: string): ScenarioOutcome {
  return { kind: 'not here', words: 'not on this engine', why };
}

export const OUTCOME_SIGNS: Readonly<Record<ScenarioOutcome['kind'], string>> = { 'held': '✓', 'differs': '≠', 'failed': '✕', 'stopped': '■', 'not here': '∅' };

/** What several runs came to: "12 ran: 11 held, 1 did not hold". */
export function outcomesInWords(outcomes: readonly ScenarioOutcome[]): string {
  const count = (kinds: readonly ScenarioOutcome['kind'][]): number => outcomes.filter(({ kind }) => kinds.includes(kind)).length;
  const parts = [
    [count(['held', 'differs']), 'held'], [count(['failed']), 'did not hold'], [count(['not here']), 'not on this engine'], [count(['stopped']), 'stopped'],
  ] as const;
  return `${outcomes.length} ran: ${parts.filter(([number]) => number > 0).map(([number, words]) => `${number} ${words}`).join(', ')}`;
}

/** Where a run is held, in a sentence. */
export function holdWords(hold: ScenarioHold): string {
  switch (hold.at) {
    case 'step': return `Held before step ${hold.step.path}: ${hold.step.title}`;
    case 'pause': return 'Paused: no further step begins, and no time of the scenario passes.';
    case 'callback': return hold.threadHeld
      ? `Held in ${hold.status}: thread ${hold.thread} waits inside the callback.`
      : `Held at ${hold.status}: the steps wait. This engine cannot hold the callback itself: its thread ${hold.thread} has gone on.`;
  }
}
