import { app } from 'electron';
import path from 'node:path';
import type { Inspector } from '../inspector/inspector';
import { JOURNAL_EXTENSION, leftJournals, pruneJournals, type LeftJournal } from '../trace/journal/journal-reader';
import { JournalWriter } from '../trace/journal/journal-writer';

/** Journals kept, those of recordings that ended in order among them. */
const KEPT = 20;

/** Keeps the journal of this recording. Without a place to write it the recording goes on, and a note says so. */
export function keepJournal(inspector: Inspector): void {
  const startedAt = new Date().toISOString();
  const file = path.join(folder(), `${startedAt.replace(/[:.]/g, '-')}-${process.pid}${JOURNAL_EXTENSION}`);
  const { kind, description } = inspector.engine;
  try {
    const journal = new JournalWriter(
      inspector.trace, file, { journal: 1, application: app.getVersion(), engine: { kind, description }, startedAt, pid: process.pid },
      (message) => inspector.note('error', message),
    );
    process.once('exit', () => journal.close());
  } catch (failure) {
    inspector.note('error', `There is no journal: ${failure instanceof Error ? failure.message : String(failure)}. A crash would lose the recording.`);
  }
}

/** What crashes have left, after the oldest journals were removed. */
export async function recoverable(): Promise<readonly LeftJournal[]> {
  await pruneJournals(folder(), KEPT);
  return leftJournals(folder());
}

function folder(): string {
  return path.join(app.getPath('userData'), 'journals');
}
