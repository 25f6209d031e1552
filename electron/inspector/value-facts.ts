import { CONSTANT_GROUPS, constantName, flagNames } from '../../preload/contract/win32/constant-table';
import { chosenType } from '../../preload/contract/win32/http-config-structs';
import type { Param, Width } from '../../preload/contract/win32/signature';
import { structOfWidth } from '../../preload/contract/win32/struct-codec';
import { STRUCTS } from '../../preload/contract/win32/structs';
import type { FieldType } from '../../preload/contract/win32/struct-layout';
import type { EventFields, EventValue } from '../../preload/contract/event';
import type { Fact, RecordedBuffer } from '../../preload/contract/query';
import { fieldsOf } from '../trace/event-fields';
import { parameterMeaning, valueWords } from '../trace/event-words';

/** Levels of a structure that are taken apart, and items of a list. */
const MOST_LEVELS = 6;
const MOST_ITEMS = 64;

/** A parameter with what its value means: a constant by its name, flags one by one, a structure field by field. */
export function parameterFact(name: string, param: Param, value: EventValue | undefined, args: EventFields, width: Width): Fact {
  const meaning = parameterMeaning(param, value);
  if (param.kind === 'int' && param.flags !== undefined && param.constants === undefined && typeof value === 'number') return { name, value: hexWords(value), meaning, parts: flagFacts(param.flags, value) };
  return valueFact(name, value, structOf(param, args, width), meaning);
}

/** What a call left in memory, by the parameters that point there. */
export function outFacts(params: Readonly<Record<string, Param>>, out: EventFields, args: EventFields, width: Width): readonly Fact[] {
  return Object.entries(out).map(([name, value]) => {
    const param = params[name];
    return valueFact(name, value, param === undefined ? undefined : structOf(param, args, width), undefined);
  });
}

function structOf(param: Param, args: EventFields, width: Width): string | undefined {
  switch (param.kind) {
    case 'in-struct': case 'out-struct': return structOfWidth(param.struct, width);
    case 'in-array': return param.struct;
    case 'in-property': return chosenType(param.of, Number(args[param.property] ?? -1));
    case 'out-buffer': return param.struct ?? (param.chosen === undefined ? undefined : chosenType(param.chosen.of, Number(args[param.chosen.by] ?? -1)));
    default: return undefined;
  }
}

function flagFacts(groups: readonly string[], value: number): readonly Fact[] {
  let rest = value >>> 0;
  const facts = groups.flatMap((group) => flagNames(group, value).names.flatMap((name): readonly Fact[] => {
    const bits = (CONSTANT_GROUPS[group]?.[name] ?? 0) >>> 0;
    if ((rest & bits) === 0) return [];
    rest = (rest & ~bits) >>> 0;
    return [{ name, value: hexWords(bits), meaning: undefined }];
  }));
  return rest === 0 || facts.length === 0 ? facts : [...facts, { name: 'others', value: hexWords(rest), meaning: 'no flag of this parameter' }];
}

function hexWords(value: number): string {
  return value === 0 ? '0' : `0x${(value >>> 0).toString(16)}`;
}

function valueFact(name: string, value: EventValue | undefined, struct: string | undefined, meaning: string | undefined, level = 0): Fact {
  if (level >= MOST_LEVELS || typeof value !== 'object' || isBuffer(value)) return { name, value: valueWords(value), meaning };
  if (Array.isArray(value)) {
    if (!value.some((item: EventValue) => typeof item === 'object')) return { name, value: valueWords(value), meaning };
    const items = value.slice(0, MOST_ITEMS).map((item: EventValue, index) => valueFact(`[${index}]`, item, struct, undefined, level + 1));
    return { name, value: value.length === 0 ? 'empty' : `${value.length} of ${struct ?? 'them'}`, meaning, parts: items };
  }
  const parts = Object.entries(fieldsOf(value)).map(([field, inner]) => fieldFact(field, inner, typeIn(struct, field), level + 1));
  return { name, value: struct ?? `${parts.length} fields`, meaning, parts };
}

function typeIn(struct: string | undefined, field: string): FieldType | undefined {
  return struct === undefined || !Object.hasOwn(STRUCTS, struct) ? undefined : STRUCTS[struct]?.fields.find(({ name }) => name === field)?.type;
}

function fieldFact(name: string, value: EventValue, type: FieldType | undefined, level: number): Fact {
  if (type?.kind === 'uint' && typeof value === 'number') {
    if (type.flags !== undefined) return { name, value: hexWords(value), meaning: flagNames(type.flags, value).names.join(' | '), parts: flagFacts([type.flags], value) };
    return { name, value: String(value), meaning: type.constants === undefined ? undefined : constantName(type.constants, value) };
  }
  const struct = type?.kind === 'struct' || type?.kind === 'struct-pointer' || type?.kind === 'array' ? type.struct : undefined;
  return valueFact(name, value, struct, undefined, level);
}

function isBuffer(value: EventValue | undefined): boolean {
  return typeof fieldsOf(value)['hex'] === 'string';
}

/** Every buffer in some values, by its way there: "HttpResponse.pEntityChunks[0].pBuffer". */
export function buffersIn(values: EventFields): readonly RecordedBuffer[] {
  const found: RecordedBuffer[] = [];
  const look = (name: string, value: EventValue | undefined, level: number): void => {
    if (typeof value !== 'object' || level > MOST_LEVELS || found.length >= MOST_ITEMS) return;
    const { hex, bytes } = fieldsOf(value);
    if (typeof hex === 'string') {
      if (hex !== '') found.push({ name, hex, length: typeof bytes === 'number' ? bytes : hex.length / 2 });
    } else if (Array.isArray(value)) value.slice(0, MOST_ITEMS).forEach((item: EventValue, index) => look(`${name}[${index}]`, item, level + 1));
    else for (const [field, inner] of Object.entries(fieldsOf(value))) look(name === '' ? field : `${name}.${field}`, inner, level + 1);
  };
  look('', values, 0);
  return found;
}
