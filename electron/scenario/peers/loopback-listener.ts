import { createServer, type Server, type Socket } from 'node:net';
import { isInternet } from './ports';

/** The name that clients connect to: an address, so that no resolver can answer with ::1, where nobody listens. */
export const LOOPBACK = '127.0.0.1';

/** A free port of loopback that connections are taken on; each may be closed one way at a time. */
export class LoopbackListener {
  readonly #server: Server;

  constructor(take: (socket: Socket) => void) {
    this.#server = createServer({ allowHalfOpen: true }, take);
  }

  /** Rejects when there is no port to be had. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, LOOPBACK, resolve);
    });
  }

  /** 0 before it listens. */
  get port(): number {
    const address = this.#server.address();
    return isInternet(address) ? address.port : 0;
  }

  /** Resolves when the last of its connections is closed, too. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
