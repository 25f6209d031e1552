/**
 * HTTP_OPAQUE_ID values. They lie beyond 2^53, as those of http.sys do, so that an application that keeps one in a
 * double or in 32 bits fails here as it does there. None is given twice.
 */
export class OpaqueIds {
  private counter = 0n;

  constructor(private readonly base: bigint) {}

  next(): bigint {
    this.counter += 1n;
    return this.base + this.counter * 0x10n + 1n;
  }
}

export const ID_BASES = {
  serverSession: 0xfe00_0000_2000_0000n,
  urlGroup: 0xfc00_0000_4000_0000n,
  connection: 0xfd00_0000_6000_0000n,
  request: 0xfa00_0000_6000_0000n,
} as const;
