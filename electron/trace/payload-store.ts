const CHUNK_BYTES = 1024 * 1024;

/**
 * What an event carries beside its columns, as JSON bytes in large chunks. Reading makes the objects anew, so a trace
 * holds no object an event.
 */
export class PayloadStore {
  private readonly chunks: Uint8Array[] = [];
  private used = CHUNK_BYTES;
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder();

  get bytes(): number {
    return this.chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  }

  /** Keeps a value and gives the place to read it from. */
  add(value: unknown): { readonly chunk: number; readonly offset: number } {
    const bytes = this.encoder.encode(JSON.stringify(value));
    const needed = bytes.length + 4;
    if (this.used + needed > (this.chunks.at(-1)?.length ?? 0)) {
      this.chunks.push(new Uint8Array(Math.max(CHUNK_BYTES, needed)));
      this.used = 0;
    }
    const chunk = this.chunks.length - 1;
    const target = this.chunks[chunk];
    if (target === undefined) throw new Error('A chunk was just made');
    const offset = this.used;
    new DataView(target.buffer).setUint32(offset, bytes.length, true);
    target.set(bytes, offset + 4);
    this.used += needed;
    return { chunk, offset };
  }

  read(chunk: number, offset: number): unknown {
    const source = this.chunks[chunk];
    if (source === undefined) throw new Error(`No payload chunk ${chunk}`);
    const length = new DataView(source.buffer).getUint32(offset, true);
    return JSON.parse(this.decoder.decode(source.subarray(offset + 4, offset + 4 + length)));
  }
}
