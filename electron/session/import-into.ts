import { stat } from 'node:fs/promises';
import { CONSTANT_GROUPS } from '../../preload/contract/win32/constant-table';
import { seq } from '../../preload/contract/ids';
import { err, ok, type Result } from '../../preload/contract/result';
import { EVENT_KINDS } from '../trace/event-block';
import type { Trace } from '../trace/trace';
import { FORMAT_NAME, FORMAT_VERSION, IMPORT_ENGINE, LIMITS } from './format';
import { importFile, WORDS } from './import/import-file';
import type { Loaded, LoadOptions } from './loaded';

/** Fills a fresh trace from what another program wrote. The error is a sentence; after one the trace is to be thrown away. */
export async function importInto(trace: Trace, file: string, { signal, onProgress, runImport = importFile }: LoadOptions): Promise<Result<Loaded, string>> {
  let handles = 0;
  const imported = await runImport(file, {
    take: (events) => {
      for (const event of events) {
        if ('created' in event && event.created !== undefined) handles += 1;
        trace.append(event);
      }
      // Every handle has a lane, which takes memory for as long as the trace is there.
      if (handles > LIMITS.handles) throw new Error(`it speaks of more than ${LIMITS.handles} handles`);
    },
    progress: ({ bytes, total, events }) => onProgress?.(total === 0 ? 1 : Math.min(1, bytes / total), events),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!imported.ok) return imported;
  const { format, events, invalid, firstInvalid, truncated, skipped, startedAt } = imported.value;
  const words = [
    firstInvalid === undefined ? undefined : `${invalid} of its entries are damaged and were left out; the first: ${firstInvalid}.`,
    skipped === 0 ? undefined : `${skipped} of its entries tell of no handle and were left out.`,
  ].filter((part) => part !== undefined);
  const end = trace.log.length === 0 ? 0 : trace.log.timeAt(seq(trace.log.length - 1));
  if (words.length > 0) trace.append({ kind: 'note', level: invalid > 0 ? 'warning' : 'info', text: words.join(' '), time: end, handle: undefined, thread: 0 });
  trace.continueNow();
  const began = startedAt ?? await modified(file);
  if (began === undefined) return err(`${file} is no longer there.`);
  return ok({
    annotations: [], events, invalid, lost: 0, truncated, imported: format,
    header: {
      format: FORMAT_NAME, version: FORMAT_VERSION, application: WORDS[format], engine: { kind: IMPORT_ENGINE, description: `imported from ${WORDS[format]}` },
      savedAt: new Date(began + end).toISOString(), startedAt: new Date(began).toISOString(), first: 0, events: undefined, kinds: EVENT_KINDS, constants: CONSTANT_GROUPS,
    },
  });
}

async function modified(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}
