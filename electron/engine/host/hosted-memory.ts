import { chosenType, SCALAR_SIZES } from '../../../preload/contract/win32/http-config-structs';
import { MemoryFault, readUint64, uintBytes, type Address, type Memory } from '../../../preload/contract/win32/memory';
import type { ArgValue, FunctionSignature, Param } from '../../../preload/contract/win32/signature';
import { pointersOf } from './pointer-walk';
import type { MemoryChange } from './protocol';
import { FIRST_ADDRESS, LAST_ADDRESS } from './shadow-memory';

/** An engine's memory that can tell whether a pending operation may still write to a block. */
export interface LeasingMemory extends Memory {
  leased?(start: Address): boolean;
}

interface Twin {
  /** On the application's side. */
  readonly virtual: Address;
  /** In this process. */
  readonly real: Address;
  readonly size: number;
  /** What the application knows to be in it. */
  known: Uint8Array;
  /** The structure that calls write to its beginning, whose pointers are to be translated. */
  struct: string | undefined;
}

/** The blocks of this process that stand for the application's, and the translation of addresses both ways. */
export class HostedMemory {
  private readonly byVirtual = new Map<Address, Twin>();

  constructor(private readonly memory: LeasingMemory) {}

  alloc(virtual: Address, size: number): void {
    const bytes = Math.max(size, 1);
    this.byVirtual.set(virtual, { virtual, real: this.memory.alloc(bytes), size: bytes, known: new Uint8Array(bytes), struct: undefined });
  }

  free(virtual: Address): void {
    const twin = this.byVirtual.get(virtual);
    if (twin === undefined) return;
    this.byVirtual.delete(virtual);
    this.memory.free(twin.real);
  }

  write(virtual: Address, bytes: Uint8Array): void {
    const twin = this.twinAt(virtual);
    if (twin === undefined) throw new MemoryFault(virtual, bytes.length);
    const offset = Number(virtual - twin.virtual);
    twin.known.set(bytes, offset);
    this.memory.write(twin.real + BigInt(offset), bytes);
    this.translateWords(twin, offset, bytes.length);
  }

  /** Arguments with the addresses of this process in place of the application's. */
  translateArgs(signature: FunctionSignature, args: Readonly<Record<string, ArgValue>>): Readonly<Record<string, ArgValue>> {
    return Object.fromEntries(Object.entries(args).map(([name, value]) => {
      const param = signature.params[name];
      if (typeof value !== 'bigint' || param === undefined) return [name, value];
      const twin = this.twinAt(value);
      if (twin === undefined) return [name, value];
      if (param.kind === 'out-buffer') twin.struct = structOf(param, args) ?? twin.struct;
      return [name, twin.real + (value - twin.virtual)];
    }));
  }

  /** An address of this process as the application knows it; others stay what they are. */
  toVirtual(real: Address): Address {
    for (const twin of this.byVirtual.values()) {
      if (real >= twin.real && real < twin.real + BigInt(twin.size)) return twin.virtual + (real - twin.real);
    }
    return real;
  }

  /** What changed in blocks that a call was given, and in those that pending operations write to. */
  changes(signature: FunctionSignature | undefined, args: Readonly<Record<string, ArgValue>>): readonly MemoryChange[] {
    const given = new Set<Twin>();
    const outPointers: Address[] = [];
    for (const [name, value] of Object.entries(args)) {
      const param = signature?.params[name];
      const twin = typeof value === 'bigint' ? this.twinAt(value) : undefined;
      if (twin === undefined || typeof value !== 'bigint') continue;
      this.addReachable(twin, param, given);
      if (isOutPointer(param)) outPointers.push(twin.real + (value - twin.virtual));
    }
    const changed: MemoryChange[] = [];
    for (const twin of this.byVirtual.values()) {
      if (!given.has(twin) && this.memory.leased?.(twin.real) === false) continue;
      const bytes = this.virtualBytes(twin, outPointers);
      if (Buffer.compare(bytes, twin.known) === 0) continue;
      twin.known = bytes;
      changed.push({ address: twin.virtual, bytes });
    }
    return changed;
  }

