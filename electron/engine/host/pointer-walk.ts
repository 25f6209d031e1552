import { readUint, readUint64, type Address, type MemoryReader } from '../../../preload/contract/win32/memory';
import { layoutOf } from '../../../preload/contract/win32/struct-codec';
import type { Field, StructLayout } from '../../../preload/contract/win32/struct-layout';
import { KNOWN_HEADERS } from '../../../preload/contract/win32/structs';

const KNOWN_HEADER_BYTES = 16;
const RAW_VALUE = 8n;

/** Where the pointers of a structure stand, those of the structures it points to included. */
export function* pointersOf(memory: MemoryReader, struct: string, base: Address): Generator<Address> {
  const layout = layoutOf(struct);
  for (const field of layout.fields) {
    if (field.when !== undefined && uintAt(memory, layout, base, field.when.field) !== field.when.is) continue;
    yield* pointersOfField(memory, layout, base, field);
  }
}

function* pointersOfField(memory: MemoryReader, layout: StructLayout, base: Address, field: Field): Generator<Address> {
  const at = base + BigInt(field.offset);
  const { type } = field;
  switch (type.kind) {
    case 'uint': case 'handle': return;
    case 'text': case 'bytes': case 'sockaddr': case 'pointer':
      yield at;
      return;
    case 'struct-pointer': {
      yield at;
      const target = readUint64(memory, at);
      if (target !== 0n) yield* pointersOf(memory, type.struct, target);
      return;
    }
    case 'struct':
      yield* pointersOf(memory, type.struct, at);
      return;
    case 'known-headers':
      for (let id = 0; id < KNOWN_HEADERS[type.of].length; id += 1) yield at + BigInt(id * KNOWN_HEADER_BYTES) + RAW_VALUE;
      return;
    case 'array': {
      yield at;
      const list = readUint64(memory, at);
      if (list === 0n) return;
      const { size } = layoutOf(type.struct);
      for (let i = 0; i < uintAt(memory, layout, base, type.count); i += 1) yield* pointersOf(memory, type.struct, list + BigInt(i * size));
    }
  }
}

function uintAt(memory: MemoryReader, layout: StructLayout, base: Address, name: string): number {
  const field = layout.fields.find((candidate) => candidate.name === name);
  if (field?.type.kind !== 'uint') return 0;
  const at = base + BigInt(field.offset);
  return field.type.bytes === 8 ? Number(readUint64(memory, at)) : readUint(memory, at, field.type.bytes);
}
