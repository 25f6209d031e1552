import { app } from 'electron';
import { rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { LeftRecording } from '../../preload/contract/bridge';
import type { RecentRecording } from '../../preload/contract/session';
import type { JournalStatus } from '../../preload/contract/update';
import type { Inspector } from '../inspector/inspector';
import type { RecentFiles } from '../session/desk/recent-files';
import { JOURNAL_EXTENSION, journalsIn, leftJournals, pruneJournals } from '../trace/journal/journal-reader';
import { JournalWriter } from '../trace/journal/journal-writer';

/**
 * Keeps the journal of the live recording, one file for each that is begun. Without a place to write it, or when the disk
 * is full, the recording goes on; where the journal ended in the middle of a recording, a note says so.
 */
export class LiveJournal {
  private writer: JournalWriter | undefined;
  private now: JournalStatus = { state: 'none' };

  constructor(private readonly inspector: Inspector) {
    const { trace } = inspector;
    this.begin();
    trace.annotations.listen(() => this.writer?.annotate(trace.annotations.all));
    trace.onBeginAnew(() => {
      this.end();
      this.begin();
    });
    process.once('exit', () => this.end());
  }

  get status(): JournalStatus {
    return this.now;
  }

  /** Where it is written; undefined where it could not be made. */
  get file(): string | undefined {
    return this.writer?.file;
  }

  private begin(): void {
    const startedAt = new Date().toISOString();
    const file = path.join(folder(), `${startedAt.replace(/[:.]/g, '-')}-${process.pid}${JOURNAL_EXTENSION}`);
    const { kind, description } = this.inspector.engine;
    try {
      this.writer = new JournalWriter(
        this.inspector.trace, file, { journal: 1, application: app.getVersion(), engine: { kind, description }, startedAt, pid: process.pid }, (reason) => this.stop(reason),
      );
      this.now = { state: 'saved' };
      // What stays from the recording before, as mutes do.
      const { all } = this.inspector.trace.annotations;
      if (all.length > 0) this.writer.annotate(all);
    } catch (failure) {
      this.now = { state: 'stopped', reason: `There is no journal: ${failure instanceof Error ? failure.message : String(failure)}. The recording goes on, but a crash would lose it. Let Hinspector write there and start it anew.` };
    }
  }

  private end(): void {
    const { writer } = this;
    if (writer === undefined) return;
    this.writer = undefined;
    writer.close();
    // A recording in which nothing happened is none to come back to.
    if (writer.events === 0) rmSync(writer.file, { force: true });
  }

  private stop(reason: string): void {
    this.now = { state: 'stopped', reason };
    // It stops while an event is taken in: the note about it comes after that one, not within it.
    setImmediate(() => this.inspector.note('error', reason));
  }
}

/** What crashes have left, after the oldest journals were removed. @param keep journals that stay, those that ended in order among them */
export async function recoverable(keep: number): Promise<readonly LeftRecording[]> {
  await pruneJournals(folder(), keep);
  return leftJournals(folder());
}

/** Files that were used, and the journals of earlier recordings, the newest first. @param own journal of the live recording, which is shown as that */
export async function recentRecordings(files: RecentFiles, crashed: readonly LeftRecording[], own: string | undefined): Promise<readonly RecentRecording[]> {
  const left = new Set(crashed.map(({ file }) => file));
  const journals = await Promise.all((await journalsIn(folder())).map(async (file): Promise<readonly RecentRecording[]> => {
    const name = path.basename(file);
    if (file === own) return [];
    try {
      const { size, mtime } = await stat(file);
      return [{ path: file, name, folder: path.dirname(file), at: mtime.toISOString(), kind: left.has(file) ? 'crashed' : 'recording', size }];
    } catch {
      return [];
    }
  }));
  return [...await files.list(), ...journals.flat()].sort((a, b) => b.at.localeCompare(a.at));
}

function folder(): string {
  return path.join(app.getPath('userData'), 'journals');
}