  /** A block, and with a structure those it points into: INTERNET_BUFFERS names the buffer that is written to. */
  private addReachable(twin: Twin, param: Param | undefined, given: Set<Twin>): void {
    if (given.has(twin)) return;
    given.add(twin);
    // A query may name on entry where it is to write to as well: HTTP_QOS_SETTING_INFO.
    const walks = param?.kind === 'in-struct' || param?.kind === 'in-array' || (param?.kind === 'out-buffer' && param.chosen !== undefined);
    if (!walks) return;
    const view = new DataView(twin.known.buffer, twin.known.byteOffset, twin.known.byteLength);
    for (let at = 0; at + 8 <= twin.size; at += 8) {
      const target = this.twinAt(view.getBigUint64(at, true));
      if (target !== undefined) this.addReachable(target, param, given);
    }
  }

  /** A block's bytes as the application is to see them: pointers in it are the application's own. */
  private virtualBytes(twin: Twin, outPointers: readonly Address[]): Uint8Array {
    const bytes = this.memory.read(twin.real, twin.size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const put = (at: Address): void => {
      const offset = Number(at - twin.real);
      if (offset < 0 || offset + 8 > bytes.length) return;
      view.setBigUint64(offset, this.toVirtual(readUint64(this.memory, at)), true);
    };
    for (const at of outPointers) put(at);
    // What the application wrote into a structure and nobody changed is an address of this process by now.
    for (let offset = 0; offset + 8 <= bytes.length; offset += 8) {
      const was = new DataView(twin.known.buffer, twin.known.byteOffset).getBigUint64(offset, true);
      if (isVirtual(was)) put(twin.real + BigInt(offset));
    }
    if (twin.struct !== undefined) for (const at of this.structPointers(twin.struct, twin)) put(at);
    return bytes;
  }

  /** A structure that was not written yet, or only in part, has pointers that lead nowhere: none of them counts then. */
  private structPointers(struct: string, twin: Twin): readonly Address[] {
    try {
      return [...pointersOf(this.memory, struct, twin.real)];
    } catch (fault) {
      if (fault instanceof MemoryFault) return [];
      throw fault;
    }
  }

  /** The application's addresses inside what it wrote become addresses of this process. */
  private translateWords(twin: Twin, offset: number, length: number): void {
    for (let at = Math.floor(offset / 8) * 8; at < offset + length && at + 8 <= twin.size; at += 8) {
      const word = readUint64(this.memory, twin.real + BigInt(at));
      const target = isVirtual(word) ? this.twinAt(word) : undefined;
      if (target !== undefined) this.memory.write(twin.real + BigInt(at), uintBytes(target.real + (word - target.virtual), 8));
    }
  }

  private twinAt(virtual: Address): Twin | undefined {
    if (!isVirtual(virtual)) return undefined;
    const exact = this.byVirtual.get(virtual);
    if (exact !== undefined) return exact;
    for (const twin of this.byVirtual.values()) if (virtual > twin.virtual && virtual < twin.virtual + BigInt(twin.size)) return twin;
    return undefined;
  }
}

/** The structure that a call writes into OUT memory, if it writes one. */
function structOf(param: Extract<Param, { kind: 'out-buffer' }>, args: Readonly<Record<string, ArgValue>>): string | undefined {
  if (param.chosen === undefined) return param.struct;
  const chosen = chosenType(param.chosen.of, Number(args[param.chosen.by] ?? -1));
  return chosen === undefined || SCALAR_SIZES[chosen] !== undefined ? undefined : chosen;
}

function isVirtual(value: bigint): boolean {
  return value >= FIRST_ADDRESS && value <= LAST_ADDRESS;
}

function isOutPointer(param: Param | undefined): boolean {
  return param?.kind === 'out' && param.of === 'POINTER';
}
