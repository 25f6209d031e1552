import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/**
 * What the application remembers from one start to the next, in a small file of JSON. A file that is missing, torn or
 * written by something else is as if nothing had been remembered.
 */
export function readRemembered<S extends v.GenericSchema>(file: string, schema: S): v.InferOutput<S> | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Written beside and then renamed: the end of the process in between leaves what was remembered before. */
export function writeRemembered(file: string, value: unknown): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(`${file}.partial`, JSON.stringify(value));
    renameSync(`${file}.partial`, file);
  } catch {
    // A disk that is full costs the memory of it, and nothing else.
  }
}
