import { BlockMemory } from '../block-memory';
import type { Address, Memory } from '../../../preload/contract/win32/memory';
import type { MemoryChange, ToHost } from './protocol';

/** No address of a Windows process looks like this, so one inside a structure is told from any number. */
export const FIRST_ADDRESS: Address = 0x7e57_0000_0000_0000n;
export const LAST_ADDRESS: Address = 0x7e57_7fff_ffff_ffffn;

/**
 * The host's memory as the application sees it: a copy under addresses of its own, so that reading and writing need not
 * wait for another process. What calls and callbacks changed over there comes with the message that tells of them.
 */
export class ShadowMemory implements Memory {
  private readonly copy = new BlockMemory(FIRST_ADDRESS);

  constructor(private readonly send: (message: ToHost) => void) {}

  /** Tells a new host of everything that is still allocated, as it is known here. */
  replay(): void {
    for (const { start, bytes } of this.copy.blocks()) {
      this.send({ kind: 'alloc', address: start, size: bytes.length });
      this.send({ kind: 'write', address: start, bytes });
    }
  }

  alloc(size: number): Address {
    const address = this.copy.alloc(Math.max(size, 1));
    this.send({ kind: 'alloc', address, size });
    return address;
  }

  free(address: Address): void {
    this.copy.free(address);
    this.send({ kind: 'free', address });
  }

  read(address: Address, length: number): Uint8Array {
    return this.copy.read(address, length);
  }

  write(address: Address, bytes: Uint8Array): void {
    this.copy.write(address, bytes);
    this.send({ kind: 'write', address, bytes });
  }

  /** Takes over what changed on the other side; blocks that were freed meanwhile are passed over. */
  apply(changes: readonly MemoryChange[]): void {
    for (const { address, bytes } of changes) if (this.copy.holds(address, bytes.length)) this.copy.write(address, bytes);
  }
}
