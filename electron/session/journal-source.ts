import { ok, type Result } from '../../preload/contract/result';
import { openJournalFile } from '../trace/journal/journal-reader';
import { sourceOfLines } from './event-lines';
import { FORMAT_NAME, type SessionHeader, type SessionSource } from './format';

/** A journal as a session: what is written while it is recorded, for the case that nobody lives to save it. */
export async function openJournal(file: string): Promise<Result<SessionSource, string>> {
  const journal = await openJournalFile(file);
  if (!journal.ok) return journal;
  const { head, lines, size, read, close } = journal.value;
  const source = await sourceOfLines(lines(), () => void close());
  const header: SessionHeader = {
    format: FORMAT_NAME, version: 1, application: head.application, engine: head.engine, savedAt: head.startedAt, first: source.first, events: undefined, kinds: [], constants: {},
  };
  return ok({ header, parts: source.parts, progress: () => ({ read: read(), size }) });
}
