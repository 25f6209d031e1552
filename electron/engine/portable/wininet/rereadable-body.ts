import { BodyStore } from './body-store';
import { ByteQueue } from './byte-queue';

/** The body of a response: read once in order, or, where all of it is kept, from any place (InternetSetFilePointer). */
export class RereadableBody {
  private readonly unread = new ByteQueue();
  private store: BodyStore | undefined;
  private received = 0;
  /** Where the next read begins. */
  private next = 0;
  /** Whether reads come from what is kept, since the reader went back. */
  private rereads = false;

  constructor(kept: boolean) {
    this.store = kept ? new BodyStore() : undefined;
  }

  /** Bytes that can be read now. */
  get length(): number {
    return Math.max(0, this.received - this.next);
  }

  get position(): number {
    return this.next;
  }

  push(bytes: Uint8Array): void {
    const skipped = Math.max(0, Math.min(bytes.length, this.next - this.received));
    this.received += bytes.length;
    this.store?.append(bytes);
    if (!this.rereads) this.unread.push(bytes.subarray(skipped));
  }

  take(count: number): Uint8Array {
    const wanted = Math.min(count, this.length);
    const bytes = this.rereads ? this.store?.read(this.next, wanted) ?? new Uint8Array(0) : this.unread.take(wanted);
    this.next += bytes.length;
    return bytes;
  }

  /** Forward always; back only where the body is kept. */
  seek(position: number): boolean {
    if (position < this.next && this.store === undefined) return false;
    if (position < this.next) {
      this.rereads = true;
      this.unread.clear();
    } else if (!this.rereads) this.unread.take(position - this.next);
    this.next = position;
    return true;
  }

  /** The end was read: "this function cannot be used once the end of the file has been reached". */
  forget(): void {
    this.store?.dispose();
    this.store = undefined;
  }

  clear(): void {
    this.forget();
    this.unread.clear();
    this.next = Math.max(this.next, this.received);
  }
}
