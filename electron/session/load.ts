import type { Annotation } from '../../preload/contract/annotation';
import { seq } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import { JOURNAL_EXTENSION } from '../trace/journal/journal-reader';
import type { Trace } from '../trace/trace';
import { EventIntake } from './event-intake';
import type { SessionSource } from './format';
import { isForeign } from './foreign-file';
import { importInto } from './import-into';
import type { Loaded, LoadOptions } from './loaded';
import { openJournal } from './journal-source';
import { openSession } from './read';

/** Other work goes on at least so often, in milliseconds: opening a file holds up no callback longer. */
const SLICE_MS = 8;
/** Events taken in between two looks at the clock. */
const BETWEEN_CLOCKS = 64;

/**
 * Fills a fresh trace from a session file of any version, a journal, or what another program wrote. The error is a sentence
 * that names the file and what to do; after one the trace is to be thrown away.
 */
export async function loadInto(trace: Trace, file: string, options: LoadOptions = {}): Promise<Result<Loaded, string>> {
  if (await isImport(file)) return importInto(trace, file, options);
  const opened = await sourceOf(file);
  if (!opened.ok) return opened;
  try {
    return await takeIn(trace, file, opened.value, options);
  } catch (failure) {
    // What a file says was checked; whatever still cannot be taken in is the file's fault, and no reason to end.
    return err(`${file} cannot be taken in: ${failure instanceof Error ? failure.message : String(failure)}`);
  } finally {
    await opened.value.parts.return(undefined);
  }
}

/** Why a file cannot be opened, as far as its beginning tells; undefined when it can. */
export async function problemWith(file: string): Promise<string | undefined> {
  if (await isImport(file)) return undefined;
  const opened = await sourceOf(file);
  if (!opened.ok) return opened.error;
  const { parts } = opened.value;
  try {
    // A generator that was never asked does not close what it holds.
    await parts.next();
  } catch {
    // What is wrong further on is told when it is opened.
  }
  await parts.return(undefined);
  return undefined;
}

async function isImport(file: string): Promise<boolean> {
  return !file.endsWith(JOURNAL_EXTENSION) && isForeign(file);
}

function sourceOf(file: string): Promise<Result<SessionSource, string>> {
  return file.endsWith(JOURNAL_EXTENSION) ? openJournal(file) : openSession(file);
}

async function takeIn(trace: Trace, file: string, { header, parts, progress }: SessionSource, { signal, onProgress }: LoadOptions): Promise<Result<Loaded, string>> {
  const intake = new EventIntake(trace, header);
  let annotations: readonly Annotation[] = [];
  let ended = false;
  let began = performance.now();
  for await (const part of parts) {
    if (part.kind === 'annotations') {
      annotations = part.annotations;
      trace.annotations.add(...annotations);
    }
    if (part.kind === 'end') ended = true;
    if (part.kind !== 'events') continue;
    for (const rows = intake.block(part); ;) {
      if (signal?.aborted === true) return err(`${file} was not opened: it was stopped.`);
      if (rows.next(BETWEEN_CLOCKS) === 0) break;
      if (performance.now() - began < SLICE_MS) continue;
      const { read, size } = progress();
      onProgress?.(size === 0 ? 1 : Math.min(1, read / size), intake.events);
      await new Promise<void>((resolve) => { setImmediate(resolve); });
      began = performance.now();
    }
  }
  intake.close(header.events === undefined ? undefined : seq(header.first + header.events));
  trace.continueNow();
  onProgress?.(1, intake.events);
  return ok({ header, annotations, events: intake.events, invalid: intake.invalid, lost: intake.lost, truncated: !ended });
}
