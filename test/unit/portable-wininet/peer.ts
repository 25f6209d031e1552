import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** One connection that the engine made, from the server's side. */
export interface PeerConnection {
  readonly socket: Socket;
  /** Everything that came, as Latin-1. */
  text: string;
  closed: boolean;
}

export type Serve = (connection: PeerConnection, request: string, nth: number) => void;

/** A plain TCP server that hands every request head (and what came with it) to the test. */
export class Peer {
  readonly connections: PeerConnection[] = [];
  readonly requests: string[] = [];

  private constructor(private readonly server: Server) {}

  static async start(serve: Serve, host = '127.0.0.1'): Promise<Peer> {
    const server = createServer({ allowHalfOpen: true });
    const peer = new Peer(server);
    server.on('connection', (socket) => {
      const connection: PeerConnection = { socket, text: '', closed: false };
      peer.connections.push(connection);
      let unserved = '';
      socket.on('data', (bytes) => {
        connection.text += bytes.toString('latin1');
        unserved += bytes.toString('latin1');
        for (let end = unserved.indexOf('\r\n\r\n'); end >= 0; end = unserved.indexOf('\r\n\r\n')) {
          const length = Number(/content-length: (\d+)/iu.exec(unserved.slice(0, end))?.[1] ?? 0);
          if (unserved.length < end + 4 + length) break;
          const request = unserved.slice(0, end + 4 + length);
          unserved = unserved.slice(end + 4 + length);
          peer.requests.push(request);
          serve(connection, request, peer.requests.length);
        }
      });
      socket.on('end', () => socket.end());
      socket.on('error', () => undefined);
      socket.on('close', () => { connection.closed = true; });
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return peer;
  }

  get port(): number {
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('not listening');
    return (address satisfies AddressInfo).port;
  }

  get alive(): number {
    return this.connections.filter((connection) => !connection.closed).length;
  }

  async stop(): Promise<void> {
    for (const { socket } of this.connections) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

export function answer(body: string, more = '', status = '200 OK'): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\n${more}\r\n${body}`;
}
