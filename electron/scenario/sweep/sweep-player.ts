import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunSweepCommand } from '../../../preload/contract/command';
import type { InspectorError } from '../../../preload/contract/errors';
import { err, ok, type Result } from '../../../preload/contract/result';
import { isBad, type Sweep, type SweepAnswer, type SweepStatus } from '../../../preload/contract/sweep';
import type { GalleryEntry } from '../../../preload/contract/update';
import type { Inspector } from '../../inspector/inspector';
import { loadScenario } from '../load-scenario';
import { sweep, type SweepEngine } from './sweep';

export interface SweepPlayerParts {
  readonly gallery: () => readonly GalleryEntry[];
  readonly engines: readonly SweepEngine[];
  /** Saves the session file of a run. */
  readonly saveTrace: (inspector: Inspector, file: string) => Promise<Result<unknown, string>>;
  readonly changed: (status: SweepStatus) => void;
}

/** Runs close sweeps for the window and keeps the latest: its matrix, and the session file of every run. */
export class SweepPlayer {
  private latest: SweepAnswer | undefined;
  private running: AbortController | undefined;
  private folder: string | undefined;
  private revision = 0;

  constructor(private readonly parts: SweepPlayerParts) {}

  get engines(): readonly string[] {
    return this.parts.engines.map(({ name }) => name);
  }

  /** The latest sweep as far as it is. */
  answer(): SweepAnswer | undefined {
    return this.latest;
  }

  /** Runs one to its end. The message says how it went. */
  async run({ id, action, name, engines, seconds }: RunSweepCommand): Promise<Result<string, InspectorError>> {
    if (this.running !== undefined) return err(invalid('id', 'A sweep is running. Stop it first, or wait for its end.'));
    const entry = this.parts.gallery().find((one) => one.id === id);
    if (entry === undefined) return err(invalid('id', `There is no scenario "${id}" in the gallery.`));
    const chosen = this.parts.engines.filter((engine) => engines.includes(engine.name));
    if (chosen.length === 0) return err(invalid('engines', `names none of ${this.engines.join(', ')}`));
    const scenario = loadScenario(entry.text);
    if (!scenario.ok) return err(invalid('id', `${id} is no scenario.`));
    const stop = new AbortController();
    this.running = stop;
    try {
      const folder = await this.newFolder();
      const blank: Sweep = { scenario: scenario.value.name, engines: chosen.map((engine) => engine.name), action, target: name, rows: [] };
      this.tell(entry, 'running', blank, 0, 0);
      const done = await sweep(scenario.value, {
        engines: chosen, action, name, budget: seconds * 1000, signal: stop.signal,
        progress: (matrix, ran, of) => this.tell(entry, 'running', matrix, ran, of),
        saveTrace: async (inspector, number) => {
          const file = path.join(folder, `${scenario.value.name}-${String(number + 1).padStart(3, '0')}.hinspect`);
          const saved = await this.parts.saveTrace(inspector, file);
          return saved.ok ? ok(file) : saved;
        },
      });
      if (!done.ok) {
        this.tell(entry, 'failed', this.latest?.sweep ?? blank, 0, 0, done.error);
        return err(invalid('sweep', done.error));
      }
      const { rows } = done.value;
      const ran = rows.filter(({ cell }) => cell.kind !== 'not run').length;
      this.tell(entry, stop.signal.aborted ? 'stopped' : 'finished', done.value, ran, rows.length);
      return ok(words(entry, done.value, ran, stop.signal.aborted));
    } finally {
      this.running = undefined;
    }
  }

  stop(): void {
    this.running?.abort();
  }

  /** Ends what runs, and takes the session files of its runs away. */
  dispose(): void {
    this.stop();
    // A trace that is being written may put its file there between the look and the removal: once more, then.
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 10 });
    this.folder = undefined;
  }

  /** The traces of the sweep before go with it. */
  private async newFolder(): Promise<string> {
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
    this.folder = await mkdtemp(path.join(tmpdir(), 'hinspector-sweep-'));
    return this.folder;
  }

  private tell({ id, title }: GalleryEntry, state: SweepStatus['state'], matrix: Sweep, done: number, of: number, message?: string): void {
    this.revision += 1;
    const status = { revision: this.revision, state, done, of };
    this.latest = { status, id, title, sweep: matrix, message };
    this.parts.changed(status);
  }
}

function words({ title }: GalleryEntry, { rows, action, target }: Sweep, ran: number, stopped: boolean): string {
  const bad = rows.filter(({ cell }) => cell.kind === 'run' && isBad(cell)).length;
  const verb = action === 'close' ? 'closed' : 'cancelled';
  const left = ran < rows.length ? `, of ${rows.length}${stopped ? ', and was stopped' : ' that there was time for'}` : '';
  return `${title}: $${target} ${verb} at ${ran} ${ran === 1 ? 'moment' : 'moments'}${left}; ${bad === 0 ? 'none broke a rule' : `${bad} with findings`}.`;
}

function invalid(field: string, message: string): InspectorError {
  return { kind: 'invalid-argument', issues: [{ field, message }] };
}
