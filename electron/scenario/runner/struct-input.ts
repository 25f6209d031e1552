import { err, ok, type Result } from '../../../preload/contract/result';
import { layoutOf, type StructFields, type StructValue } from '../../../preload/contract/win32/struct-codec';
import type { Field, StructLayout } from '../../../preload/contract/win32/struct-layout';
import { findName, isList, isMap, plain, type Datum, type DatumMap } from '../values/datum';
import { toInteger } from '../values/integer';
import { isMemory } from '../values/datum';

/** Turns a map of a scenario into the fields of a structure: constants and flags become numbers by the layout. */
export function structInput(struct: string, datum: Datum): Result<StructFields, string> {
  const value = plain(datum);
  if (!isMap(value)) return err(`${struct} is a map of its fields`);
  const layout = layoutOf(struct);
  const fields: Record<string, StructValue> = {};
  for (const [written, given] of withoutMembers(layout, value)) {
    const name = findName(written, layout.fields.map((field) => field.name));
    const named = layout.fields.filter((candidate) => candidate.name === name);
    const field = named.find((candidate) => isChosen(candidate, value)) ?? named[0];
    if (field === undefined) return err(`${struct} has no field "${written}"; it has ${[...new Set(layout.fields.map((one) => one.name))].join(', ')}`);
    const input = fieldInput(field, isHeaderText(struct, field, given) ? String(plain(given)) : given);
    if (!input.ok) return err(`${struct}.${field.name}: ${input.error}`);
    fields[field.name] = input.value;
  }
  return ok(fields);
}

/** A header's value that is digits is written without quotes, too, as among KnownHeaders. */
function isHeaderText(struct: string, field: Field, given: Datum): boolean {
  return struct === 'HTTP_UNKNOWN_HEADER' && field.type.kind === 'text' && typeof given === 'bigint';
}

/** The fields of a union's member count as the structure's own: `FromMemory: {pBuffer: x}` is `pBuffer: x`. */
function withoutMembers(layout: StructLayout, value: DatumMap): readonly (readonly [string, Datum])[] {
  return [...value.fields].flatMap(([written, given]) => {
    const inner = plain(given);
    return layout.members?.[written] !== undefined && isMap(inner) ? [...inner.fields] : [[written, given] as const];
  });
}

/** Of the members of a union that have one name, the one that the value of its selector chooses. */
function isChosen(field: Field, value: DatumMap): boolean {
  if (field.when === undefined) return true;
  const selector = toInteger(value.fields.get(field.when.field));
  return selector.ok && Number(selector.value) === field.when.is;
}

function fieldInput(field: Field, given: Datum): Result<StructValue, string> {
  const { type } = field;
  if (isMemory(given)) return ok(given.address);
  const value = plain(given);
  if (value === undefined) return ok(type.kind === 'uint' || type.kind === 'handle' ? 0n : undefined);
  switch (type.kind) {
    case 'uint':
      return integerInput(value);
    case 'handle':
    case 'pointer':
      return integerInput(value);
    case 'sockaddr':
      return typeof value === 'string' ? ok(value) : integerInput(value);
    case 'struct-pointer':
      return isMap(value) ? structInput(type.struct, value) : integerInput(value);
    case 'inline-sockaddrs':
      return err('only a call fills this in');
    case 'inline-bytes':
      return value instanceof Uint8Array || typeof value === 'string' ? ok(value) : err(`these are ${type.bytes} bytes`);
    case 'struct':
      return isMap(value) ? structInput(type.struct, value) : err('this is a structure: give it a map of its fields');
    case 'array': {
      if (typeof value === 'bigint') return ok(value);
      if (!isList(value)) return err('this is a list of structures');
      const items: StructValue[] = [];
      for (const item of value) {
        const input = itemInput(type.struct, item);
        if (!input.ok) return input;
        items.push(input.value);
      }
      return ok(items);
    }
    case 'known-headers':
      return knownHeaders(value);
    case 'chars':
      return typeof value === 'string' ? ok(value) : err('this is a text');
    case 'text':
    case 'bytes':
      if (typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return ok(value);
      return err('this is a text');
  }
}

/** A text among structures is a chunk from memory. */
export function itemInput(struct: string, item: Datum): Result<StructValue, string> {
  const value = plain(item);
  if (typeof value === 'string' || value instanceof Uint8Array) return ok(value);
  return structInput(struct, value);
}

/** HTTP_PROPERTY_FLAGS is a structure of one bit, Present; as a number it is 1 or 0. */
function integerInput(value: Datum): Result<StructValue, string> {
  if (isMap(value)) {
    const [only] = [...value.fields];
    if (only === undefined || value.fields.size > 1 || only[0] !== 'Present') return err('this is a number, or {Present: 1}');
    return toInteger(only[1]);
  }
  return toInteger(value);
}

function knownHeaders(value: Datum): Result<StructValue, string> {
  if (!isMap(value)) return err('KnownHeaders is a map by the names on the wire');
  const headers: Record<string, StructValue> = {};
  for (const [name, given] of value.fields) {
    const text = plain(given);
    if (typeof text === 'string' || text instanceof Uint8Array) headers[name] = text;
    else if (typeof text === 'bigint') headers[name] = String(text);
    else return err(`the header ${name} is a text`);
  }
  return ok(headers);
}
