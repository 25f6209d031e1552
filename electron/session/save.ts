import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { CONSTANT_GROUPS } from '../../preload/contract/win32/constant-table';
import { err, ok, type Result } from '../../preload/contract/result';
import type { Trace } from '../trace/trace';
import { FORMAT_NAME, FORMAT_VERSION, type SessionHeader } from './format';

export interface SavedBy {
  readonly application: string;
  readonly engine: { readonly kind: string; readonly description: string };
}

const NAMED_GROUPS = ['INTERNET_STATUS', 'WININET_ERRORS', 'WIN32_ERRORS', 'INTERNET_OPTION', 'INTERNET_FLAG', 'HTTP_QUERY'] as const;

/**
 * Writes a trace as a session file. It streams, so a long trace needs no memory of its own; it appears under its name only
 * when it is whole, so a failure leaves an older file as it was.
 */
export async function saveSession(trace: Trace, file: string, by: SavedBy): Promise<Result<{ readonly events: number }, string>> {
  const partial = `${file}.partial`;
  // What comes after this moment belongs to the next save.
  const events = trace.log.length - trace.log.first;
  try {
    await pipeline(Readable.from(lines(trace, events, by)), createGzip({ level: 6 }), createWriteStream(partial));
    await rename(partial, file);
    return ok({ events });
  } catch (failure) {
    await rm(partial, { force: true });
    return err(`${file} could not be written: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
}

function* lines(trace: Trace, events: number, by: SavedBy): Generator<string> {
  const header: SessionHeader = {
    format: FORMAT_NAME, version: FORMAT_VERSION, application: by.application, engine: by.engine, savedAt: new Date().toISOString(),
    constants: Object.fromEntries(NAMED_GROUPS.map((group) => [group, CONSTANT_GROUPS[group] ?? {}])),
  };
  yield `${JSON.stringify(header)}\n`;
  let written = 0;
  for (const event of trace.log) {
    if (written === events) return;
    written += 1;
    yield `${JSON.stringify(event)}\n`;
  }
}
