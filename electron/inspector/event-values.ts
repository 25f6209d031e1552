import { HIDDEN_VALUE, type EventFields, type EventValue, type StatusPayloadValue } from '../../preload/contract/event';
import type { HandleId } from '../../preload/contract/ids';
import type { ArgValue, Param, Width } from '../../preload/contract/win32/signature';
import { decodeStruct, layoutOf, structOfWidth, type StructValue } from '../../preload/contract/win32/struct-codec';
import { MemoryFault, readUint, type MemoryReader } from '../../preload/contract/win32/memory';
import { chosenType, SCALAR_SIZES } from '../../preload/contract/win32/http-config-structs';
import type { StatusPayload } from '../../preload/contract/win32/status-payload';

/** Bytes kept of one buffer; its full length is kept beside them. */
const KEPT_BYTES = 4096;

export function hex(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16)}`;
}

export function bytesHex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}

/** How the record keeps the bytes of a buffer. */
export type BytesKeeper = (bytes: Uint8Array) => EventValue;

export function keptBytes(bytes: Uint8Array, kept: number): EventValue {
  return { bytes: bytes.length, hex: bytesHex(bytes.subarray(0, kept)) };
}

export const bytesValue: BytesKeeper = (bytes) => keptBytes(bytes, KEPT_BYTES);

/** NULL pointers are left out of a structure as they are of a call. */
export function structValue(value: StructValue, keep: BytesKeeper = bytesValue): EventValue | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return hex(value);
  if (value instanceof Uint8Array) return keep(value);
  if (Array.isArray(value)) return value.flatMap((item: StructValue) => structValue(item, keep) ?? []);
  return Object.fromEntries(Object.entries(value).flatMap(([name, item]): [string, EventValue][] => {
    const kept = structValue(item, keep);
    return kept === undefined ? [] : [[name, kept]];
  }));
}

type Args = Readonly<Record<string, ArgValue>>;

/** The arguments of a call as the trace keeps them; IN structures are read before the call can change them. */
export function argFields(params: readonly (readonly [string, Param])[], args: Args, width: Width, memory: MemoryReader, keep: BytesKeeper): EventFields {
  const fields: Record<string, EventValue> = {};
  for (const [name, param] of params) {
    const value = argValue(param, args[name], { args, width, memory, keep });
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

/** The same with the mask in place of what must not be recorded; what was NULL says nothing and stays so. */
export function masked(fields: EventFields, hidden: readonly string[] = []): EventFields {
  const names = hidden.filter((name) => fields[name] !== undefined);
  return names.length === 0 ? fields : { ...fields, ...Object.fromEntries(names.map((name) => [name, HIDDEN_VALUE])) };
}

/** What an argument is read with. */
interface Reading {
  readonly args: Args;
  readonly width: Width;
  readonly memory: MemoryReader;
  readonly keep: BytesKeeper;
}

function argValue(param: Param, value: ArgValue, reading: Reading): EventValue | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return reading.keep(value);
  return pointedAt(param, value, reading) ?? hex(value);
}

/** What an address of the caller's leads to; undefined where nothing is known of it. */
function pointedAt(param: Param, address: bigint, reading: Reading): EventValue | undefined {
  if (address === 0n) return undefined;
  try {
    if (param.kind === 'in-array') return structsAt(param, address, reading);
    const struct = param.kind === 'in-struct' ? structOfWidth(param.struct, reading.width) : param.kind === 'in-property' ? chosenType(param.of, Number(reading.args[param.property] ?? -1)) : undefined;
    if (struct === undefined) return undefined;
    const scalar = SCALAR_SIZES[struct];
    if (scalar !== undefined) return readUint(reading.memory, address, scalar);
    return structValue(decodeStruct(reading.memory, struct, address), reading.keep);
  } catch (fault) {
    // A bad pointer is the caller's to make; the call shows what it does.
    if (fault instanceof MemoryFault) return undefined;
    throw fault;
  }
}

function structsAt({ struct, length }: Extract<Param, { readonly kind: 'in-array' }>, address: bigint, { args, memory, keep }: Reading): EventValue {
  const { size } = layoutOf(struct);
  return Array.from({ length: Number(args[length] ?? 0) }, (_, index) => structValue(decodeStruct(memory, struct, address + BigInt(index * size)), keep) ?? {});
}

export function payloadValue(payload: StatusPayload, handleOf: (raw: bigint) => HandleId | undefined): StatusPayloadValue {
  switch (payload.kind) {
    case 'handle': return { kind: 'handle', raw: hex(payload.raw), handle: handleOf(payload.raw) };
    case 'async-result': return { kind: 'async-result', dwResult: hex(payload.dwResult), dwError: payload.dwError };
    default: return payload;
  }
}
