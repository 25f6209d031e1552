import type { Address } from '../../preload/contract/win32/memory';

/** The starts of memory blocks in ascending order: finds the block that an address may lie in. */
export class BlockOrder {
  private readonly starts: Address[] = [];

  /** Addresses mostly grow, so that putting one in its place mostly means appending it. */
  add(start: Address): void {
    this.starts.splice(this.indexAtOrBelow(start) + 1, 0, start);
  }

  remove(start: Address): void {
    const index = this.indexAtOrBelow(start);
    if (this.starts[index] === start) this.starts.splice(index, 1);
  }

  /** The greatest start that is not above the address. */
  atOrBelow(address: Address): Address | undefined {
    return this.starts[this.indexAtOrBelow(address)];
  }

  private indexAtOrBelow(address: Address): number {
    let low = 0;
    let high = this.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] ?? 0n) <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
