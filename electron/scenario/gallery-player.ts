import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { err, ok, type Result } from '../../preload/contract/result';
import type { InspectorError } from '../../preload/contract/errors';
import type { GalleryEntry, ScenarioProgress, StepReport } from '../../preload/contract/update';
import type { Inspector } from '../inspector/inspector';
import type { EngineName, Scenario } from './language/scenario';
import { everyStep } from './language/parse-scenario';
import { loadScenario } from './load-scenario';
import { runScenario } from './runner/scenario-run';
import { sweepTargets } from './sweep/targets';
import type { StepResult } from './runner/step-result';

type Progress = (progress: ScenarioProgress) => void;

/** Runs the scenarios of the gallery on the window's own inspector, so that the tree and the timeline show them live. */
export class GalleryPlayer {
  readonly #folder: string;
  readonly #inspector: Inspector;
  readonly #progress: Progress;
  #entries: readonly GalleryEntry[] | undefined;
  #reading: Promise<readonly GalleryEntry[]> | undefined;
  #running: AbortController | undefined;

  /** `folder` holds tour/ and rules/ with .yaml files. */
  constructor(folder: string, inspector: Inspector, progress: Progress) {
    this.#folder = folder;
    this.#inspector = inspector;
    this.#progress = progress;
  }

  /** Everything in the gallery, the tour first; a file that is no scenario is left out, since its tests tell of it. */
  entries(): readonly GalleryEntry[] {
    this.#entries ??= galleryFiles(this.#folder).flatMap(({ group, file }) => readEntry(this.#folder, group, file));
    return this.#entries;
  }

  /** The same, read one file a turn of the event loop: reading them all at once would hold up callbacks for long. */
  load(): Promise<readonly GalleryEntry[]> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  async #read(): Promise<readonly GalleryEntry[]> {
    const entries: GalleryEntry[] = [];
    for (const { group, file } of galleryFiles(this.#folder)) {
      if (this.#entries !== undefined) return this.#entries;
      entries.push(...readEntry(this.#folder, group, file));
      await new Promise((resolve) => { setImmediate(resolve); });
    }
    this.#entries ??= entries;
    return this.#entries;
  }

  /** Runs one to its end. The message says how it went. */
  async run(id: string): Promise<Result<string, InspectorError>> {
    const entry = this.entries().find((one) => one.id === id);
    if (entry === undefined) return err(invalid('id', `There is no scenario "${id}" in the gallery.`));
    if (this.#running !== undefined) return err(invalid('id', 'A scenario is running. Stop it first, or wait for its end.'));
    const scenario = loadScenario(entry.text);
    if (!scenario.ok) {
      const [first] = scenario.error;
      return err(invalid('scenario', `${id} is no scenario: line ${first?.line ?? 1}, column ${first?.column ?? 1}: ${first?.message ?? ''}`));
    }
    const controller = new AbortController();
    this.#running = controller;
    try {
      return ok(await this.#play(entry, scenario.value, controller.signal));
    } finally {
      this.#running = undefined;
    }
  }

  stop(): void {
    this.#running?.abort();
  }

  async #play({ id, title }: GalleryEntry, scenario: Scenario, signal: AbortSignal): Promise<string> {
    const reports: StepReport[] = [];
    const sayings = sayingsOf(scenario.notes ?? '');
    const steps = everyStep(scenario.steps).length;
    const tell = (state: ScenarioProgress['state'], message: string | undefined): void =>
      this.#progress({ id, title, state, step: reports.length, steps, reports: [...reports], message });
    tell('running', undefined);
    const result = await runScenario(scenario, this.#inspector, {
      engine: this.#engineName(),
      signal,
      onStep: (step) => {
        reports.push(stepReport(step, reports.length, sayings));
        tell('running', undefined);
      },
    });
    const message = result.problems[0] ?? firstFailure(result.steps);
    tell(result.stopped ? 'stopped' : result.passed ? 'passed' : 'failed', message);
    if (result.stopped) return `${title}: stopped. What it opened was closed.`;
    return result.passed ? `${title}: every expectation held.` : `${title}: ${message ?? 'an expectation did not hold'}.`;
  }

  /** By which name `differs` speaks of the engine; a hosted one says in its description what it is. */
  #engineName(): EngineName {
    const { kind, description } = this.#inspector.engine;
    if (description.includes('Wine ')) return 'wine';
    return kind === 'portable' || description.startsWith('Portable') ? 'portable' : 'native';
  }
}

function invalid(field: string, message: string): InspectorError {
  return { kind: 'invalid-argument', issues: [{ field, message }] };
}

function stepReport({ step, title, state, documented, observed, failures }: StepResult, index: number, sayings: ReadonlyMap<string, string>): StepReport {
  const said = step.id === undefined ? undefined : sayings.get(step.id);
  const failed = failures.map(({ what, expected, observed: seen }) => `${what}: expected ${expected}, observed ${seen}`).join('; ');
  return { index, title, state, documented: said ?? documented, observed: failed === '' ? observed : failed };
}

function firstFailure(steps: readonly StepResult[]): string | undefined {
  for (const { title, failures } of steps) {
    const [first] = failures;
    if (first !== undefined) return `${title}: ${first.what}: expected ${first.expected}, observed ${first.observed}`;
  }
  return undefined;
}

interface GalleryFile {
  readonly group: GalleryEntry['group'];
  readonly file: string;
}

function galleryFiles(folder: string): readonly GalleryFile[] {
  return GROUPS.flatMap((group) => filesOf(path.join(folder, group)).map((file) => ({ group, file })));
}

/** Nothing for a file that is no scenario. */
function readEntry(folder: string, group: GalleryEntry['group'], file: string): readonly GalleryEntry[] {
  const text = readFileSync(path.join(folder, group, file), 'utf8');
  const scenario = loadScenario(text);
  if (!scenario.ok) return [];
  const { title, source, notes } = scenario.value;
  return [{ id: `${group}/${path.basename(file, '.yaml')}`, group, title, source: source ?? '', notes: notes ?? '', text, targets: sweepTargets(scenario.value) }];
}

const GROUPS: readonly GalleryEntry['group'][] = ['tour', 'rules', 'more'];

/** One folder at a time: Node 18.15, which the test runtime has, reads none recursively. */
function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.yaml')).sort();
  } catch {
    // A group without a folder is a group without scenarios.
    return [];
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
