import { err, ok, type Result } from '../result';
import { constantValue } from './constant-table';
import { SOCKADDR_STORAGE_SIZE } from './http-config-structs';
import { readText, readUint, readUint64, textBytes, textFromBytes, uintBytes, type Address, type Memory, type MemoryReader } from './memory';
import type { Width } from './signature';
import { sockaddrBytes } from './sockaddr';
import type { Field, FieldType, StructLayout } from './struct-layout';
import { KNOWN_HEADERS, STRUCTS } from './structs';

/** What a structure reads as: integers up to 32 bits as numbers, wider ones and pointers as bigints, NULL as undefined. */
export type StructValue = number | bigint | string | Uint8Array | undefined | readonly StructValue[] | { readonly [field: string]: StructValue };
export type StructFields = { readonly [field: string]: StructValue };

/** What structures are made from. A text for a chunk or a pointer, a number or a constant's name for an integer. */
export type StructInput = StructValue | boolean;

export function layoutOf(struct: string): StructLayout {
  const layout = STRUCTS[struct];
  if (layout === undefined) throw new Error(`No layout for ${struct}`);
  return layout;
}

/** The layout that a name without its A or W means for a call of that width. */
export function structOfWidth(struct: string, width: Width): string {
  return STRUCTS[struct] === undefined ? `${struct}${width}` : struct;
}

