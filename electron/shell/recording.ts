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
 * Keeps the journal of this recording. Without a place to write it, or when the disk is full, the recording goes on. The
 * answer tells how it is; where the journal ended in the middle of a recording, a note says so.
 */
export function keepJournal(inspector: Inspector): () => JournalStatus {
  const startedAt = new Date().toISOString();
  const file = path.join(folder(), `${startedAt.replace(/[:.]/g, '-')}-${process.pid}${JOURNAL_EXTENSION}`);
  const { kind, description } = inspector.engine;
  let status: JournalStatus = { state: 'saved' };
  const stop = (reason: string): void => {
    status = { state: 'stopped', reason };
    // It stops while an event is taken in: the note about it comes after that one, not within it.
    setImmediate(() => inspector.note('error', reason));
  };
  try {
    const journal = new JournalWriter(
      inspector.trace, file, { journal: 1, application: app.getVersion(), engine: { kind, description }, startedAt, pid: process.pid }, stop,
    );
    const { annotations } = inspector.trace;
    annotations.listen(() => journal.annotate(annotations.all));
    process.once('exit', () => {
      journal.close();
      // A start in which nothing happened is no recording to come back to.
      if (inspector.trace.log.length === 0) rmSync(file, { force: true });
    });
  } catch (failure) {
    status = { state: 'stopped', reason: `There is no journal: ${failure instanceof Error ? failure.message : String(failure)}. The recording goes on, but a crash would lose it. Let Hinspector write there and start it anew.` };
  }
  return () => status;
}

/** What crashes have left, after the oldest journals were removed. @param keep journals that stay, those that ended in order among them */
export async function recoverable(keep: number): Promise<readonly LeftRecording[]> {
  await pruneJournals(folder(), keep);
  return leftJournals(folder());
}

/** Files that were used, and the journals of earlier recordings, the newest first. */
export async function recentRecordings(files: RecentFiles, crashed: readonly LeftRecording[]): Promise<readonly RecentRecording[]> {
  const left = new Set(crashed.map(({ file }) => file));
  const journals = await Promise.all((await journalsIn(folder())).map(async (file): Promise<readonly RecentRecording[]> => {
    const name = path.basename(file);
    // This process's own is what is shown as the live recording.
    if (name.endsWith(`-${process.pid}${JOURNAL_EXTENSION}`)) return [];
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
