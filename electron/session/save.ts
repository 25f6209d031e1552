import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { CONSTANT_GROUPS } from '../../preload/contract/win32/constant-table';
import type { Annotation } from '../../preload/contract/annotation';
import { err, ok, type Result } from '../../preload/contract/result';
import { EVENT_KINDS, EventBlockBuilder, type BlockRow, type EventBlock } from '../trace/event-block';
import type { Trace } from '../trace/trace';
import { writeBlock } from './block';
import { encodeEvents } from './event-content';
import { FORMAT_NAME, FORMAT_VERSION, SIGNATURE, WRITTEN_CHARACTERS, WRITTEN_ROWS, type EndContent, type SessionHeader } from './format';

export interface SavedBy {
  readonly application: string;
  readonly engine: { readonly kind: string; readonly description: string };
  /** ISO 8601 time at which the recording had ended, where it is one that was read; now for one that goes on. */
  readonly savedAt?: string;
  /** ISO 8601 time at which it began. */
  readonly startedAt?: string;
}

export interface SaveOptions {
  readonly annotations?: readonly Annotation[];
  readonly signal?: AbortSignal;
  /** Told after each block: the events that are written. */
  readonly onProgress?: (events: number) => void;
}

/** What is written when it is not a trace that lies in memory. */
export interface WrittenEvents {
  /** Place of the first event. */
  readonly first: number;
  /** Places before it that are of earlier recordings. */
  readonly earlier?: number;
  /** How many there are, where that is known. */
  readonly events: number | undefined;
  readonly rows: Iterable<BlockRow>;
}

const NAMED_GROUPS = ['INTERNET_STATUS', 'WININET_ERRORS', 'WIN32_ERRORS', 'INTERNET_OPTION', 'INTERNET_FLAG', 'HTTP_QUERY'] as const;

/** Writes a trace as it stands now as a session file; what comes after this moment belongs to the next save. */
export function saveSession(trace: Trace, file: string, by: SavedBy, options: SaveOptions = {}): Promise<Result<{ readonly events: number }, string>> {
  const { first, earlier, length } = trace.log;
  return writeSession({ first, earlier, events: length - first, rows: trace.log.rows() }, file, by, { annotations: trace.annotations.all, ...options });
}

/**
 * Writes events as a session file. It streams, so a long trace needs no memory of its own; the file appears under its name
 * only when it is whole, so a failure leaves an older one as it was.
 */
export async function writeSession(events: WrittenEvents, file: string, by: SavedBy, options: SaveOptions = {}): Promise<Result<{ readonly events: number }, string>> {
  const partial = `${file}.partial`;
  let handle: FileHandle | undefined;
  try {
    handle = await open(partial, 'w');
    const count = await write(handle, events, by, options);
    await handle.sync();
    await handle.close();
    handle = undefined;
    await rename(partial, file);
    return ok({ events: count });
  } catch (failure) {
    await handle?.close().catch(() => undefined);
    await rm(partial, { force: true });
    return err(`${file} could not be written: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}

async function write(handle: FileHandle, { first, earlier = 0, events, rows }: WrittenEvents, by: SavedBy, { annotations = [], signal, onProgress }: SaveOptions): Promise<number> {
  await writeAll(handle, SIGNATURE);
  await writeAll(handle, await writeBlock('header', json(headerOf({ first, earlier, events }, by))));
  // Before the events: a file that is cut short keeps them.
  if (annotations.length > 0) await writeAll(handle, await writeBlock('annotations', json(annotations)));
  let written = 0;
  // One block is compressed and written while the next is gathered.
  let last: Promise<void> = Promise.resolve();
  for (const block of blocksOf(rows)) {
    signal?.throwIfAborted();
    await last;
    const begin = first + written;
    written += block.kinds.length;
    last = writeBlock('events', encodeEvents(block), begin).then((bytes) => writeAll(handle, bytes));
    // Waited for above or below; until then a failure is not unheard.
    last.catch(() => undefined);
    onProgress?.(written);
    await new Promise<void>((resolve) => { setImmediate(resolve); });
  }
  await last;
  const end: EndContent = { events: written };
  await writeAll(handle, await writeBlock('end', json(end)));
  return written;
}

function* blocksOf(rows: Iterable<BlockRow>): Generator<EventBlock> {
  const builder = new EventBlockBuilder(WRITTEN_ROWS, WRITTEN_CHARACTERS);
  for (const row of rows) {
    builder.add(row);
    if (builder.full) yield builder.take();
  }
  if (builder.length > 0) yield builder.take();
}

function headerOf({ first, earlier, events }: Required<Omit<WrittenEvents, 'rows'>>, by: SavedBy): SessionHeader {
  return {
    format: FORMAT_NAME, version: FORMAT_VERSION, application: by.application, engine: by.engine, savedAt: by.savedAt ?? new Date().toISOString(), ...(by.startedAt === undefined ? {} : { startedAt: by.startedAt }), first, ...(earlier > 0 && { earlier }), events, kinds: EVENT_KINDS,
    constants: Object.fromEntries(NAMED_GROUPS.map((group) => [group, CONSTANT_GROUPS[group] ?? {}])),
  };
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written)).bytesWritten;
}
