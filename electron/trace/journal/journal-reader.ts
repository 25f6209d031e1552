import { open, readdir, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { err, ok, type Result } from '../../../preload/contract/result';
import { announcedLength, FRAME_HEAD, isWhole } from './frame';

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
    return ok({ head, lines: payloads.slice(1).flatMap((payload) => payload.split('\n')), torn: size - at });
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

/** Journals in a folder whose process is gone: what a crash has left, the newest first. */
export async function leftJournals(folder: string, isAlive: (pid: number) => boolean = processExists): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch {
    // No folder yet: nothing was ever recorded.
    return [];
  }
  const files = names.filter((name) => name.endsWith(JOURNAL_EXTENSION)).map((name) => path.join(folder, name));
  const left: { readonly file: string; readonly time: number }[] = [];
  for (const file of files) {
    const read = await readJournal(file);
    if (read.ok && isAlive(read.value.head.pid)) continue;
    left.push({ file, time: (await stat(file)).mtimeMs });
  }
  return left.sort((a, b) => b.time - a.time).map(({ file }) => file);
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
