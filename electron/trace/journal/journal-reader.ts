import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../../preload/contract/result';
import { announcedLength, frame, FRAME_HEAD, isWhole } from './frame';
import { CLOSED } from './journal-writer';

export const JOURNAL_EXTENSION = '.hjournal';

export interface JournalHead {
  readonly application: string;
  readonly engine: { readonly kind: string; readonly description: string };
  readonly startedAt: string;
  readonly pid: number;
}

export interface Journal {
  readonly head: JournalHead;
  /** Of the file, in bytes. */
  readonly size: number;
  /** Whether the recording ended in order. */
  readonly closed: boolean;
  /** Bytes that were read so far. */
  readonly read: () => number;
  /**
   * One JSON text an event, in the order of the trace; leaving the loop closes the file.
   * @throws Error after the last whole line of a journal that did not end in order, or is torn
   */
  readonly lines: () => AsyncGenerator<string>;
  readonly close: () => Promise<void>;
}

const CLOSING_FRAME = frame(JSON.stringify(CLOSED));

/** Opens a journal. A file that is none gives a sentence that says so. */
export async function openJournalFile(file: string): Promise<Result<Journal, string>> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (failure) {
    return err(`${file} cannot be opened: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
  const { size } = await handle.stat();
  const first = await wholeFrame(handle, 0, size);
  const head = parseHead(first?.toString('utf8'));
  if (first === undefined || head === undefined) {
    await handle.close();
    return err(`${file} is not a journal of Hinspector.`);
  }
  const tail = Buffer.alloc(CLOSING_FRAME.length);
  await handle.read(tail, 0, tail.length, Math.max(0, size - tail.length));
  const closed = tail.equals(CLOSING_FRAME);
  const end = closed ? size - tail.length : size;
  let at = FRAME_HEAD + first.length;
  async function* lines(): AsyncGenerator<string> {
    try {
      for (;;) {
        const payload = await wholeFrame(handle, at, end);
        if (payload === undefined) break;
        at += FRAME_HEAD + payload.length;
        yield* payload.toString('utf8').split('\n');
      }
    } finally {
      await handle.close();
    }
    if (at < end) throw new Error(`its last ${end - at} bytes are torn`);
    if (!closed) throw new Error('the recording did not end in order');
  }
  return ok({ head, size, closed, read: () => at, lines, close: () => handle.close() });
}

async function wholeFrame(handle: FileHandle, at: number, size: number): Promise<Buffer | undefined> {
  if (at + FRAME_HEAD > size) return undefined;
  const head = Buffer.alloc(FRAME_HEAD);
  await handle.read(head, 0, FRAME_HEAD, at);
  const length = announcedLength(head);
  if (length === undefined || at + FRAME_HEAD + length > size) return undefined;
  const payload = Buffer.alloc(length);
  await handle.read(payload, 0, length, at + FRAME_HEAD);
  return isWhole(head, payload) ? payload : undefined;
}

function parseHead(text: string | undefined): JournalHead | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    if (typeof value !== 'object' || value === null || !('journal' in value) || value.journal !== 1) return undefined;
    const { application, startedAt, pid, engine } = { application: '', startedAt: '', pid: 0, engine: undefined, ...value };
    const { kind, description } = { kind: '', description: '', ...(typeof engine === 'object' ? engine : {}) };
    return { application: String(application), engine: { kind: String(kind), description: String(description) }, startedAt: String(startedAt), pid: Number(pid) };
  } catch {
    return undefined;
  }
}

export interface LeftJournal {
  readonly file: string;
  readonly startedAt: string;
  readonly events: number;
}

/** Journals in a folder that a crash has left: not ended in order, and their process gone. The newest first. */
export async function leftJournals(folder: string, isAlive: (pid: number) => boolean = processExists): Promise<readonly LeftJournal[]> {
  const left: LeftJournal[] = [];
  for (const file of await journalsIn(folder)) {
    const journal = await openJournalFile(file);
    if (!journal.ok) continue;
    const { head, closed } = journal.value;
    const events = closed || isAlive(head.pid) ? 0 : await countLines(journal.value);
    await journal.value.close();
    if (events > 0) left.push({ file, startedAt: head.startedAt, events });
  }
  return left;
}

async function countLines({ lines }: Journal): Promise<number> {
  let count = 0;
  try {
    for await (const _line of lines()) count += 1;
  } catch {
    // Left by a crash: that is how such a journal ends.
  }
  return count;
}

/** Removes all but the newest; the ones of living processes are theirs. */
export async function pruneJournals(folder: string, keep: number, isAlive: (pid: number) => boolean = processExists): Promise<void> {
  for (const file of (await journalsIn(folder)).slice(keep)) {
    const journal = await openJournalFile(file);
    if (journal.ok) await journal.value.close();
    // One that cannot be removed stays: a disk that is read-only must not keep the program from starting.
    if (!journal.ok || !isAlive(journal.value.head.pid)) await rm(file, { force: true }).catch(() => undefined);
  }
}

export async function journalsIn(folder: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch {
    // No folder yet: nothing was ever recorded.
    return [];
  }
  const files = names.filter((name) => name.endsWith(JOURNAL_EXTENSION)).map((name) => path.join(folder, name));
  const dated = await Promise.all(files.map(async (file) => ({ file, time: (await stat(file)).mtimeMs })));
  return dated.sort((a, b) => b.time - a.time).map(({ file }) => file);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
