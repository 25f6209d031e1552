import { BlockOrder } from '../block-order';
import { MemoryFault, type Address, type Memory } from '../../../preload/contract/win32/memory';

/** The heap that the blocks come from. */
export interface Heap {
  /** Zero-filled. */
  allocate(bytes: number): Address;
  release(address: Address): void;
  read(address: Address, length: number): Uint8Array;
  write(address: Address, bytes: Uint8Array): void;
}

interface Block {
  readonly start: Address;
  readonly size: number;
  /** How many pending operations may still write to it. */
  leases: number;
  freed: boolean;
}

/** A block that is still held, for the list of what is outstanding. */
export interface OutstandingBlock {
  readonly address: Address;
  readonly size: number;
  /** Freed by its owner, and held back until the operation that may still write to it has ended. */
  readonly awaited: boolean;
}

/**
 * The memory that calls read and write. Windows goes on writing to the buffers of a pending operation after its caller
 * has lost interest, so a block is given back to the heap only when its owner freed it AND no operation holds it.
 */
export class NativeMemory implements Memory {
  private readonly blocks = new Map<Address, Block>();
  /** Starts of all blocks in ascending order. */
  private readonly starts = new BlockOrder();

  constructor(private readonly heap: Heap) {}

  get outstanding(): readonly OutstandingBlock[] {
    return [...this.blocks.values()].map(({ start, size, freed }) => ({ address: start, size, awaited: freed }));
  }

  alloc(size: number): Address {
    const start = this.heap.allocate(size);
    this.blocks.set(start, { start, size: Math.max(size, 1), leases: 0, freed: false });
    this.starts.add(start);
    return start;
  }

  free(address: Address): void {
    const block = this.blocks.get(address);
    if (block === undefined || block.freed) throw new Error(`0x${address.toString(16)} is not allocated: freed twice, or never given`);
    block.freed = true;
    this.giveBack(block);
  }

  read(address: Address, length: number): Uint8Array {
    this.check(address, length);
    return this.heap.read(address, length);
  }

  write(address: Address, bytes: Uint8Array): void {
    this.check(address, bytes.length);
    this.heap.write(address, bytes);
  }

  /** The block that an address lies in, if its owner still has it. */
  blockOf(address: Address): { readonly start: Address; readonly size: number } | undefined {
    const block = this.blockAt(address);
    return block === undefined || block.freed ? undefined : block;
  }

  /** Holds the block that an address lies in until `unlease`; answers its start, or undefined for a foreign address. */
  lease(address: Address): Address | undefined {
    const block = this.blockAt(address);
    if (block === undefined) return undefined;
    block.leases += 1;
    return block.start;
  }

  /** Whether a pending operation may still write to the block that begins there. */
  leased(start: Address): boolean {
    return (this.blocks.get(start)?.leases ?? 0) > 0;
  }

  unlease(start: Address): void {
    const block = this.blocks.get(start);
    if (block === undefined || block.leases === 0) throw new Error(`0x${start.toString(16)} is not leased`);
    block.leases -= 1;
    this.giveBack(block);
  }

  private giveBack(block: Block): void {
    if (!block.freed || block.leases > 0) return;
    this.blocks.delete(block.start);
    this.starts.remove(block.start);
    this.heap.release(block.start);
  }

  private check(address: Address, length: number): void {
    const block = this.blockOf(address);
    if (block === undefined || Number(address - block.start) + length > block.size) throw new MemoryFault(address, length);
  }

  private blockAt(address: Address): Block | undefined {
    // Most addresses that are asked for are where a block begins.
    const exact = this.blocks.get(address);
    if (exact !== undefined) return exact;
    const start = this.starts.atOrBelow(address);
    const block = start === undefined ? undefined : this.blocks.get(start);
    return block !== undefined && address - block.start < BigInt(block.size) ? block : undefined;
  }
}
