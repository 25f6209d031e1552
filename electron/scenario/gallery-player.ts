import { err, ok, type Result } from '../../preload/contract/result';
import type { BreakScenarioCommand, ControlScenarioCommand, RunScenarioCommand } from '../../preload/contract/command';
import type { InspectorError } from '../../preload/contract/errors';
import { NO_BREAKS, type ScenarioBreaks } from '../../preload/contract/scenario';
import type { GalleryEntry, ScenarioProgress } from '../../preload/contract/update';
import type { Inspector } from '../inspector/inspector';
import { galleryFiles, readEntry } from './gallery-files';
import type { EngineName, Scenario } from './language/scenario';
import { loadScenario } from './load-scenario';
import { holdNote, holdOf, RunProgress } from './run-progress';
import { RunControl, type Breaks, type Standing } from './runner/run-control';
import { runScenario } from './runner/scenario-run';
import type { StepResult } from './runner/step-result';

type Progress = (progress: ScenarioProgress) => void;

interface Running {
  readonly stop: AbortController;
  readonly control: RunControl;
}

/** Runs the scenarios of the gallery on the window's own inspector, so that the tree and the timeline show them live. */
export class GalleryPlayer {
  readonly #folder: string;
  readonly #inspector: Inspector;
  readonly #progress: Progress;
  #entries: readonly GalleryEntry[] | undefined;
  #reading: Promise<readonly GalleryEntry[]> | undefined;
  #running: Running | undefined;
  #runs = 0;
  #latest: ScenarioProgress | undefined;

  /** `folder` holds tour/ and rules/ with .yaml files. */
  constructor(folder: string, inspector: Inspector, progress: Progress) {
    this.#folder = folder;
    this.#inspector = inspector;
    this.#progress = progress;
  }

  /** Everything in the gallery, the tour first; a file that is no scenario is left out. */
  entries(): readonly GalleryEntry[] {
    this.#entries ??= galleryFiles(this.#folder).flatMap((file) => readEntry(this.#folder, file));
    return this.#entries;
  }

  /** The same, read one file a turn of the event loop: reading them all at once would hold up callbacks for long. */
  load(): Promise<readonly GalleryEntry[]> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<readonly GalleryEntry[]> {
    const entries: GalleryEntry[] = [];
    for (const file of galleryFiles(this.#folder)) {
      if (this.#entries !== undefined) return this.#entries;
      entries.push(...readEntry(this.#folder, file));
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    this.#entries ??= entries;
    return this.#entries;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Runs one of the gallery, or the text of the command, to its end. The message says how it went. */
  async run(command: Omit<RunScenarioCommand, 'kind'>): Promise<Result<string, InspectorError>> {
    const { id } = command;
    const text = command.text ?? this.entries().find((one) => one.id === id)?.text;
    if (text === undefined) return err(invalid('id', `There is no scenario "${id}" in the gallery.`));
    if (this.#running !== undefined) return err(invalid('id', 'A scenario is running. Stop it first, or wait for its end.'));
    const scenario = loadScenario(text);
    if (!scenario.ok) {
      const [first] = scenario.error;
      return err(invalid('scenario', `${id} is no scenario: line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${first?.message ?? ''}`));
    }
    try {
      return ok(await this.#play(id, scenario.value, command));
    } finally {
      this.#running = undefined;
    }
  }

  control({ action }: Pick<ControlScenarioCommand, 'action'>): Result<string, InspectorError> {
    if (this.#running === undefined) return err(invalid('action', 'No scenario is running.'));
    const { control } = this.#running;
    const held = control.standing !== undefined;
    switch (action) {
      case 'continue':
        if (!held) return err(invalid('action', 'The scenario is not held; it goes on already.'));
        control.goOn();
        return ok('The scenario goes on.');
      case 'step':
        if (!held) return err(invalid('action', 'The scenario is not held; pause it first.'));
        control.stepOn();
        return ok('The scenario goes on to its next step.');
      case 'pause':
        if (held) return err(invalid('action', 'The scenario is held already.'));
        control.pause();
        return ok('The scenario is paused.');
    }
  }

  breakAt({ breaks }: Pick<BreakScenarioCommand, 'breaks'>): Result<string, InspectorError> {
    if (this.#running === undefined) return err(invalid('breaks', 'No scenario is running.'));
    this.#running.control.breaks = breaksOf(breaks);
    return ok('The breakpoints were changed.');
  }

  /** How the latest run is; undefined before the first. */
  get latest(): ScenarioProgress | undefined {
    return this.#latest;
  }

  stop(): void {
    this.#running?.stop.abort();
  }

  async #play(id: string, scenario: Scenario, { held, breaks }: Pick<RunScenarioCommand, 'held' | 'breaks'>): Promise<string> {
    this.#runs += 1;
    const progress = new RunProgress(this.#runs, id, scenario, (told) => {
      this.#latest = told;
      this.#progress(told);
    });
    const control = new RunControl({ held: held === true, breaks: breaksOf(breaks ?? NO_BREAKS), changed: (standing) => this.#held(progress, standing) });
    const stop = new AbortController();
    this.#running = { stop, control };
    const { title } = scenario;
    const result = await runScenario(scenario, this.#inspector, {
      engine: this.#engineName(), signal: stop.signal, control,
      onBegin: (step) => progress.began(step),
      onStep: (step) => progress.ended(step),
    });
    const message = result.problems[0] ?? firstFailure(result.steps);
    progress.over(result.stopped ? 'stopped' : result.passed ? 'passed' : 'failed', message, result.endedEarly);
    if (result.stopped) return `${title}: stopped. What it opened was closed.`;
    if (!result.passed) return `${title}: ${message ?? 'an expectation did not hold'}.`;
    return result.endedEarly === undefined ? `${title}: every expectation held.` : `${title}: not on this engine: ${result.endedEarly}.`;
  }

  #held(progress: RunProgress, standing: Standing | undefined): void {
    const hold = standing === undefined ? undefined : holdOf(standing, (event) => this.#inspector.trace.log.at(event).handle);
    if (hold !== undefined) this.#inspector.note('info', holdNote(hold));
    progress.held(hold);
  }

  /** By which name `differs` speaks of the engine; a hosted one says in its description what it is. */
  #engineName(): EngineName {
    const { kind, description } = this.#inspector.engine;
    if (description.includes('Wine ')) return 'wine';
    return kind === 'portable' || description.startsWith('Portable') ? 'portable' : 'native';
  }
}

function breaksOf({ lines, callbacks }: ScenarioBreaks): Breaks {
  return { lines: new Set(lines), callbacks: callbacks === 'every' ? callbacks : new Set(callbacks) };
}

function invalid(field: string, message: string): InspectorError {
  return { kind: 'invalid-argument', issues: [{ field, message }] };
}

function firstFailure(steps: readonly StepResult[]): string | undefined {
  for (const { title, failures } of steps) {
    const [first] = failures;
    if (first !== undefined) return `${title}: ${first.what}: expected ${first.expected}, observed ${first.observed}`;
  }
  return undefined;
}
