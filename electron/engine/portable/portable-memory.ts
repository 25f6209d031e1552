import { BlockOrder } from '../block-order';
import { MemoryFault, type Address, type Memory } from '../../../preload/contract/win32/memory';

interface Block {
  readonly start: Address;
  readonly bytes: Uint8Array;
}

/**
 * Memory with 64-bit addresses of its own, so that structures with pointers, buffers that are too small and reads of
 * freed memory behave here as they do in a Windows process: by the documented layout, or with a fault.
 */
export class PortableMemory implements Memory {
  private readonly blocks = new Map<Address, Block>();
  private readonly starts = new BlockOrder();
  private next: Address = 0x0000_0200_0000_0000n;

  /** Blocks not yet freed. */
  get outstanding(): number {
    return this.blocks.size;
  }

  alloc(size: number): Address {
    const start = this.next;
    // A guard gap after each block makes an overrun a fault and not a neighbour's damage.
    this.next += BigInt(Math.ceil((size + 32) / 16) * 16);
    this.blocks.set(start, { start, bytes: new Uint8Array(size) });
    this.starts.add(start);
    return start;
  }

  free(address: Address): void {
    if (!this.blocks.delete(address)) throw new Error(`0x${address.toString(16)} is not allocated: freed twice, or never given`);
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

  /** Whether `length` bytes at an address may be written. */
  holds(address: Address, length: number): boolean {
    const block = this.blockAt(address);
    return block !== undefined && Number(address - block.start) + length <= block.bytes.length;
  }

  private locate(address: Address, length: number): { readonly block: Block; readonly offset: number } {
    const block = this.blockAt(address);
    const offset = block === undefined ? 0 : Number(address - block.start);
    if (block === undefined || offset + length > block.bytes.length) throw new MemoryFault(address, length);
    return { block, offset };
  }

  private blockAt(address: Address): Block | undefined {
    const start = this.starts.atOrBelow(address);
    return start === undefined ? undefined : this.blocks.get(start);
  }
}
