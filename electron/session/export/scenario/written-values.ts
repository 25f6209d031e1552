import type { EventFields, EventValue } from '../../../../preload/contract/event';
import { constantName, flagNames } from '../../../../preload/contract/win32/constant-table';
import type { Param } from '../../../../preload/contract/win32/signature';
import { fieldsOf, numberOf } from '../../../trace/event-fields';
import type { Written } from './peers';

/** What a value of the recording is called in the scenario. */
export interface Names {
  /** The reference that a raw handle or id goes by at this point; undefined for one that nobody made. */
  readonly handle: (raw: string) => string | undefined;
  /** A text with the addresses of the run. */
  readonly text: (text: string) => string;
  /** The recorder that a callback's address stands for: undefined for the usual one. */
  readonly recorder: (address: string) => string | undefined;
}

/** Fields of structures that fill themselves. */
const COUNTED = /(Length|Count|Size)$/;

/**
 * An argument as the scenario language writes it; undefined where its default is the same: memory of the runner's, a
 * length of what it measures, 0 and NULL.
 */
export function writtenArgument(name: string, param: Param, value: EventValue | undefined, args: EventFields, params: Readonly<Record<string, Param>>, names: Names): Written | undefined {
  switch (param.kind) {
    case 'handle': case 'id': return value === undefined || isNull(value) ? 0 : names.handle(String(value)) ?? String(value);
    case 'version': return value === 1 ? 'HTTPAPI_VERSION_1' : value === 2 ? 'HTTPAPI_VERSION_2' : numberOf(value);
    case 'int': return lengthOf(name, value, args, params) ? undefined : writtenNumber(param, numberOf(value));
    case 'dword_ptr': return isNull(value) ? undefined : Number(value);
    case 'callback': return isNull(value) ? null : typeof value === 'string' ? names.recorder(value) : undefined;
    case 'string': return typeof value === 'string' ? names.text(value) : undefined;
    case 'bytes': return value === undefined ? undefined : writtenBytes(value, names);
    case 'in-struct': return value === undefined || isNull(value) || typeof value === 'string' ? undefined : writtenStruct(fieldsOf(value), names);
    case 'in-property': return typeof value === 'number' ? value : value === undefined || isNull(value) || typeof value === 'string' ? undefined : writtenStruct(fieldsOf(value), names);
    case 'in-array': return Array.isArray(value) ? value.map((item: EventValue) => writtenChunk(fieldsOf(item), names)) : undefined;
    case 'out': case 'out-buffer': case 'out-struct': case 'out-text': return isNull(value) ? null : undefined;
    case 'overlapped': case 'reserved': return undefined;
  }
}

/** Whether a number is only how long another argument is: the language counts that itself. */
function lengthOf(name: string, value: EventValue | undefined, args: EventFields, params: Readonly<Record<string, Param>>): boolean {
  for (const [other, param] of Object.entries(params)) {
    if (!('length' in param) || param.length !== name) continue;
    const measured = args[other];
    if (param.kind === 'out-buffer' || param.kind === 'out-text') return false;
    const length = typeof measured === 'string' && !measured.startsWith('0x') ? measured.length : numberOf(fieldsOf(measured)['bytes']);
    return param.kind === 'in-property' || param.kind === 'in-struct' || param.kind === 'in-array' || length === value;
  }
  return false;
}

function writtenNumber(param: Extract<Param, { kind: 'int' }>, value: number): Written | undefined {
  if (value === 0) return undefined;
  if (param.constants !== undefined && param.flags === undefined) return constantName(param.constants, value) ?? value;
  if (param.flags === undefined || param.constants !== undefined) return value;
  const names: string[] = [];
  let rest = value;
  for (const group of param.flags) {
    const found = flagNames(group, rest);
    names.push(...found.names);
    ({ rest } = found);
  }
  return rest === 0 ? names : value;
}

function writtenBytes(value: EventValue, names: Names): Written | undefined {
  const { bytes, hex } = fieldsOf(value);
  if (typeof bytes !== 'number' || typeof hex !== 'string') return undefined;
  // The trace keeps the first of a long buffer.
  if (hex.length < bytes * 2) return { fill: '.', bytes };
  const text = Buffer.from(hex, 'hex').toString('latin1');
  return /^[\t\r\n\x20-\x7e]*$/.test(text) ? names.text(text) : { hex };
}

function writtenStruct(fields: EventFields, names: Names): Written {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]): [string, Written][] => {
    const written = writtenField(name, value, names);
    return written === undefined ? [] : [[name, written]];
  }));
}

function writtenField(name: string, value: EventValue, names: Names): Written | undefined {
  if (typeof value === 'number') return value === 0 || COUNTED.test(name) ? undefined : value;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return isNull(value) ? undefined : /^0x[0-9a-f]+$/.test(value) ? names.handle(value) ?? value : names.text(value);
  if (Array.isArray(value)) {
    const items = value.map((item: EventValue): Written => (name === 'pEntityChunks' ? writtenChunk(fieldsOf(item), names) : typeof item === 'object' ? writtenStruct(fieldsOf(item), names) : String(item)));
    return items.length === 0 ? undefined : items;
  }
  if ('hex' in value) return writtenBytes(value, names);
  const written = writtenStruct(fieldsOf(value), names);
  return typeof written === 'object' && written !== null && Object.keys(written).length === 0 ? undefined : written;
}

/** A chunk from memory is its text; any other is the structure that it is. */
function writtenChunk(chunk: EventFields, names: Names): Written {
  const bytes = chunk['pBuffer'] === undefined ? undefined : writtenBytes(chunk['pBuffer'], names);
  return typeof bytes === 'string' ? bytes : bytes === undefined ? writtenStruct(chunk, names) : { pBuffer: bytes };
}

function isNull(value: EventValue | undefined): boolean {
  return value === undefined || value === 0 || (typeof value === 'string' && /^0x0+$/.test(value));
}
