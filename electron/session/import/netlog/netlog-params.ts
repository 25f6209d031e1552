import type { EventFields, EventValue } from '../../../../preload/contract/event';

const LONGEST_TEXT = 16_384;
const MOST_MEMBERS = 200;
const DEEPEST = 4;

/** An event's parameters as the trace keeps them; `null` and what lies deeper than can be read is left out. */
export function fieldsOf(params: unknown): EventFields {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) return {};
  return members(params, 0);
}

function members(value: object, depth: number): EventFields {
  const fields: Record<string, EventValue> = {};
  for (const [name, member] of Object.entries(value).slice(0, MOST_MEMBERS)) {
    const kept = valueOf(member, depth + 1);
    if (kept !== undefined) fields[name] = kept;
  }
  return fields;
}

function valueOf(value: unknown, depth: number): EventValue | undefined {
  if (typeof value === 'string') return value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}… (${value.length} characters)` : value;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return undefined;
  if (Array.isArray(value)) return value.slice(0, MOST_MEMBERS).flatMap((item: unknown) => valueOf(item, depth + 1) ?? []);
  return members(value, depth);
}
