/** Bytes that came and were not read yet, in the pieces in which they came. */
export class ByteQueue {
  private readonly pieces: Uint8Array[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.pieces.push(bytes);
    this.size += bytes.length;
  }

  /** At most `count` bytes from the front. */
  take(count: number): Uint8Array {
    const out = new Uint8Array(Math.min(count, this.size));
    let filled = 0;
    while (filled < out.length) {
      const piece = this.pieces[0];
      if (piece === undefined) break;
      const part = piece.subarray(0, out.length - filled);
      out.set(part, filled);
      filled += part.length;
      if (part.length === piece.length) this.pieces.shift();
      else this.pieces[0] = piece.subarray(part.length);
    }
    this.size -= filled;
    return out;
  }

  clear(): void {
    this.pieces.length = 0;
    this.size = 0;
  }
}
