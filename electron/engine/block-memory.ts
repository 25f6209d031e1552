import { MemoryFault, type Address, type Memory } from '../../preload/contract/win32/memory';
import { BlockOrder } from './block-order';

interface Block {
  readonly start: Address;
  readonly bytes: Uint8Array;
}

/**
 * Memory of this process under 64-bit addresses of its own, which are given out upwards and never again: what lies
 * outside of every block, or was freed, is a fault.
 */
export class BlockMemory implements Memory {
  private readonly held = new Map<Address, Block>();
  private readonly starts = new BlockOrder();

  /** @param next the address of the first block */
  constructor(private next: Address) {}

  /** Blocks not yet freed. */
  get outstanding(): number {
    return this.held.size;
  }

  /** In the order of their addresses. */
  blocks(): Iterable<Block> {
    return this.held.values();
  }

  alloc(size: number): Address {
    const start = this.next;
    // A guard gap after each block makes an overrun a fault and not a neighbour's damage.
    this.next += BigInt(Math.ceil((size + 32) / 16) * 16);
    this.held.set(start, { start, bytes: new Uint8Array(size) });
    this.starts.add(start);
    return start;
  }

  free(address: Address): void {
    if (!this.held.delete(address)) throw new Error(`0x${address.toString(16)} is not allocated: freed twice, or never given`);
    this.starts.remove(address);
  }

  read(address: Address, length: number): Uint8Array {
    const { block, offset } = this.locate(address, length);
    return block.bytes.slice(offset, offset + length);
  }

  write(address: Address, bytes: Uint8Array): void {
    const { block, offset } = this.locate(address, bytes.length);
    block.bytes.set(bytes, offset);
  }

  /** Whether `length` bytes at an address may be read and written. */
  holds(address: Address, length: number): boolean {
    return this.find(address, length) !== undefined;
  }

  private locate(address: Address, length: number): { readonly block: Block; readonly offset: number } {
    const found = this.find(address, length);
    if (found === undefined) throw new MemoryFault(address, length);
    return found;
  }

  private find(address: Address, length: number): { readonly block: Block; readonly offset: number } | undefined {
    const start = this.starts.atOrBelow(address);
    const block = start === undefined ? undefined : this.held.get(start);
    if (block === undefined) return undefined;
    const offset = Number(address - block.start);
    return offset + length <= block.bytes.length ? { block, offset } : undefined;
  }
}
