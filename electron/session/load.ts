import type { EventKind, NewEvent } from '../../preload/contract/event';
import { ok, type Result } from '../../preload/contract/result';
import { FUNCTIONS } from '../../preload/contract/win32/functions';
import { JOURNAL_EXTENSION, readJournal } from '../trace/journal/journal-reader';
import type { Trace } from '../trace/trace';
import { readSession } from './read';

export interface Loaded {
  readonly events: number;
  /** Lines that are no events: counted, and not fatal. */
  readonly invalid: number;
  /** The file ended before its end; what is there was recovered. */
  readonly truncated: boolean;
}

const KINDS: ReadonlySet<string> = new Set<EventKind>(['call', 'return', 'callback', 'completion', 'connection', 'note', 'engine-lost', 'callback-return', 'observed']);

/**
 * Fills a fresh trace from a session file or a journal. The error is a sentence that names the file and what to do.
 * @param atEnd runs when the last event of the file is in, before its handles are said to be lost
 */
export async function loadInto(trace: Trace, file: string, atEnd: () => void = () => undefined): Promise<Result<Loaded, string>> {
  const read = file.endsWith(JOURNAL_EXTENSION) ? await journalEvents(file) : await sessionEvents(file);
  if (!read.ok) return read;
  let invalid = 0;
  // A recording whose oldest events were dropped begins at a later place than this trace does.
  const dropped = firstPlace(read.value.events[0]);
  for (const value of read.value.events) {
    if (!appendIfEvent(trace, moved(value, dropped))) invalid += 1;
  }
  atEnd();
  trace.continueNow();
  // Whatever was open then is not open here: those handles were another engine's.
  trace.append({ kind: 'engine-lost', reason: `This trace was opened from ${file}; its engine is not here.`, handle: undefined, thread: 0 });
  return ok({ events: read.value.events.length - invalid, invalid, truncated: read.value.truncated });
}

interface ReadEvents {
  readonly events: readonly unknown[];
  readonly truncated: boolean;
}

async function journalEvents(file: string): Promise<Result<ReadEvents, string>> {
  const read = await readJournal(file);
  if (!read.ok) return read;
  return ok({ truncated: !read.value.closed, events: read.value.lines.map((line): unknown => { try { return JSON.parse(line); } catch { return undefined; } }) });
}

async function sessionEvents(file: string): Promise<Result<ReadEvents, string>> {
  const read = await readSession(file);
  return read.ok ? ok({ events: read.value.events, truncated: read.value.truncated }) : read;
}

function firstPlace(value: unknown): number {
  return typeof value === 'object' && value !== null && 'seq' in value && Number.isSafeInteger(value.seq) ? Number(value.seq) : 0;
}

const LINKS = ['call', 'completes', 'inCallback', 'callback'] as const;

/** An event with its links moved by what was dropped before it; undefined for one whose call is among that. */
function moved(value: unknown, dropped: number): unknown {
  if (dropped === 0 || typeof value !== 'object' || value === null) return value;
  const links: Record<string, number | undefined> = {};
  for (const name of LINKS) {
    const link: unknown = Reflect.get(value, name);
    if (typeof link !== 'number') continue;
    if (link < dropped && name === 'call') return undefined;
    links[name] = link < dropped ? undefined : link - dropped;
  }
  return { ...value, ...links };
}

/** A value that lacks what its kind needs would break the folds: it is left out and counted. */
function appendIfEvent(trace: Trace, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('kind' in value) || typeof value.kind !== 'string' || !KINDS.has(value.kind)) return false;
  if (!('time' in value) || typeof value.time !== 'number' || !Number.isFinite(value.time)) return false;
  if ('api' in value && (typeof value.api !== 'string' || !Object.hasOwn(FUNCTIONS, value.api))) return false;
  if ((value.kind === 'call' || value.kind === 'return' || value.kind === 'completion') && !('api' in value)) return false;
  try {
    // Its kind, time and function are checked; what else is missing throws below and is counted.
    trace.append(value as NewEvent);
    return true;
  } catch {
    return false;
  }
}
