/** Pieces are joined up to this many bytes: a peer that sends byte by byte costs its bytes, and not an object for each. */
const JOINED = 4096;

/** Bytes that came and were not read yet, in the pieces in which they came. */
export class ByteQueue {
  private readonly pieces: Uint8Array[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.size += bytes.length;
    const last = this.pieces.at(-1);
    if (last === undefined || last.length + bytes.length > JOINED) {
      this.pieces.push(bytes);
      return;
    }
    const joined = new Uint8Array(last.length + bytes.length);
    joined.set(last);
    joined.set(bytes, last.length);
    this.pieces[this.pieces.length - 1] = joined;
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
