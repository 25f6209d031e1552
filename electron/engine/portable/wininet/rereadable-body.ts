import { ByteQueue } from './byte-queue';

/** How much of a body that was read is kept, so that a reader can go back in it. In bytes. */
const KEPT = 1024 * 1024;

/** The body of a response: read once in order, or, as long as it is short, from any place (InternetSetFilePointer). */
export class RereadableBody {
  private unread = new ByteQueue();
  /** Everything from the first byte on, until it is more than is kept. */
  private whole: Uint8Array[] | undefined = [];
  private received = 0;
  /** Bytes still to come that the reader has moved beyond. */
  private skipped = 0;

  get length(): number {
    return this.unread.length;
  }

  /** Of the next byte that is read. */
  get position(): number {
    return this.received + this.skipped - this.unread.length;
  }

  push(bytes: Uint8Array): void {
    this.received += bytes.length;
    this.whole?.push(bytes);
    if (this.received > KEPT) this.whole = undefined;
    const over = Math.min(this.skipped, bytes.length);
    this.skipped -= over;
    this.unread.push(bytes.subarray(over));
  }

  take(count: number): Uint8Array {
    return this.unread.take(count);
  }

  /** Forward always; back only while the whole is kept. */
  seek(position: number): boolean {
    if (position >= this.position) {
      const forward = position - this.position;
      const here = Math.min(forward, this.unread.length);
      this.unread.take(here);
      this.skipped += forward - here;
      return true;
    }
    if (this.whole === undefined) return false;
    this.unread = new ByteQueue();
    for (const piece of this.whole) this.unread.push(piece);
    this.skipped = 0;
    this.unread.take(Math.min(position, this.received));
    this.skipped = Math.max(0, position - this.received);
    return true;
  }

  clear(): void {
    this.unread.clear();
    this.whole = undefined;
  }
}
