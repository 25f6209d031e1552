import { BlockOrder } from '../block-order';
import { MemoryFault, type Address, type Memory } from '../../../preload/contract/win32/memory';
import type { MemoryChange, ToHost } from './protocol';

/** No address of a Windows process looks like this, so one inside a structure is told from any number. */
export const FIRST_ADDRESS: Address = 0x7e57_0000_0000_0000n;
export const LAST_ADDRESS: Address = 0x7e57_7fff_ffff_ffffn;

interface Block {
  readonly start: Address;
  readonly bytes: Uint8Array;
}

/**
 * The host's memory as the application sees it: a copy under addresses of its own, so that reading and writing need not
 * wait for another process. What calls and callbacks changed over there comes with the message that tells of them.
 */
export class ShadowMemory implements Memory {
  private readonly blocks = new Map<Address, Block>();
  /** In ascending order: addresses are given out upwards and never again. */
  private readonly starts = new BlockOrder();
  private next = FIRST_ADDRESS;

  constructor(private readonly send: (message: ToHost) => void) {}

  /** Tells a new host of everything that is still allocated, as it is known here. */
  replay(): void {
    for (const { start, bytes } of this.blocks.values()) {
      this.send({ kind: 'alloc', address: start, size: bytes.length });
      this.send({ kind: 'write', address: start, bytes });
    }
  }

  alloc(size: number): Address {
    const start = this.next;
    // A gap after each block makes an overrun a fault.
    this.next += BigInt(Math.ceil((size + 32) / 16) * 16);
    this.blocks.set(start, { start, bytes: new Uint8Array(Math.max(size, 1)) });
    this.starts.add(start);
    this.send({ kind: 'alloc', address: start, size });
    return start;
  }

  free(address: Address): void {
    if (!this.blocks.delete(address)) throw new Error(`0x${address.toString(16)} is not allocated: freed twice, or never given`);
    this.starts.remove(address);
    this.send({ kind: 'free', address });
  }

  read(address: Address, length: number): Uint8Array {
    const { block, offset } = this.locate(address, length);
    return block.bytes.slice(offset, offset + length);
  }

  write(address: Address, bytes: Uint8Array): void {
    const { block, offset } = this.locate(address, bytes.length);
    block.bytes.set(bytes, offset);
    this.send({ kind: 'write', address, bytes });
  }

  /** Takes over what changed on the other side; blocks that were freed meanwhile are passed over. */
  apply(changes: readonly MemoryChange[]): void {
    for (const { address, bytes } of changes) this.blocks.get(address)?.bytes.set(bytes);
  }

  private locate(address: Address, length: number): { readonly block: Block; readonly offset: number } {
    const start = this.starts.atOrBelow(address);
    const block = start === undefined ? undefined : this.blocks.get(start);
    const offset = block === undefined ? 0 : Number(address - block.start);
    if (block === undefined || offset + length > block.bytes.length) throw new MemoryFault(address, length);
    return { block, offset };
  }
}
