import { decodeField, isPresent, layoutOf, type StructFields, type StructValue } from '../../../preload/contract/win32/struct-codec';
import type { Field, FieldType, StructLayout } from '../../../preload/contract/win32/struct-layout';
import {
  MemoryFault, readText, readUint, readUint64, textFromBytes, type Address, type Memory,
} from '../../../preload/contract/win32/memory';
import type { Pointee, Width } from '../../../preload/contract/win32/signature';
import { bytesEqual, recordOf, type Datum, type DatumMap, type MemoryDatum } from '../values/datum';

/** What OUT memory holds before a call: nothing that a call would write by chance. */
const PATTERN = 0xa5;

/** Memory of a run's own, all given back at its end. */
export class Arena {
  readonly memory: Memory;
  readonly #blocks: Address[] = [];

  constructor(memory: Memory) {
    this.memory = memory;
  }

  /** Fresh memory that holds `content`. */
  place(content: Uint8Array): Address {
    const address = this.memory.alloc(Math.max(content.length, 1));
    this.#blocks.push(address);
    if (content.length > 0) this.memory.write(address, content);
    return address;
  }

  /** Takes over blocks that were made elsewhere. */
  adopt(blocks: readonly Address[]): void {
    this.#blocks.push(...blocks);
  }

  /** Only when nothing is pending any more: a pending operation still writes here. */
  release(): void {
    for (const block of this.#blocks.splice(0)) this.memory.free(block);
  }
}

export function pattern(size: number): Uint8Array {
  return new Uint8Array(size).fill(PATTERN);
}

/** A view of memory that a call was given. `read` says what it means. */
export function memoryDatum(memory: Memory, address: Address, given: Uint8Array, width: Width, read: () => Datum): MemoryDatum {
  const whole = (): Uint8Array => (given.length === 0 ? new Uint8Array() : memory.read(address, given.length));
  return { kind: 'memory', address, whole, read, width, unchanged: () => bytesEqual(whole(), given) };
}

/** Bytes of a scalar behind a pointer. */
export function pointeeSize(of: Pointee): 4 | 8 {
  return of === 'DWORD' || of === 'ULONG' || of === 'BOOL' ? 4 : 8;
}

/** What lies behind a pointer: a number, or the text that a function allocated. */
export function readPointee(memory: Memory, address: Address, of: Pointee): Datum {
  if (pointeeSize(of) === 4) return BigInt(readUint(memory, address, 4));
  const value = readUint64(memory, address);
  if (of !== 'PWSTR') return value;
  return value === 0n ? undefined : readText(memory, value, 'W');
}

/** A structure in memory, each field read by itself when it is asked for. */
export function structDatum(memory: Memory, address: Address, struct: string): Datum {
  const layout = layoutOf(struct);
  const names = [...new Set(layout.fields.map((field) => field.name))];
  const read = (name: string): Datum => {
    const named = layout.fields.filter((field) => field.name === name);
    // Of the members of a union that share a name, the one that its selector chooses.
    const field = named.find((candidate) => named.length === 1 || isPresent(memory, layout, address, candidate));
    return field === undefined ? undefined : datumOf(decodeField(memory, layout, address, field), field.type);
  };
  return recordOf(
    () => ({ kind: 'map', fields: new Map(names.flatMap((name) => readable(name, () => read(name)))) }),
    Object.fromEntries(names.map((name) => [name, () => read(name)])),
  );
}

/** A pointer that nobody wrote leads nowhere: its field is left out of the whole. */
function readable(name: string, read: () => Datum): readonly (readonly [string, Datum])[] {
  try {
    return [[name, read()]];
  } catch (fault) {
    if (fault instanceof MemoryFault) return [];
    throw fault;
  }
}

/** A decoded field as the language sees it. */
function datumOf(value: StructValue, type?: FieldType): Datum {
  if (value === undefined || typeof value === 'string' || typeof value === 'bigint' || value instanceof Uint8Array) return value;
  if (typeof value === 'number') return BigInt(value);
  if (isStructList(value)) return value.map((item) => datumOf(item, type));
  return mapOfStruct(value, type !== undefined && 'struct' in type ? layoutOf(type.struct) : undefined);
}

/** A nested structure; the members of its union that are structures on its page can be named, too. */
function mapOfStruct(value: StructFields, layout: StructLayout | undefined): DatumMap {
  const typeOf = (name: string): FieldType | undefined => layout?.fields.find((field) => field.name === name && holds(value, field.when))?.type;
  const fields = new Map(Object.entries(value).map(([name, field]) => [name, datumOf(field, typeOf(name))] as const));
  const members = Object.entries(layout?.members ?? {}).flatMap(([member, when]) => {
    if (when !== 'whichever' && !holds(value, when)) return [];
    const own = layout?.fields.filter((field) => (when === 'whichever' ? field.when !== undefined && holds(value, field.when) : field.when === when)) ?? [];
    return [[member, { kind: 'map', fields: new Map(own.map(({ name }) => [name, fields.get(name)])) } satisfies DatumMap] as const];
  });
  return members.length === 0 ? { kind: 'map', fields } : { kind: 'map', fields, members: new Map(members) };
}

function holds(value: StructFields, when: Field['when']): boolean {
  return when === undefined || value[when.field] === when.is;
}

/** Array.isArray does not narrow a readonly array. */
function isStructList(value: StructValue): value is readonly StructValue[] {
  return Array.isArray(value);
}

/** Text up to its NUL, or to the end of the memory. */
export function textInMemory(memory: Memory, address: Address, width: Width, size: number): string {
  return readText(memory, address, width, Math.floor(size / (width === 'W' ? 2 : 1)));
}

/** Text of so many bytes, NULs and all: HTTP_QUERY_RAW_HEADERS separates its lines with them. */
export function countedText(memory: Memory, address: Address, width: Width, bytes: number): string {
  return textFromBytes(memory.read(address, bytes), width);
}
