import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from '../call';
import type { Operation } from '../operation';
import { Transport, type TransportSink } from '../transport';
import { isPreliminary, ReplyReader, type FtpReply } from './ftp-reply';

/** How long a server that was told QUIT may take to close, in milliseconds. */
const QUIT_PATIENCE = 2000;

/** The control connection of an FTP session: commands out, replies in, one after the other (RFC 959, 2.3). */
export class ControlConnection implements TransportSink {
  /** Final replies that are still to come for work that nobody waits for any more. */
  private owed = 0;
  private readonly reader = new ReplyReader();
  private readonly replies: FtpReply[] = [];
  private readonly watchers = new Set<() => void>();
  private readonly transport: Transport;
  private lost: { readonly error: ErrorCode } | undefined;

  constructor(private readonly socket: Socket) {
    this.transport = new Transport(socket, 'ftp');
    this.transport.serve(this);
  }

  /** Where the data connections of this session go, or come from. */
  get addresses(): { readonly local: string; readonly remote: string } {
    return { local: this.socket.localAddress ?? '127.0.0.1', remote: this.socket.remoteAddress ?? '127.0.0.1' };
  }

  /** Whether a reply has come, or none will. */
  get ready(): boolean {
    return this.replies.length > 0 || this.lost !== undefined;
  }

  /** A transfer was given up: its final reply is to be passed over before the next command. */
  owe(): void {
    this.owed += 1;
  }

  /** Reads past the replies that were left behind. */
  async settle(operation: Operation, timeout: number): Promise<Result<undefined, ErrorCode>> {
    while (this.owed > 0) {
      const reply = await this.reply(operation, timeout);
      if (!reply.ok) return reply;
      if (!isPreliminary(reply.value)) this.owed -= 1;
    }
    return ok(undefined);
  }

  send(operation: Operation, timeout: number, bytes: Uint8Array): Promise<Result<undefined, ErrorCode>> {
    if (this.lost !== undefined) return Promise.resolve(err(this.lost.error));
    return this.transport.write(operation, timeout, bytes);
  }

  async reply(operation: Operation, timeout: number): Promise<Result<FtpReply, ErrorCode>> {
    for (;;) {
      const reply = this.replies.shift();
      if (reply !== undefined) return ok(reply);
      if (this.lost !== undefined) return err(this.lost.error);
      const changed = await operation.wait<undefined>(timeout, (settle) => this.watch(() => settle(ok(undefined))));
      if (!changed.ok) return changed;
    }
  }

  /** Calls back at every reply and at the end; the returned function ends that. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  received(bytes: Buffer): void {
    this.replies.push(...this.reader.push(bytes));
    this.tell();
  }

  /** "The FTP operation was not completed because the session was aborted": ERROR_FTP_DROPPED. */
  ended(error: ErrorCode | undefined): void {
    const reset = error === WININET_ERRORS.ERROR_INTERNET_CONNECTION_RESET;
    this.lost ??= { error: reset ? error : WININET_ERRORS.ERROR_FTP_DROPPED };
    this.tell();
  }

  /** Takes leave of the server; nobody waits for its answer. */
  quit(): void {
    if (this.lost !== undefined) {
      this.transport.destroy();
      return;
    }
    this.ended(undefined);
    this.socket.end('QUIT\r\n');
    const timer = setTimeout(() => this.socket.destroy(), QUIT_PATIENCE);
    timer.unref();
    this.socket.unref();
    this.socket.once('close', () => clearTimeout(timer));
  }

  destroy(): void {
    this.ended(undefined);
    this.transport.destroy();
  }

  private tell(): void {
    for (const watcher of [...this.watchers]) watcher();
  }
}
