import { err, ok, type Result } from '../../../preload/contract/result';
import { textBytes, uintBytes } from '../../../preload/contract/win32/memory';
import type { ArgValue, Param, Width } from '../../../preload/contract/win32/signature';
import { encodeArray, encodeStruct, structOfWidth } from '../../../preload/contract/win32/struct-codec';
import { chosenType, SCALAR_SIZES } from '../../../preload/contract/win32/http-config-structs';
import { isList, isMap, isMemory, isRecord, plain, textOfBytes, type Datum, type MemoryDatum } from '../values/datum';
import { toBytes } from '../values/evaluate';
import { integerOfText, toInteger } from '../values/integer';
import type { Arena } from './out-memory';
import { queryType, settingStruct } from './query-types';
import { itemInput, structInput } from './struct-input';

/** An IN parameter as it is passed, and the length that measures it where a length is left out. */
export interface Passed {
  readonly value: ArgValue;
  /** In the unit of its length parameter: characters of a text, bytes, items of a list. */
  readonly length: number;
}

export interface InputContext {
  readonly arena: Arena;
  readonly width: Width;
  /** The function pointer of a recorder by its name. */
  readonly recorder: (name: string) => bigint;
  /** The value of the parameter that says what another one holds: an option, a property. */
  readonly chooser: (parameter: string) => Result<number, string>;
}

const OVERLAPPED_EVENT = 24;

/** The memory that a datum is, where an address is due. */
export function memoryOf(datum: Datum): MemoryDatum | undefined {
  let current = datum;
  while (isRecord(current)) current = current.self();
  return isMemory(current) ? current : undefined;
}

export function integerArg(datum: Datum, bits: 16 | 32 | 64, signed = false): Result<bigint, string> {
  const number = toInteger(datum);
  if (!number.ok) return number;
  return ok(signed ? BigInt.asIntN(bits, number.value) : BigInt.asUintN(bits, number.value));
}

/** Passes an IN parameter that was given. */
export function passIn(param: Param, given: Datum, context: InputContext): Result<Passed, string> {
  switch (param.kind) {
    case 'int': {
      const number = integerArg(given, param.bits, param.signed === true);
      return number.ok ? ok({ value: Number(number.value), length: 0 }) : number;
    }
    case 'version':
      return version(given);
    case 'handle': {
      // Where a handle is waited for, an OVERLAPPED stands for its event.
      const memory = memoryOf(given);
      if (memory !== undefined && memory.whole().length === OVERLAPPED_SIZE) {
        return ok({ value: new DataView(memory.whole().buffer).getBigUint64(OVERLAPPED_EVENT, true), length: 0 });
      }
      return wide(given);
    }
    case 'id':
    case 'dword_ptr':
      return wide(given);
    case 'callback':
      return callback(given, context);
    case 'string':
      return text(given);
    case 'bytes':
      return bytes(param, given, context);
    case 'in-struct':
      return struct(structOfWidth(param.struct, context.width), given, context);
    case 'in-property': {
      const property = context.chooser(param.property);
      if (!property.ok) return property;
      const name = chosenType(param.of, property.value);
      if (name === undefined) return pointerOr(given, `the structure of property ${property.value} is not known here; pass null or a number`);
      const size = SCALAR_SIZES[name];
      return size === undefined ? struct(name, given, context) : scalar(size, given, context);
    }
    case 'in-array':
      return array(param.struct, given, context);
    case 'reserved':
      return textList(given, context);
    case 'overlapped':
    case 'out':
    case 'out-buffer':
    case 'out-struct':
    case 'out-text':
      return pointerOr(given, 'this is memory');
  }
}

const OVERLAPPED_SIZE = 32;

function wide(given: Datum): Result<Passed, string> {
  const number = integerArg(given, 64);
  return number.ok ? ok({ value: number.value, length: 0 }) : number;
}

/** HTTPAPI_VERSION by value: major in the low word, minor in the high word. */
function version(given: Datum): Result<Passed, string> {
  const value = plain(given);
  if (!isMap(value)) {
    const number = integerArg(value, 32);
    return number.ok ? ok({ value: Number(number.value), length: 0 }) : number;
  }
  const known = structInput('HTTPAPI_VERSION', value);
  if (!known.ok) return known;
  const major = toInteger(value.fields.get('HttpApiMajorVersion'));
  const minor = toInteger(value.fields.get('HttpApiMinorVersion'));
  if (!major.ok) return major;
  if (!minor.ok) return minor;
  return ok({ value: Number(major.value & 0xffffn) + Number(minor.value & 0xffffn) * 0x10000, length: 0 });
}

function callback(given: Datum, context: InputContext): Result<Passed, string> {
  const value = plain(given);
  if (value === undefined) return ok({ value: 0n, length: 0 });
  if (typeof value === 'string' && integerOfText(value) === undefined) return ok({ value: context.recorder(value), length: 0 });
  return wide(value);
}

