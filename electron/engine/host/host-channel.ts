import { connect } from 'node:net';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { decodeMessage, encodeMessage, Lines, type FromHost, type ToHost } from './protocol';

/** What the relay thread is started with. */
export interface RelayData {
  readonly relay: 'hinspector-engine-host';
  readonly port: number;
  readonly line: MessagePort;
  readonly signal: SharedArrayBuffer;
}

const COUNT = 0;
const CLOSED = 1;

/**
 * The host's end of the socket. The socket itself lives on a thread of its own, so that the engine's thread can stand
 * still inside a callback, as native code expects of it, and still hear what the application asks for meanwhile.
 */
export class HostChannel {
  private readonly signal = new Int32Array(new SharedArrayBuffer(8));
  private readonly line: MessagePort;

  /** @param script the file whose `runRelay` serves as the relay thread */
  constructor(script: string, port: number, private readonly closed: () => void) {
    const { port1, port2 } = new MessageChannel();
    this.line = port1;
    // The array was made from a SharedArrayBuffer two lines up.
    const signal = this.signal.buffer as SharedArrayBuffer;
    const workerData: RelayData = { relay: 'hinspector-engine-host', port, line: port2, signal };
    new Worker(script, { workerData, transferList: [port2], stdin: false }).on('exit', closed).on('error', closed);
  }

  listen(handle: (message: ToHost) => void): void {
    this.line.on('message', (line: string) => handle(decodeMessage<ToHost>(line)));
  }

  send(message: FromHost): void {
    this.line.postMessage(encodeMessage(message));
  }

  /** Stands still until the next message is there. */
  receive(): ToHost {
    for (;;) {
      const seen = Atomics.load(this.signal, COUNT);
      // Node answers `any` for what was posted; the relay posts lines.
      const received = receiveMessageOnPort(this.line) as { readonly message: string } | undefined;
      if (received !== undefined) return decodeMessage<ToHost>(received.message);
      if (Atomics.load(this.signal, CLOSED) !== 0) this.closed();
      Atomics.wait(this.signal, COUNT, seen);
    }
  }
}

/** The relay thread: lines from the socket to the engine's thread and back. Ends with the connection. */
export function runRelay({ port, line, signal }: RelayData): void {
  const flags = new Int32Array(signal);
  const lines = new Lines();
  const ring = (): void => {
    Atomics.add(flags, COUNT, 1);
    Atomics.notify(flags, COUNT);
  };
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    for (const text of lines.take(chunk)) line.postMessage(text);
    ring();
  });
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    Atomics.store(flags, CLOSED, 1);
    ring();
    line.close();
  });
  line.on('message', (text: string) => socket.write(text));
}
