import { connect, type Socket } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { ServerName } from './connection-slots';
import type { Operation } from './operation';
import type { ServerCertificate } from './server-certificate';

/** Who is told what a connection brings. */
export interface TransportSink {
  received(bytes: Buffer): void;
  /** The peer is done (undefined) or the connection is lost; nothing comes after this. */
  ended(error: ErrorCode | undefined): void;
}

/** The sockets of one engine, so that it can end them all and knows when none is left. */
export class Sockets {
  private readonly open = new Set<Socket>();

  get count(): number {
    return this.open.size;
  }

  track(socket: Socket): void {
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
  }

  async destroyAll(): Promise<void> {
    await Promise.all([...this.open].map((socket) => new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.destroy();
    })));
  }
}

/** Port numbers of the two ends. */
export interface TransportPorts {
  readonly source: number;
  readonly destination: number;
}

/** What TLS agreed on. */
export interface TransportSecurity {
  /** Of the cipher's key. */
  readonly bits: number;
  readonly certificate: ServerCertificate;
}

const ANSWERING_ONLY = 'answering only';

/** One connection to a server. Between two requests it belongs to a pool, which is then its sink. */
export class Transport {
  /** Whether it has carried a request before: only then may a failure mean that the server gave it up while idle. */
  used = false;
  readonly ports: TransportPorts;
  private sink: TransportSink | undefined;
  private lost: { readonly error: ErrorCode | undefined } | undefined;

  constructor(
    private readonly socket: Socket,
    /** Under which the pool keeps it. */
    readonly origin: string,
    readonly server: ServerName = '',
    readonly security?: TransportSecurity,
  ) {
    this.ports = { source: socket.localPort ?? 0, destination: socket.remotePort ?? 0 };
    socket.on('error', (error) => this.end(lossOf(error)));
    socket.on('close', () => this.end(undefined));
    if (socket.destroyed) this.end(WININET_ERRORS.ERROR_INTERNET_CONNECTION_RESET);
  }

  /** A connection that nothing can be sent on, and that has one answer to bring: that of a proxy that makes no tunnel. */
  static answeringOnly(socket: Socket): Transport {
    const transport = new Transport(socket, ANSWERING_ONLY);
    transport.used = true;
    return transport;
  }

  /** Whether a request goes over it; else its answer is there already. */
  get takesRequests(): boolean {
    return this.origin !== ANSWERING_ONLY;
  }

  /** Hands the connection to its next user. What came to its end before is told at once. */
  serve(sink: TransportSink): void {
    // Only now does the socket flow: what a server says before it is asked must find somebody to listen.
    if (this.sink === undefined && this.lost === undefined) {
      this.socket.on('data', (bytes) => this.sink?.received(bytes));
      this.socket.on('end', () => this.end(undefined));
      // One that a proxy has answered on was paused with the answer in it.
      this.socket.resume();
    }
    this.sink = sink;
    if (this.lost !== undefined) sink.ended(this.lost.error);
  }

  get alive(): boolean {
    return this.lost === undefined && !this.socket.destroyed;
  }

  /** Settles when the operating system has taken all bytes, or when the connection is lost before that. */
  write(operation: Operation, timeout: number, bytes: Uint8Array): Promise<Result<undefined, ErrorCode>> {
    return operation.wait<undefined>(timeout, (settle) => {
      this.socket.write(bytes, (error) => settle(error ? err(lossOf(error)) : ok(undefined)));
      return () => undefined;
    });
  }

  /** Hands bytes to the operating system; false when it is to be asked with `drained` before there are more. */
  push(bytes: Uint8Array): boolean {
    return !this.takesRequests || this.socket.write(bytes);
  }

  /** Settles when what was pushed is taken, or when the connection is lost before that. */
  drained(operation: Operation, timeout: number): Promise<Result<undefined, ErrorCode>> {
    return operation.wait<undefined>(timeout, (settle) => {
      const drained = (): void => settle(ok(undefined));
      const closed = (): void => settle(err(this.lost?.error ?? WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED));
      this.socket.once('drain', drained);
      this.socket.once('close', closed);
      return () => {
        this.socket.off('drain', drained);
        this.socket.off('close', closed);
      };
    });
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  /** An idle connection does not keep the process from ending. */
  idle(idle: boolean): void {
    if (idle) this.socket.unref();
    else this.socket.ref();
  }

  destroy(): void {
    this.sink = undefined;
    this.lost ??= { error: undefined };
    this.socket.destroy();
  }

  private end(error: ErrorCode | undefined): void {
    if (this.lost !== undefined) return;
    this.lost = { error };
    this.sink?.ended(error);
  }
}

/** "The connection with the server has been reset" or "terminated" (WinInet/wininet-errors). */
function lossOf(error: Error): ErrorCode {
  const reset = 'code' in error && error.code === 'ECONNRESET';
  return reset ? WININET_ERRORS.ERROR_INTERNET_CONNECTION_RESET : WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED;
}

/** Connects to one address: ERROR_INTERNET_CANNOT_CONNECT, or ERROR_INTERNET_TIMEOUT after `timeout` milliseconds. */
export function dial(operation: Operation, sockets: Sockets, address: string, port: number, timeout: number): Promise<Result<Socket, ErrorCode>> {
  return operation.wait<Socket>(timeout, (settle) => {
    const socket = connect({ host: address, port, noDelay: true });
    sockets.track(socket);
    const refused = (): void => settle(err(WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT));
    const connected = (): void => settle(ok(socket));
    socket.once('error', refused);
    socket.once('connect', connected);
    return (result) => {
      // The error listener stays: one that comes before the connection has a user ends in `destroyed`, and is found there.
      socket.off('connect', connected);
      if (!result.ok) socket.destroy();
    };
  });
}
