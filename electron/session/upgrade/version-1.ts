import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { err, ok, type Result } from '../../../preload/contract/result';
import type { SessionSource } from '../format';
import { eventLines, sourceOfLines } from '../event-lines';
import { parseHeader } from '../session-schemas';

/**
 * Version 1 was gzip of UTF-8 lines, each one JSON value: the header, then an event a line in the order of the trace.
 * @returns its events as blocks of today's version
 */
export async function sourceOfVersion1(file: string, handle: FileHandle, size: number): Promise<Result<SessionSource, string>> {
  const source = handle.createReadStream({ start: 0 });
  const text = createGunzip();
  source.on('error', (failure) => text.destroy(failure));
  const close = (): void => {
    source.destroy();
    text.destroy();
  };
  const lines = eventLines(source.pipe(text));
  let begin: IteratorResult<string, unknown>;
  try {
    begin = await lines.next();
  } catch (failure) {
    close();
    return err(`${file} cannot be read as a session file: ${failure instanceof Error ? failure.message : String(failure)}`);
  }
  const header = begin.done === true ? undefined : parseHeader(jsonOf(begin.value));
  if (header === undefined) {
    close();
    return err(`${file} is not a Hinspector session file.`);
  }
  if (header.version !== 1) {
    close();
    return err(`${file} has version ${header.version} in the form of version 1. Open it with a newer Hinspector.`);
  }
  const { first, parts } = await sourceOfLines(lines, close);
  return ok({ header: { ...header, first }, parts, progress: () => ({ read: source.bytesRead, size }) });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
