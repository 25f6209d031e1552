import type { EventFields, EventValue, StatusPayloadValue } from '../../preload/contract/event';
import type { HandleId } from '../../preload/contract/ids';
import type { ArgValue, Param, Width } from '../../preload/contract/win32/signature';
import { decodeStruct, structOfWidth, type StructValue } from '../../preload/contract/win32/struct-codec';
import { MemoryFault, readUint, type MemoryReader } from '../../preload/contract/win32/memory';
import { chosenType, SCALAR_SIZES } from '../../preload/contract/win32/http-config-structs';
import type { StatusPayload } from '../../preload/contract/win32/status-payload';

/** Bytes kept of one buffer; its full length is kept beside them. */
const KEPT_BYTES = 4096;

export function hex(value: bigint): string {
  return `0x${BigInt.asUintN(64, value).toString(16)}`;
}

export function bytesHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

export function bytesValue(bytes: Uint8Array): EventValue {
  return { bytes: bytes.length, hex: bytesHex(bytes.subarray(0, KEPT_BYTES)) };
}

/** NULL pointers are left out of a structure as they are of a call. */
export function structValue(value: StructValue): EventValue | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return hex(value);
  if (value instanceof Uint8Array) return bytesValue(value);
  if (Array.isArray(value)) return value.flatMap((item: StructValue) => structValue(item) ?? []);
  return Object.fromEntries(Object.entries(value).flatMap(([name, item]): [string, EventValue][] => {
    const kept = structValue(item);
    return kept === undefined ? [] : [[name, kept]];
  }));
}

/** The arguments of a call as the trace keeps them; IN structures are read before the call can change them. */
export function argFields(params: readonly (readonly [string, Param])[], args: Readonly<Record<string, ArgValue>>, width: Width, memory: MemoryReader): EventFields {
  const fields: Record<string, EventValue> = {};
  for (const [name, param] of params) {
    const value = argValue(param, args[name], args, width, memory);
    if (value !== undefined) fields[name] = value;
  }
  return fields;
}

function argValue(param: Param, value: ArgValue, args: Readonly<Record<string, ArgValue>>, width: Width, memory: MemoryReader): EventValue | undefined {
  if (value === undefined || typeof value === 'number' || typeof value === 'string') return value;
  if (value instanceof Uint8Array) return bytesValue(value);
  return structAt(param, value, args, width, memory) ?? hex(value);
}

function structAt(param: Param, address: bigint, args: Readonly<Record<string, ArgValue>>, width: Width, memory: MemoryReader): EventValue | undefined {
  if (address === 0n) return undefined;
  const struct = param.kind === 'in-struct' ? structOfWidth(param.struct, width) : param.kind === 'in-property' ? chosenType(param.of, Number(args[param.property] ?? -1)) : undefined;
  if (struct === undefined) return undefined;
  try {
    const scalar = SCALAR_SIZES[struct];
    if (scalar !== undefined) return readUint(memory, address, scalar);
    return structValue(decodeStruct(memory, struct, address));
  } catch (fault) {
    // A bad pointer is the caller's to make; the call shows what it does.
    if (fault instanceof MemoryFault) return undefined;
    throw fault;
  }
}

export function payloadValue(payload: StatusPayload, handleOf: (raw: bigint) => HandleId | undefined): StatusPayloadValue {
  switch (payload.kind) {
    case 'handle': return { kind: 'handle', raw: hex(payload.raw), handle: handleOf(payload.raw) };
    case 'async-result': return { kind: 'async-result', dwResult: hex(payload.dwResult), dwError: payload.dwError };
    default: return payload;
  }
}
