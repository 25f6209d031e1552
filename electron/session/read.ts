import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import * as v from 'valibot';
import { err, ok, type Result } from '../../preload/contract/result';
import { FORMAT_NAME, FORMAT_VERSION } from './format';

const HEADER_SCHEMA = v.object({
  format: v.literal(FORMAT_NAME), version: v.number(), application: v.string(), engine: v.object({ kind: v.string(), description: v.string() }), savedAt: v.string(),
});

export type SessionHead = v.InferOutput<typeof HEADER_SCHEMA>;

/** The part of an event that every reader needs; the rest is kept as it stands. */
export interface ReadEvent {
  readonly seq: number;
  readonly time: number;
  readonly kind: string;
  readonly thread: number;
}

/** By hand and not by schema: this is asked a million times of a long trace. */
function isEvent(value: unknown): value is ReadEvent {
  return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number' && 'time' in value && typeof value.time === 'number'
    && 'kind' in value && typeof value.kind === 'string' && 'thread' in value && typeof value.thread === 'number';
}

export interface ReadSession {
  readonly header: SessionHead;
  readonly events: readonly ReadEvent[];
  /** Set when the file ends before its end: what is in `events` was recovered. */
  readonly truncated: boolean;
}

/** Longer lines are no events of this format but an attack on memory. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Reads a session file. A file that is none, or of a newer version, gives a sentence that says so and what to do. */
export async function readSession(file: string): Promise<Result<ReadSession, string>> {
  const events: ReadEvent[] = [];
  let header: SessionHead | undefined;
  let truncated = false;
  const source = createReadStream(file).on('error', () => undefined);
  const text = createGunzip();
  source.on('error', (failure) => text.destroy(failure));
  try {
    for await (const line of createInterface({ input: source.pipe(text), crlfDelay: Infinity })) {
      if (line.length > LONGEST_LINE) return err(`${file} has a line of ${line.length} characters: it is not a session file.`);
      const value = parseLine(line);
      if (header === undefined) {
        const parsed = v.safeParse(HEADER_SCHEMA, value);
        if (!parsed.success) return err(`${file} is not a Hinspector session file.`);
        if (parsed.output.version > FORMAT_VERSION) return err(`${file} has version ${parsed.output.version}; this Hinspector reads up to ${FORMAT_VERSION}. Open it with a newer one.`);
        header = parsed.output;
        continue;
      }
      if (isEvent(value)) events.push(value);
      else truncated = true;
    }
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    if (header === undefined) return err(`${file} cannot be read as a session file: ${message}`);
    truncated = true;
  } finally {
    source.destroy();
  }
  return header === undefined ? err(`${file} is empty.`) : ok({ header, events, truncated });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