function isFields(value: StructInput): value is StructFields {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function uintOf(layout: StructLayout, base: Address, memory: MemoryReader, name: string): number {
  const field = layout.fields.find((candidate) => candidate.name === name);
  if (field === undefined || field.type.kind !== 'uint') throw new Error(`${name} counts nothing`);
  return field.type.bytes === 8 ? Number(readUint64(memory, base + BigInt(field.offset))) : readUint(memory, base + BigInt(field.offset), field.type.bytes);
}

/** Reads a structure from memory, following its pointers. @throws MemoryFault when it points outside. */
export function decodeStruct(memory: MemoryReader, struct: string, address: Address): StructFields {
  const layout = layoutOf(struct);
  const fields: Record<string, StructValue> = {};
  for (const field of layout.fields) {
    if (!isPresent(memory, layout, address, field)) continue;
    fields[field.name] = decodeField(memory, layout, address, field);
  }
  return fields;
}

/** Whether a field is there: of a union only the member that the value of its selector chooses. */
export function isPresent(memory: MemoryReader, layout: StructLayout, base: Address, field: Field): boolean {
  return field.when === undefined || uintOf(layout, base, memory, field.when.field) === field.when.is;
}

/** Reads one field of a structure, so that a pointer nobody wrote elsewhere in it does no harm. @throws MemoryFault */
export function decodeField(memory: MemoryReader, layout: StructLayout, base: Address, field: Field): StructValue {
  const at = base + BigInt(field.offset);
  const { type } = field;
  switch (type.kind) {
    case 'uint': return type.bytes === 8 ? readUint64(memory, at) : readUint(memory, at, type.bytes);
    case 'handle': return readUint64(memory, at);
    case 'chars': return readText(memory, at, type.width, type.count);
    case 'pointer': { const value = readUint64(memory, at); return value === 0n ? undefined : value; }
    case 'struct': return decodeStruct(memory, type.struct, at);
    case 'known-headers': return decodeKnownHeaders(memory, at, type.of);
    case 'sockaddr': { const value = readUint64(memory, at); return value === 0n ? undefined : decodeSockaddr(memory, value); }
    case 'struct-pointer': { const value = readUint64(memory, at); return value === 0n ? undefined : decodeStruct(memory, type.struct, value); }
    case 'inline-bytes': return memory.read(at, type.bytes);
    case 'inline-sockaddrs':
      return Array.from({ length: uintOf(layout, base, memory, type.count) }, (_, i) => decodeSockaddr(memory, at + BigInt(i * SOCKADDR_STORAGE_SIZE)));
    case 'text': {
      const value = readUint64(memory, at);
      if (value === 0n) return undefined;
      if (type.length === undefined) return readText(memory, value, type.width);
      return textFromBytes(memory.read(value, uintOf(layout, base, memory, type.length) * unitBytes(type)), type.width);
    }
    case 'bytes': {
      const value = readUint64(memory, at);
      return value === 0n ? undefined : memory.read(value, uintOf(layout, base, memory, type.length));
    }
    case 'array': {
      const value = readUint64(memory, at);
      if (value === 0n) return [];
      const { size } = layoutOf(type.struct);
      return Array.from({ length: uintOf(layout, base, memory, type.count) }, (_, i) => decodeStruct(memory, type.struct, value + BigInt(i * size)));
    }
  }
}

function decodeKnownHeaders(memory: MemoryReader, at: Address, of: 'request' | 'response'): StructFields {
  const headers: Record<string, StructValue> = {};
  KNOWN_HEADERS[of].forEach((name, id) => {
    const { pRawValue } = decodeStruct(memory, 'HTTP_KNOWN_HEADER', at + BigInt(id * 16));
    if (pRawValue !== undefined) headers[name] = pRawValue;
  });
  return headers;
}

/** A SOCKADDR as "address:port"; IPv6 addresses stand in brackets. */
function decodeSockaddr(memory: MemoryReader, at: Address): string {
  const family = readUint(memory, at, 2);
  const head = memory.read(at, 4);
  const port = (head[2] ?? 0) * 256 + (head[3] ?? 0);
  if (family === 2) return `${Array.from(memory.read(at + 4n, 4)).join('.')}:${port}`;
  const groups = Array.from({ length: 8 }, (_, i) => {
    const pair = memory.read(at + 8n + BigInt(2 * i), 2);
    return ((pair[0] ?? 0) * 256 + (pair[1] ?? 0)).toString(16);
  });
  return `[${groups.join(':')}]:${port}`;
}

/** A structure made in memory: its address, and every block made for it, to be freed together. */
export interface EncodedStruct {
  readonly address: Address;
  readonly size: number;
  readonly blocks: readonly Address[];
}

/**
 * Writes a structure and what it points to into fresh memory. Sizes, counts and text lengths that are left out fill
 * themselves; a value given for them stands as given. The error names the field that does not fit.
 */
export function encodeStruct(memory: Memory, struct: string, value: StructFields): Result<EncodedStruct, string> {
  return encodeArray(memory, struct, [value]);
}

export function encodeArray(memory: Memory, struct: string, values: readonly StructInput[]): Result<EncodedStruct, string> {
  const { size } = layoutOf(struct);
  const blocks: Address[] = [];
  const alloc = (bytes: number): Address => {
    const address = memory.alloc(Math.max(bytes, 1));
    blocks.push(address);
    return address;
  };
  const address = alloc(size * values.length);
  for (const [index, value] of values.entries()) {
    const problem = new StructWriter(memory, alloc).write(struct, address + BigInt(index * size), value);
    if (problem !== undefined) {
      for (const block of blocks) memory.free(block);
      return err(problem);
    }
  }
  return ok({ address, size: size * values.length, blocks });
}

class StructWriter {
  constructor(private readonly memory: Memory, private readonly alloc: (bytes: number) => Address) {}

  /** The first problem, or undefined when everything was written. */
  write(struct: string, base: Address, value: StructInput): string | undefined {
    const layout = layoutOf(struct);
    if (struct === 'HTTP_DATA_CHUNK' && (typeof value === 'string' || value instanceof Uint8Array)) return this.write(struct, base, { DataChunkType: 0, pBuffer: value });
    if (!isFields(value)) return `${struct} is a map of its fields`;
    const given = this.named(struct, layout, value);
    if (!given.ok) return given.error;
    for (const field of layout.fields) {
      const input = given.value.get(field);
      if (input === undefined || field.type.kind === 'uint') continue;
      const problem = this.writePointed(layout, base, field, input);
      if (problem !== undefined) return `${struct}.${problem}`;
    }
    for (const field of layout.fields) {
      const ownSize = field.type.kind === 'uint' && field.type.is === 'size-of-structure' ? layout.size : undefined;
      const input = given.value.get(field) ?? ownSize;
      if (input === undefined || field.type.kind !== 'uint') continue;
      const number = integerOf(input);
      if (number === undefined) return `${struct}.${field.name} is a number`;
      this.memory.write(base + BigInt(field.offset), uintBytes(number, field.type.bytes));
    }
    return undefined;
  }

  /** Fields by their names, where a pointer's leading p may be left off. */
  private named(struct: string, layout: StructLayout, value: StructFields): Result<ReadonlyMap<Field, StructInput>, string> {
    const fields = new Map<Field, StructInput>();
    const chosen = (field: Field): boolean => field.when === undefined || Number(integerOf(value[field.when.field]) ?? 0) === field.when.is;
    for (const [key, input] of Object.entries(value)) {
      const named = layout.fields.filter((candidate) => candidate.name === key || candidate.name === `p${key}`);
      // A union has several members of one name: the one that the value of its selector chooses.
      const field = named.find(chosen) ?? named[0];
      if (field === undefined) return err(`${struct} has no field ${key}; it has ${fieldNames(layout).join(', ')}`);
      if (input !== undefined) fields.set(field, input);
    }
    return ok(fields);
  }

  private writePointed(layout: StructLayout, base: Address, field: Field, input: StructInput): string | undefined {
    const at = base + BigInt(field.offset);
    const { type } = field;
    if (type.kind === 'struct') return this.write(type.struct, at, input);
    if (type.kind === 'known-headers') return this.writeKnownHeaders(at, type.of, input);
    if (type.kind === 'inline-bytes') return this.writeInlineBytes(at, type.bytes, field.name, input);
    if (type.kind === 'chars') {
      if (typeof input !== 'string') return `${field.name} is a text`;
      if (input.length >= type.count) return `${field.name} has room for ${type.count - 1} characters and a NUL`;
      this.memory.write(at, textBytes(`${input}\0`, type.width));
      return undefined;
    }
    const number = integerOf(input);
    if (number !== undefined) {
      this.memory.write(at, uintBytes(number, 8));
      return undefined;
    }
    if (type.kind === 'array') {
      if (!Array.isArray(input)) return `${field.name} is a list`;
      const { size } = layoutOf(type.struct);
      const address = this.alloc(size * input.length);
      for (const [index, item] of input.entries()) {
        const problem = this.write(type.struct, address + BigInt(index * size), item);
        if (problem !== undefined) return `${field.name}.${index}: ${problem}`;
      }
      this.point(at, address, layout, base, type.count, input.length);
      return undefined;
    }
    if (type.kind === 'struct-pointer') {
      const address = this.alloc(layoutOf(type.struct).size);
      const problem = this.write(type.struct, address, input);
      if (problem === undefined) this.memory.write(at, uintBytes(address, 8));
      return problem;
    }
    if (type.kind === 'sockaddr') {
      const bytes = typeof input === 'string' ? sockaddrBytes(input) : undefined;
      if (bytes === undefined) return `${field.name} is a SOCKADDR: "127.0.0.1:443" or "[::1]:443"`;
      const address = this.alloc(bytes.length);
      this.memory.write(address, bytes);
      this.point(at, address, layout, base, type.length, bytes.length);
      return undefined;
    }
    if (type.kind === 'text' || type.kind === 'bytes') {
      const bytes = typeof input === 'string' ? textBytes(input, type.kind === 'text' ? type.width : 'A') : input;
      if (!(bytes instanceof Uint8Array)) return `${field.name} is a text`;
      const address = this.alloc(bytes.length + 2);
      this.memory.write(address, bytes);
      this.point(at, address, layout, base, type.length, bytes.length / unitBytes(type));
      return undefined;
    }
    return `${field.name} is a number`;
  }

  /** Sets a pointer and the field that measures what it points to; a measure given by hand is written over it later. */
  private point(at: Address, address: Address, layout: StructLayout, base: Address, measure: string | undefined, amount: number): void {
    this.memory.write(at, uintBytes(address, 8));
    const field = layout.fields.find((candidate) => candidate.name === measure);
    if (field?.type.kind === 'uint') this.memory.write(base + BigInt(field.offset), uintBytes(amount, field.type.bytes));
  }

  private writeInlineBytes(at: Address, size: number, name: string, input: StructInput): string | undefined {
    const bytes = typeof input === 'string' ? textBytes(input, 'A') : input;
    if (!(bytes instanceof Uint8Array) || bytes.length !== size) return `${name} is ${size} bytes`;
    this.memory.write(at, bytes);
    return undefined;
  }

  private writeKnownHeaders(at: Address, of: 'request' | 'response', input: StructInput): string | undefined {
    if (!isFields(input)) return 'KnownHeaders is a map by the names on the wire';
    for (const [name, value] of Object.entries(input)) {
      const id = KNOWN_HEADERS[of].findIndex((known) => known.toLowerCase() === name.toLowerCase());
      if (id < 0) return `KnownHeaders: ${name} is not a known ${of} header; put it among pUnknownHeaders`;
      const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
      const problem = this.write('HTTP_KNOWN_HEADER', at + BigInt(id * 16), { pRawValue: text });
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
}

/** Bytes that one of a pointer's length is. */
function unitBytes(type: Extract<FieldType, { kind: 'text' | 'bytes' }>): 1 | 2 {
  return type.kind === 'text' && type.unit === 'TCHAR' && type.width === 'W' ? 2 : 1;
}

/** Each name once, though a union may have several members of one. */
function fieldNames(layout: StructLayout): readonly string[] {
  return [...new Set(layout.fields.map((field) => field.name))];
}

function integerOf(input: StructInput): number | bigint | undefined {
  if (typeof input === 'number' || typeof input === 'bigint') return input;
  if (typeof input === 'boolean') return input ? 1 : 0;
  return typeof input === 'string' ? constantValue(input) : undefined;
}