/** NULL, memory of an earlier call, or a number passed as it is. */
function pointerOr(given: Datum, otherwise: string): Result<Passed, string> {
  const memory = memoryOf(given);
  if (memory !== undefined) return ok({ value: memory.address, length: memory.whole().length });
  const value = plain(given);
  if (value === undefined) return ok({ value: 0n, length: 0 });
  if (typeof value === 'bigint') return ok({ value: BigInt.asUintN(64, value), length: 0 });
  return err(otherwise);
}

function text(given: Datum): Result<Passed, string> {
  const value = plain(given);
  if (value === undefined) return ok({ value: undefined, length: 0 });
  if (typeof value === 'string') return ok({ value, length: value.length });
  if (value instanceof Uint8Array) {
    const decoded = textOfBytes(value);
    return ok({ value: decoded, length: decoded.length });
  }
  return pointerOr(given, 'this is a text, null, or a number that is passed as a pointer');
}

function bytes(param: Extract<Param, { kind: 'bytes' }>, given: Datum, context: InputContext): Result<Passed, string> {
  const value = plain(given);
  if (value === undefined) return ok({ value: undefined, length: 0 });
  if (param.typedBy !== undefined) return typedBytes(param.typedBy, value, context);
  const raw = typeof value === 'bigint' ? undefined : toBytes(value);
  if (raw !== undefined) return ok({ value: raw, length: raw.length });
  return pointerOr(given, 'these are bytes: a text, {hex} or {fill, bytes}');
}

/** The value of an option, as the option wants it. A text of InternetSetOption is measured in characters. */
function typedBytes(chooser: string, value: Datum, context: InputContext): Result<Passed, string> {
  if (value instanceof Uint8Array) return ok({ value, length: value.length });
  const chosen = context.chooser(chooser);
  if (!chosen.ok) return chosen;
  const type = queryType(chooser, chosen.value);
  if (isMap(value) || type.kind === 'struct') {
    const name = chooser === 'dwOption' ? settingStruct(chosen.value) : undefined;
    return name === undefined ? err('this option takes a number or a text, not a structure') : struct(structOfWidth(name, context.width), value, context);
  }
  if (type.kind === 'text' && typeof value === 'string') return ok({ value: textBytes(`${value}\0`, context.width), length: value.length });
  const size = type.kind === 'number' ? type.bytes : 4;
  const number = toInteger(value);
  if (number.ok) return ok({ value: uintBytes(number.value, size), length: size });
  if (typeof value === 'string') return ok({ value: textBytes(`${value}\0`, context.width), length: value.length });
  return number;
}

/** A property that is a number (HttpServerQueueLengthProperty): the number is its value, in memory of the runner's. */
function scalar(size: 2 | 4, given: Datum, context: InputContext): Result<Passed, string> {
  const memory = memoryOf(given);
  if (memory !== undefined && memory.whole().length === size) return ok({ value: memory.address, length: size });
  const value = plain(given);
  if (value === undefined) return ok({ value: 0n, length: 0 });
  if (value instanceof Uint8Array) return ok({ value: context.arena.place(value), length: value.length });
  const number = toInteger(value);
  return number.ok ? ok({ value: context.arena.place(uintBytes(number.value, size)), length: size }) : number;
}

function struct(name: string, given: Datum, context: InputContext): Result<Passed, string> {
  const value = plain(given);
  if (name === 'HTTP_DATA_CHUNK' && (typeof value === 'string' || value instanceof Uint8Array)) return array(name, [value], context);
  if (memoryOf(given) !== undefined || !isMap(value)) return pointerOr(given, `${name} is a map of its fields`);
  const input = structInput(name, given);
  if (!input.ok) return input;
  const encoded = encodeStruct(context.arena.memory, name, input.value);
  if (!encoded.ok) return encoded;
  context.arena.adopt(encoded.value.blocks);
  return ok({ value: encoded.value.address, length: encoded.value.size });
}

function array(name: string, given: Datum, context: InputContext): Result<Passed, string> {
  const value = plain(given);
  if (!isList(value)) return pointerOr(given, `this is a list of ${name}`);
  const items = [];
  for (const item of value) {
    const input = itemInput(name, item);
    if (!input.ok) return input;
    items.push(input.value);
  }
  const encoded = encodeArray(context.arena.memory, name, items);
  if (!encoded.ok) return encoded;
  context.arena.adopt(encoded.value.blocks);
  return ok({ value: encoded.value.address, length: items.length });
}

/** LPCTSTR*: addresses of texts with a NULL behind the last (lplpszAcceptTypes). */
function textList(given: Datum, context: InputContext): Result<Passed, string> {
  const value = plain(given);
  if (!isList(value)) return pointerOr(given, 'this is null, or a list of texts');
  const pointers = new Uint8Array((value.length + 1) * 8);
  for (const [index, item] of value.entries()) {
    const one = plain(item);
    if (typeof one !== 'string') return err('this is a list of texts');
    const address = context.arena.place(textBytes(`${one}\0`, context.width));
    pointers.set(uintBytes(address, 8), index * 8);
  }
  return ok({ value: context.arena.place(pointers), length: value.length });
}
