import { textBytes, type Address } from '../../../preload/contract/win32/memory';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { ArgValue, FunctionSignature, Param, Width } from '../../../preload/contract/win32/signature';
import type { KeepAlive } from './keep-alive';
import type { CType, CValue } from './load-koffi';
import type { NativeMemory } from './native-memory';
import { PendingOperation } from './pending-operation';

/** The C type of a parameter. HTTPAPI_VERSION is four bytes by value, which travel as an integer. */
export function parameterType(param: Param): CType {
  switch (param.kind) {
    case 'int': return param.bits === 16 ? 'uint16_t' : param.signed === true ? 'int32_t' : 'uint32_t';
    case 'version': return 'uint32_t';
    default: return 'uint64_t';
  }
}

export function returnType(signature: FunctionSignature): CType {
  switch (signature.returns) {
    case 'BOOL': return 'int32_t';
    case 'ERROR': case 'DWORD': return 'uint32_t';
    case 'HINTERNET': case 'HANDLE': case 'CALLBACK': return 'uint64_t';
  }
}

/** Arguments as the C function takes them, and the operation that holds their memory. */
export interface CallFrame {
  readonly values: readonly CValue[];
  readonly operation: PendingOperation;
}

/** Puts texts and bytes into memory and holds everything that the call may read or write. */
export function buildFrame(
  name: FunctionName, signature: FunctionSignature, args: Readonly<Record<string, ArgValue>>, width: Width, memory: NativeMemory, alive: KeepAlive,
): CallFrame {
  const temporary: Address[] = [];
  const leases: Address[] = [];
  const place = (bytes: Uint8Array): Address => {
    const address = memory.alloc(bytes.length);
    temporary.push(address);
    memory.write(address, bytes);
    return address;
  };
  const values = Object.entries(signature.params).map(([parameter, param]): CValue => {
    const value = args[parameter];
    if (typeof value === 'string') return place(terminated(value, param, width));
    if (value instanceof Uint8Array) return place(value);
    if (value === undefined) return 0n;
    if (typeof value === 'number') return narrow(value, param);
    const address = BigInt.asUintN(64, value);
    if (pointsToMemory(param)) holdReachable(address, param, memory, leases);
    return address;
  });
  return { values, operation: new PendingOperation(name, memory, alive, leases, temporary) };
}

/** UTF-16 texts end with two zero bytes, ANSI ones with one; the plain functions' own texts are ANSI. */
function terminated(text: string, param: Param, width: Width): Uint8Array {
  const wide = param.kind === 'string' && (param.width === 'wide' || (param.width === 'call' && width === 'W'));
  return textBytes(`${text}\0`, wide ? 'W' : 'A');
}

function narrow(value: number, param: Param): number {
  if (param.kind === 'int' && param.bits === 16) return value & 0xffff;
  return param.kind === 'int' && param.signed === true ? value | 0 : value >>> 0;
}

function pointsToMemory(param: Param): boolean {
  switch (param.kind) {
    case 'out': case 'out-buffer': case 'out-struct': case 'out-text': case 'overlapped': case 'in-struct': case 'in-array': case 'in-property':
    case 'string': case 'bytes': case 'reserved': return true;
    case 'handle': case 'id': case 'int': case 'dword_ptr': case 'version': case 'callback': return false;
  }
}

/** Holds a block and, for a structure that goes in, every block that a pointer-sized word in it points into. */
function holdReachable(address: Address, param: Param, memory: NativeMemory, leases: Address[]): void {
  const structured = param.kind === 'in-struct' || param.kind === 'in-array' || param.kind === 'in-property';
  const todo = [address];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const block = memory.blockOf(next);
    if (block === undefined || leases.includes(block.start)) continue;
    const start = memory.lease(next);
    if (start === undefined) continue;
    leases.push(start);
    if (!structured) continue;
    const bytes = memory.read(block.start, block.size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at + 8 <= bytes.length; at += 8) todo.push(view.getBigUint64(at, true));
  }
}
