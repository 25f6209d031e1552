import { ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { ConnectionPool } from './connection-pool';
import type { ServerName } from './connection-slots';
import type { Operation } from './operation';
import { ContentDecoder, type ContentCoding } from './content-decoder';
import { RereadableBody } from './rereadable-body';
import type { ResponseHead } from './response-head';
import { ResponseParser } from './response-parser';
import type { Transport, TransportPorts, TransportSecurity, TransportSink } from './transport';

/** Unread bytes of a body that make the engine stop reading the socket, and those at which it goes on. */
const PAUSE_ABOVE = 256 * 1024;
const RESUME_BELOW = 128 * 1024;

/** What an abandoned body may still bring, and how long it may take, so that its connection can be used again. */
const DRAIN_LIMIT = 256 * 1024;
const DRAIN_PATIENCE = 500;

/** How the response ended: whole, cut short by the peer's end, or with the connection lost or not HTTP. */
type End = { readonly kind: 'whole' } | { readonly kind: 'short' } | { readonly kind: 'failed'; readonly error: ErrorCode };

/** What becomes of the body of a response. */
export interface BodyHandling {
  /** Whether all of it is kept, for InternetSetFilePointer. */
  readonly kept: boolean;
  /** The coding that is taken off. */
  readonly codingOf: (head: ResponseHead) => ContentCoding | undefined;
}

const AS_IT_IS: BodyHandling = { kept: false, codingOf: () => undefined };

/** One request on a connection and the response to it, as far as it has come. */
export class Exchange implements TransportSink {
  head: ResponseHead | undefined;
  end: End | undefined;
  /** Bytes that came over the connection for this response, head and framing included. */
  bytesReceived = 0;
  /** 1xx responses not yet told. */
  readonly intermediate: number[] = [];
  /** Content-Length of a body whose coding was taken off; undefined where none was, or the server did not say. */
  compressedLength: bigint | undefined;
  private readonly body: RereadableBody;
  private decoder: ContentDecoder | undefined;
  /** The end of what came, while the rest of it is still being decoded. */
  private undecodedEnd: End | undefined;
  private readonly parser: ResponseParser;
  private readonly watchers = new Set<() => void>();
  private transport: Transport | undefined;
  private paused = false;
  private closeUntold = false;
  private discarding = false;

  /** Of the connection it goes over. */
  readonly ports: TransportPorts;
  readonly security: TransportSecurity | undefined;
  readonly server: ServerName;

  constructor(transport: Transport, method: string, private readonly pool: ConnectionPool, private readonly handling: BodyHandling = AS_IT_IS) {
    this.body = new RereadableBody(handling.kept);
    this.transport = transport;
    this.ports = transport.ports;
    this.security = transport.security;
    this.server = transport.server;
    this.parser = new ResponseParser(method, {
      intermediate: (status) => this.intermediate.push(status),
      head: (head) => this.begin(head),
      body: (bytes) => this.take(bytes),
      complete: (surplus) => this.complete(surplus),
    });
    transport.serve(this);
  }

  /** Bytes of the body that can be read now. */
  get available(): number {
    return this.body.length;
  }

  /** Whether nothing more is to be read, now or ever. */
  get exhausted(): boolean {
    return this.end !== undefined && this.end.kind !== 'failed' && this.body.length === 0;
  }

  /** Whether what came so far does not begin like an HTTP response. */
  get garbled(): boolean {
    return this.parser.garbled;
  }

  /** What a read gives when every byte that came before the loss is read. */
  get failure(): ErrorCode | undefined {
    return this.end?.kind === 'failed' ? this.end.error : undefined;
  }

  read(count: number): Uint8Array {
    const bytes = this.body.take(count);
    if (this.exhausted && this.body.position > 0) this.body.forget();
    this.letGo();
    return bytes;
  }

  /** Where the next read begins in the body. */
  get position(): number {
    return this.body.position;
  }

  /** Moves the next read there; false where what lay there is gone. */
  seek(position: number): boolean {
    return this.body.seek(position);
  }

  /** Bytes of the request's body; false when the connection takes no more for now, undefined when there is none any more. */
  push(bytes: Uint8Array): boolean | undefined {
    return this.transport?.alive === true ? this.transport.push(bytes) : undefined;
  }

  /** Waits until the connection takes more of the request's body. */
  drained(operation: Operation, timeout: number): Promise<Result<undefined, ErrorCode>> {
    return this.transport?.drained(operation, timeout) ?? Promise.resolve(ok(undefined));
  }

  /** Waits until something came or ended, for at most `timeout` milliseconds. */
  change(operation: Operation, timeout: number): Promise<Result<undefined, ErrorCode>> {
    return operation.wait<undefined>(timeout, (settle) => {
      const watcher = (): void => settle(ok(undefined));
      this.watchers.add(watcher);
      return () => this.watchers.delete(watcher);
    });
  }

  /**
   * Once true after the connection of this response was closed: CLOSING_CONNECTION and CONNECTION_CLOSED are due.
   * A connection that went back to the pool belongs to no request when it is closed later, and nobody hears of it.
   */
  takeCloseNotice(): boolean {
    const due = this.closeUntold;
    this.closeUntold = false;
    return due;
  }

  /** Reads the rest of a body that nobody wants, if there is little of it, so that the connection serves again. */
  async drain(operation: Operation): Promise<void> {
    this.discarding = true;
    this.body.clear();
    this.decoder?.destroy();
    this.end ??= this.undecodedEnd;
    if (this.head?.persistent !== true) this.abandon();
    const limit = this.bytesReceived + DRAIN_LIMIT;
    while (this.end === undefined && this.bytesReceived <= limit) {
      if (this.paused) {
        this.paused = false;
        this.transport?.resume();
      }
      const changed = await this.change(operation, DRAIN_PATIENCE);
      if (!changed.ok) break;
    }
    this.abandon();
  }

  /** Gives the response up; a connection that is still bound to it is closed. */
  abandon(): void {
    this.body.clear();
    this.decoder?.destroy();
    this.detach('close');
    this.end ??= { kind: 'short' };
  }

  received(bytes: Buffer): void {
    this.bytesReceived += bytes.length;
    if (!this.parser.push(bytes)) this.fail(WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE);
    this.hold();
    this.tell();
  }

  ended(error: ErrorCode | undefined): void {
    if (this.end === undefined && this.undecodedEnd === undefined) this.endedEarly(error);
    this.tell();
  }

  private begin(head: ResponseHead): void {
    this.head = head;
    const coding = this.handling.codingOf(head);
    if (coding === undefined) return;
    const length = head.headers.first('content-length');
    this.compressedLength = length === undefined ? undefined : BigInt(length);
    // "WinINet strips the content-encoding header from the response", and the length, which is not that of what is read.
    head.headers.remove('Content-Encoding');
    head.headers.remove('Content-Length');
    this.decoder = new ContentDecoder(coding, {
      decoded: (bytes) => {
        this.body.push(bytes);
        this.hold();
        this.tell();
      },
      caughtUp: () => this.letGo(),
      finished: (whole) => {
        if (whole) this.end ??= this.undecodedEnd ?? { kind: 'whole' };
        else this.fail(WININET_ERRORS.ERROR_INTERNET_DECODING_FAILED);
        this.tell();
      },
    });
  }

  private take(bytes: Uint8Array): void {
    if (this.discarding) return;
    if (this.decoder === undefined) this.body.push(bytes);
    else this.decoder.write(bytes);
  }

  /** Reads no more of the socket than a reader takes, and decodes no more. */
  private hold(): void {
    const full = this.body.length > PAUSE_ABOVE;
    if (full) this.decoder?.pause();
    if (!full && (this.decoder?.waiting ?? 0) <= PAUSE_ABOVE) return;
    this.paused = true;
    this.transport?.pause();
  }

  private letGo(): void {
    if (!this.paused || this.body.length >= RESUME_BELOW) return;
    this.decoder?.resume();
    // Decoding goes on by itself, and says when there is room again.
    if ((this.decoder?.waiting ?? 0) > PAUSE_ABOVE) return;
    this.paused = false;
    this.transport?.resume();
  }

  /** What is decoded later ends later. */
  private ends(end: End): void {
    if (this.decoder === undefined || this.discarding || end.kind === 'failed') {
      this.end ??= end;
      return;
    }
    this.undecodedEnd ??= end;
    this.decoder.end();
  }

  private endedEarly(error: ErrorCode | undefined): void {
    if (error !== undefined) {
      // A head that a loss cut short "could not be parsed" (ERROR_HTTP_INVALID_SERVER_RESPONSE); before the first byte, and
      // in the body, the connection itself is what failed.
      this.fail(this.head === undefined && this.bytesReceived > 0 ? WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE : error);
      return;
    }
    if (this.parser.finish()) return;
    if (this.head === undefined) {
      this.fail(WININET_ERRORS.ERROR_HTTP_INVALID_SERVER_RESPONSE);
      return;
    }
    // WinINet does not hold a body against its Content-Length: reads give what came, then the end of the file.
    // A body in chunks says itself that it was cut.
    if (this.head.headers.has('transfer-encoding')) this.fail(WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED);
    else {
      this.ends({ kind: 'short' });
      this.detach('close');
    }
  }

  private complete(surplus: boolean): void {
    this.ends({ kind: 'whole' });
    this.detach(this.head?.persistent !== true ? 'close' : surplus ? 'drop' : 'keep');
  }

  private fail(error: ErrorCode): void {
    this.end ??= { kind: 'failed', error };
    this.detach('close');
  }

  /** `drop` closes a connection that is no use any more, but that the response left open. */
  private detach(how: 'keep' | 'close' | 'drop'): void {
    const { transport } = this;
    if (transport === undefined) return;
    this.transport = undefined;
    if (how === 'close') this.closeUntold = true;
    if (how === 'keep') this.pool.put(transport);
    else transport.destroy();
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
  }
}
