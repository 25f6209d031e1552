import { open } from 'node:fs/promises';
import type { NewEvent } from '../../../preload/contract/event';
import { err, ok, type Result } from '../../../preload/contract/result';
import { detectFormat, HEAD_BYTES, type ImportFormat } from './detect-format';
import { EtwReader } from './etw/etw-reader';
import { HarReader } from './har/har-reader';
import { NetLogReader } from './netlog/netlog-reader';
import { ServiceStateReader } from './service-state/service-state-reader';
import { encodingOf, textDecoder } from './text-decoding';
import type { Emit, ReadCounts, TraceReader } from './trace-reader';

export interface ImportProgress {
  readonly bytes: number;
  readonly total: number;
  readonly events: number;
}

export interface Imported extends ReadCounts {
  readonly format: ImportFormat;
  readonly events: number;
  /** When it began, in milliseconds since 1970; undefined where the file does not say. */
  readonly startedAt: number | undefined;
}

export interface ImportOptions {
  /** Takes the next events, in order; what it answers is waited for before more are read. */
  readonly take: (events: readonly NewEvent[]) => void | Promise<void>;
  readonly progress?: (progress: ImportProgress) => void;
  readonly signal?: AbortSignal;
}

/** Bytes read at a time. */
const PIECE = 256 * 1024;

const STOPPED = 'The import was stopped.';

/**
 * Reads what another program wrote as events of a trace, in a memory that does not grow with the file. The error is a
 * sentence that names the file, what is wrong with it and what to do.
 */
export async function importFile(file: string, { take, progress, signal }: ImportOptions): Promise<Result<Imported, string>> {
  let source;
  try {
    source = await open(file, 'r');
  } catch (failure) {
    return err(`${file} cannot be opened: ${messageOf(failure)}`);
  }
  try {
    const { size: total } = await source.stat();
    const head = Buffer.alloc(Math.min(HEAD_BYTES, total));
    await source.read(head, 0, head.length, 0);
    const detected = detectFormat(head);
    if (detected === undefined) return err(`${file} is nothing that Hinspector reads: ${READS}`);
    if ('foreign' in detected) return err(`${file} cannot be read as it is: ${detected.foreign}.`);
    const { format } = detected;
    let batch: NewEvent[] = [];
    let events = 0;
    const reader = readerOf(format, (event) => batch.push(event));
    const hand = async (): Promise<void> => {
      events += batch.length;
      const full = batch;
      batch = [];
      if (full.length > 0) await take(full);
    };
    const decoder = textDecoder(encodingOf(head));
    const piece = Buffer.alloc(PIECE);
    for (let place = 0; ;) {
      if (signal?.aborted === true) return err(STOPPED);
      const { bytesRead } = await source.read(piece, 0, PIECE, place);
      place += bytesRead;
      const refusal = reader.write(decoder.decode(piece.subarray(0, bytesRead), { stream: bytesRead > 0 }));
      if (refusal !== undefined) return err(`${file} cannot be read as ${WORDS[format]}: ${refusal}`);
      await hand();
      progress?.({ bytes: place, total, events });
      if (bytesRead === 0) break;
    }
    const refusal = reader.end();
    await hand();
    if (refusal !== undefined) return err(`${file} was read as ${WORDS[format]}: ${refusal}`);
    return ok({ format, events, startedAt: reader.startedAt, ...reader.counts });
  } catch (failure) {
    return err(`${file} cannot be read: ${messageOf(failure)}`);
  } finally {
    await source.close();
  }
}

export const WORDS: Readonly<Record<ImportFormat, string>> = {
  'etw-xml': 'XML of tracerpt', 'etw-csv': 'CSV of tracerpt', 'har': 'HAR', 'netlog': 'NetLog of Chrome', 'service-state': 'output of netsh http show servicestate',
};

const READS = 'it reads recordings (.hinspect), XML and CSV of tracerpt, HAR 1.2, NetLog JSON of Chrome, and the text of netsh http show servicestate.';

function readerOf(format: ImportFormat, emit: Emit): TraceReader {
  switch (format) {
    case 'etw-xml': return new EtwReader('xml', emit);
    case 'etw-csv': return new EtwReader('csv', emit);
    case 'har': return new HarReader(emit);
    case 'netlog': return new NetLogReader(emit);
    case 'service-state': return new ServiceStateReader(emit);
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
