import type { Transport } from './tls-front';

/** How a connection came to its end. */
export type ConnectionEnd = 'closed-by-peer' | 'closed' | 'reset' | 'cancelled';

/** Milliseconds that a connection which this side ended still reads, so that the client gets the last response. */
const LINGER = 2000;

/** How the socket under a connection is ended, and what waits for it to be gone. */
export class SocketEnd {
  private closed = false;
  private whenClosed: (() => void)[] = [];

  constructor(private readonly transport: Transport) {}

  /** Ends it: after what was written when it was closed, else at once. */
  by(how: ConnectionEnd): void {
    switch (how) {
      case 'cancelled': this.transport.raw.resetAndDestroy(); break;
      case 'reset': this.transport.socket.destroy(); break;
      case 'closed-by-peer': this.transport.socket.destroy(); break;
      case 'closed': this.linger(); break;
    }
  }

  /** Runs once the socket is closed. */
  after(action: () => void): void {
    if (this.closed) action();
    else this.whenClosed.push(action);
  }

  /** The socket is closed. */
  reached(): void {
    this.closed = true;
    const actions = this.whenClosed;
    this.whenClosed = [];
    for (const action of actions) action();
  }

  /** Closing while the client still sends would reset the connection, and the last response could be lost. */
  private linger(): void {
    const { socket } = this.transport;
    socket.end();
    socket.resume();
    socket.setTimeout(LINGER);
    const timer = setTimeout(() => socket.destroy(), 5 * LINGER);
    timer.unref();
    this.after(() => clearTimeout(timer));
  }
}
