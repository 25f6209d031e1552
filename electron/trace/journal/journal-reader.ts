import { open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../../preload/contract/result';
import { announcedLength, FRAME_HEAD, isWhole } from './frame';
import { CLOSED } from './journal-writer';

export const JOURNAL_EXTENSION = '.hjournal';

export interface JournalHead {
  readonly application: string;
  readonly startedAt: string;
  readonly pid: number;
}

export interface ReadJournal {
  readonly head: JournalHead;
  /** One JSON text an event, in the order of the trace. */
  readonly lines: readonly string[];
  /** Bytes at the end that belong to no whole frame: what the crash tore off. */
  readonly torn: number;
  /** Whether the recording ended in order. */
  readonly closed: boolean;
}

/** Reads a journal up to its last whole frame. A file that is none gives a sentence that says so. */
export async function readJournal(file: string): Promise<Result<ReadJournal, string>> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r');
  } catch (failure) {
    return err(`${file} cannot be opened: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
  try {
    const { size } = await handle.stat();
    const payloads: string[] = [];
    let at = 0;
    for (;;) {
      const payload = await wholeFrame(handle, at, size);
      if (payload === undefined) break;
      payloads.push(payload.toString('utf8'));
      at += FRAME_HEAD + payload.length;
    }
    const head = parseHead(payloads[0]);
    if (head === undefined) return err(`${file} is not a journal of Hinspector.`);
    const closed = payloads.at(-1) === JSON.stringify(CLOSED);
    const events = payloads.slice(1, closed ? -1 : undefined);
    return ok({ head, lines: events.flatMap((payload) => payload.split('\n')), torn: size - at, closed });
  } finally {
    await handle.close();
  }
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
    const { application, startedAt, pid } = { application: '', startedAt: '', pid: 0, ...value };
    return { application: String(application), startedAt: String(startedAt), pid: Number(pid) };
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
    const read = await readJournal(file);
    if (!read.ok || read.value.closed || isAlive(read.value.head.pid) || read.value.lines.length === 0) continue;
    left.push({ file, startedAt: read.value.head.startedAt, events: read.value.lines.length });
  }
  return left;
}

/** Removes all but the newest; the ones of living processes are theirs. */
export async function pruneJournals(folder: string, keep: number, isAlive: (pid: number) => boolean = processExists): Promise<void> {
  for (const file of (await journalsIn(folder)).slice(keep)) {
    const read = await readJournal(file);
    if (!read.ok || !isAlive(read.value.head.pid)) await rm(file, { force: true });
  }
}

async function journalsIn(folder: string): Promise<readonly string[]> {
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
