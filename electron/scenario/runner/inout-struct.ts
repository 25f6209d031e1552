import { ok, type Result } from '../../../preload/contract/result';
import { layoutOf, type StructFields, type StructValue } from '../../../preload/contract/win32/struct-codec';
import type { Datum } from '../values/datum';
import { pattern } from './out-memory';
import { structInput } from './struct-input';

/** How much memory a structure's buffer gets when its length field does not say. */
const PLAIN_BUFFER = 4096;

/**
 * The fields of a structure that a call reads and writes: what the scenario gives, or `entry` where it gives nothing.
 * A buffer that is left out is memory of the runner's, as large as its length says.
 */
export function inoutFields(struct: string, given: Datum, entry: Readonly<Record<string, number>>): Result<StructFields, string> {
  const input = given === undefined ? ok<StructFields>(entry) : structInput(struct, given);
  if (!input.ok) return input;
  const fields: Record<string, StructValue> = { ...input.value };
  for (const { name, type } of layoutOf(struct).fields) {
    if (type.kind !== 'bytes' || name in fields) continue;
    const length = fields[type.length];
    fields[name] = pattern(typeof length === 'number' || typeof length === 'bigint' ? Number(length) : PLAIN_BUFFER);
  }
  return ok(fields);
}
