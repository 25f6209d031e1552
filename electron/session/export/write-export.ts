import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { err, ok, type Result } from '../../../preload/contract/result';

/** Text goes to the disk in pieces of about this many characters. */
const PIECE = 64 * 1024;
/** The process is left to callbacks and to the window at least this often, in milliseconds. */
const SLICE_MS = 8;

export type ExportFailure = { readonly kind: 'cancelled' } | { readonly kind: 'failed'; readonly message: string };

/**
 * Writes a file from pieces of text, a slice at a time. It appears under its name only when it is whole: a cancelled or
 * failed export leaves what was there.
 */
export async function writeExport(pieces: Iterable<string>, file: string, signal?: AbortSignal): Promise<Result<undefined, ExportFailure>> {
  const partial = `${file}.partial`;
  try {
    await pipeline(Readable.from(gathered(pieces)), createWriteStream(partial), ...(signal === undefined ? [] : [{ signal }]));
    await rename(partial, file);
    return ok(undefined);
  } catch (failure) {
    await rm(partial, { force: true });
    if (signal?.aborted === true) return err({ kind: 'cancelled' });
    return err({ kind: 'failed', message: `${file} could not be written: ${failure instanceof Error ? failure.message : String(failure)}` });
  }
}

async function* gathered(pieces: Iterable<string>): AsyncGenerator<string> {
  let text = '';
  let until = performance.now() + SLICE_MS;
  for (const piece of pieces) {
    text += piece;
    if (performance.now() >= until) {
      await turn();
      until = performance.now() + SLICE_MS;
    }
    if (text.length < PIECE) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}
