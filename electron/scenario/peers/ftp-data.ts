import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Timer } from '../run-clock';
import { isInternet } from './ports';

const HOST = '127.0.0.1';
/** How long a transfer waits for its data connection, in milliseconds. */
const LONGEST_WAIT = 5000;

/** The data connection of an FTP session: the server listens for it (PASV) or makes it (PORT) (RFC 959 section 3.3). */
export class DataChannel {
  #listener: Server | undefined;
  #incoming: Promise<Socket | undefined> | undefined;
  #target: { readonly host: string; readonly port: number } | undefined;
  readonly #sockets = new Set<Socket>();
  readonly #clock: Timer;

  constructor(clock: Timer) {
    this.#clock = clock;
  }

  /** Listens for the client; gives the port. */
  async listen(): Promise<number> {
    this.#forget();
    const listener = createServer();
    this.#listener = listener;
    this.#incoming = new Promise((resolve) => {
      listener.once('connection', (socket) => {
        this.#keep(socket);
        resolve(socket);
      });
      listener.once('close', () => resolve(undefined));
    });
    await new Promise<void>((resolve) => {
      listener.listen(0, HOST, resolve);
    });
    const address = listener.address();
    return isInternet(address) ? address.port : 0;
  }

  /** The client listens; the next transfer connects to it. */
  aim(host: string, port: number): void {
    this.#forget();
    this.#target = { host, port };
  }

  /** The connection for one transfer, or undefined when it does not come about. */
  async open(): Promise<Socket | undefined> {
    const incoming = this.#incoming ?? (this.#target === undefined ? undefined : this.#reach(this.#target));
    if (incoming === undefined) return undefined;
    let callOff = (): void => undefined;
    const late = new Promise<undefined>((resolve) => {
      callOff = this.#clock.after(LONGEST_WAIT, () => resolve(undefined));
    });
    const socket = await Promise.race([incoming, late]);
    callOff();
    this.#forget();
    return socket;
  }

  #reach({ host, port }: { readonly host: string; readonly port: number }): Promise<Socket | undefined> {
    return new Promise((resolve) => {
      const socket = connect({ host, port });
      this.#keep(socket);
      socket.once('connect', () => resolve(socket));
      socket.once('error', () => resolve(undefined));
    });
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    // A data connection that breaks ends its transfer; the control connection says so.
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
  }

  #forget(): void {
    this.#listener?.close();
    this.#listener = undefined;
    this.#incoming = undefined;
    this.#target = undefined;
  }

  destroy(): void {
    this.#forget();
    for (const socket of this.#sockets) socket.destroy();
  }
}
