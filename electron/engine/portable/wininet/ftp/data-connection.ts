import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../../preload/contract/result';
import { ByteQueue } from '../byte-queue';
import type { ErrorCode } from '../call';
import type { Operation } from '../operation';
import { Transport, type TransportSink } from '../transport';

/** Unread bytes that make the engine stop reading the socket, and those at which it goes on. */
const PAUSE_ABOVE = 256 * 1024;
const RESUME_BELOW = 128 * 1024;

/** The data connection of one transfer (RFC 959, 3.2): its end is the end of the file. */
export class DataConnection implements TransportSink {
  /** Bytes that came so far. */
  total = 0;
  private readonly queue = new ByteQueue();
  private readonly transport: Transport;
  private readonly watchers = new Set<() => void>();
  private end: { readonly error: ErrorCode | undefined } | undefined;
  private paused = false;

  constructor(private readonly socket: Socket) {
    this.transport = new Transport(socket, 'ftp-data');
    this.transport.serve(this);
  }

  get available(): number {
    return this.queue.length;
  }

  /** Whether the other end is done and everything it sent is read. */
  get exhausted(): boolean {
    return this.end !== undefined && this.end.error === undefined && this.queue.length === 0;
  }

  /** What broke the connection, once every byte that came before it is read. */
  get failure(): ErrorCode | undefined {
    return this.queue.length === 0 ? this.end?.error : undefined;
  }

  read(count: number): Uint8Array {
    const bytes = this.queue.take(count);
    if (this.paused && this.queue.length < RESUME_BELOW) {
      this.paused = false;
      this.transport.resume();
    }
    return bytes;
  }

  /** Waits until something came or ended, for at most `timeout` milliseconds. */
  change(operation: Operation, timeout: number): Promise<Result<undefined, ErrorCode>> {
    return operation.wait<undefined>(timeout, (settle) => {
      const watcher = (): void => settle(ok(undefined));
      this.watchers.add(watcher);
      return () => this.watchers.delete(watcher);
    });
  }

  write(operation: Operation, timeout: number, bytes: Uint8Array): Promise<Result<undefined, ErrorCode>> {
    if (this.end?.error !== undefined) return Promise.resolve(err(this.end.error));
    return this.transport.write(operation, timeout, bytes);
  }

  /** The file that was sent is whole: its end is the end of the connection, whether or not the server ends its side too. */
  finish(): void {
    this.socket.destroySoon();
  }

  destroy(): void {
    this.end ??= { error: undefined };
    this.queue.clear();
    this.transport.destroy();
  }

  received(bytes: Buffer): void {
    this.total += bytes.length;
    this.queue.push(bytes);
    if (this.queue.length > PAUSE_ABOVE) {
      this.paused = true;
      this.transport.pause();
    }
    this.tell();
  }

  ended(error: ErrorCode | undefined): void {
    this.end ??= { error };
    this.tell();
  }

  private tell(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
