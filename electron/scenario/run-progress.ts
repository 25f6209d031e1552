import { seq, type Seq } from '../../preload/contract/ids';
import type { ScenarioHold, StepPlace } from '../../preload/contract/scenario';
import type { ScenarioProgress, StepReport } from '../../preload/contract/update';
import type { HandleId } from '../../preload/contract/ids';
import type { Scenario } from './language/scenario';
import type { Step } from './language/step';
import { everyStep } from './language/parse-scenario';
import { statusName } from './runner/callback-datum';
import type { Standing } from './runner/run-control';
import type { StepResult } from './runner/step-result';
import { stepTitle } from './runner/step-words';

/** How far a run is, as the window is told of it. */
export class RunProgress {
  readonly #told: (progress: ScenarioProgress) => void;
  readonly #sayings: ReadonlyMap<string, string>;
  readonly #reports: StepReport[] = [];
  readonly #fixed: Pick<ScenarioProgress, 'run' | 'id' | 'title' | 'steps'>;
  #current: StepPlace | undefined;
  #held: ScenarioHold | undefined;

  constructor(run: number, id: string, scenario: Scenario, told: (progress: ScenarioProgress) => void) {
    this.#told = told;
    this.#sayings = sayingsOf(scenario.notes ?? '');
    this.#fixed = { run, id, title: scenario.title, steps: everyStep(scenario.steps).length };
    this.#tell();
  }

  began(step: Step): void {
    this.#current = placeOf(step);
    this.#tell();
  }

  ended(result: StepResult): void {
    // What is judged once more when the run is over takes the place of what was said before.
    const before = this.#reports.findIndex(({ path }) => path === result.step.path);
    const index = result.span === undefined || before < 0 || result.span.from !== this.#reports[before]?.events?.from ? this.#reports.length : before;
    this.#reports[index] = this.#report(result, index);
    this.#tell();
  }

  held(hold: ScenarioHold | undefined): void {
    this.#held = hold;
    this.#tell();
  }

  /** The last that is told of the run. */
  over(state: Exclude<ScenarioProgress['state'], 'running'>, message: string | undefined, endedEarly: string | undefined): void {
    this.#current = undefined;
    this.#held = undefined;
    this.#tell(state, message, endedEarly);
  }

  #tell(state: ScenarioProgress['state'] = 'running', message?: string, endedEarly?: string): void {
    this.#told({ ...this.#fixed, state, step: this.#reports.length, reports: [...this.#reports], current: this.#current, held: this.#held, endedEarly, message });
  }

  #report({ step, state, documented, observed, failures, lists, why, span }: StepResult, index: number): StepReport {
    const said = step.id === undefined ? undefined : this.#sayings.get(step.id);
    const failed = failures.map(({ what, expected, observed: seen }) => `${what}: expected ${expected}, observed ${seen}`).join('; ');
    return {
      ...placeOf(step), index, state, documented: said ?? documented, expected: documented, observed: failed === '' ? observed : failed,
      failures: failures.map(({ what, expected, observed: seen }) => ({ what, expected, observed: seen })), lists, why,
      events: span === undefined ? undefined : { from: seq(span.from), to: seq(span.to) }, took: span?.took ?? 0,
    };
  }
}

function placeOf(step: Step): StepPlace {
  return { path: step.path, line: step.at.line, title: stepTitle(step) };
}

/** Where a run is held, as the window is told; `handleOf` finds the handle of the event of a callback. */
export function holdOf(standing: Standing, handleOf: (event: Seq) => HandleId | undefined): ScenarioHold {
  switch (standing.at) {
    case 'step': return { at: 'step', step: placeOf(standing.step), why: standing.why };
    case 'callback': {
      const { callback, seq: event } = standing.callback;
      return { at: 'callback', status: statusName(callback.dwInternetStatus), event, handle: handleOf(event), thread: callback.thread, threadHeld: standing.threadHeld };
    }
    case 'pause': return { at: 'pause' };
  }
}

/** What stands in the record where a run was held, so that nobody takes the time for the engine's. */
export function holdNote(hold: ScenarioHold): string {
  switch (hold.at) {
    case 'step': return `Held before step ${hold.step.path}, line ${hold.step.line}: ${hold.step.title}`;
    case 'callback': return hold.threadHeld ? `Held in ${hold.status}: its thread ${hold.thread} waits until the run goes on` : `Held at ${hold.status}: its thread goes on, the steps wait`;
    case 'pause': return 'Paused: no further step begins until the run goes on';
  }
}

/** Notes of the form "step-id: what the page says of it", which may go on over several lines. */
function sayingsOf(notes: string): ReadonlyMap<string, string> {
  const sayings = new Map<string, string>();
  let id: string | undefined;
  for (const line of notes.split('\n')) {
    const match = /^([a-z0-9]+(?:-[a-z0-9]+)+): (.*)$/.exec(line);
    if (match !== null) {
      id = match[1];
      sayings.set(id ?? '', match[2] ?? '');
    } else if (id !== undefined && line.trim() !== '') {
      sayings.set(id, `${sayings.get(id) ?? ''} ${line.trim()}`);
    }
  }
  return sayings;
}
