/** Pieces are joined up to this many bytes: a client that sends chunks of a byte costs its bytes, and not an object for each. */
const JOINED = 4096;

/** The entity body of a request as it arrives, and the part of it that nobody has read yet. */
export class EntityBody {
  /** Bytes that have arrived and were not read. */
  unread = 0;
  private readonly chunks: Buffer[] = [];
  private discarding = false;

  /** `complete`: nothing more will come. */
  constructor(public complete: boolean) {}

  push(data: Buffer): void {
    if (this.discarding) return;
    this.unread += data.length;
    const last = this.chunks.at(-1);
    if (last === undefined || last.length + data.length > JOINED) this.chunks.push(data);
    else this.chunks[this.chunks.length - 1] = Buffer.concat([last, data]);
  }

  /** At most `length` bytes, removed from what is unread. */
  take(length: number): Uint8Array {
    const out = new Uint8Array(Math.min(length, this.unread));
    let at = 0;
    while (at < out.length) {
      const chunk = this.chunks[0];
      if (chunk === undefined) break;
      const part = chunk.subarray(0, out.length - at);
      out.set(part, at);
      at += part.length;
      if (part.length === chunk.length) this.chunks.shift();
      else this.chunks[0] = chunk.subarray(part.length);
    }
    this.unread -= out.length;
    return out;
  }

  /** Drops what is unread and whatever still comes. */
  discard(): void {
    this.discarding = true;
    this.chunks.length = 0;
    this.unread = 0;
  }
}
