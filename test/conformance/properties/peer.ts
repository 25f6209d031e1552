import { createServer, type Server, type Socket } from 'node:net';

/** What the scripted peer of a scenario says for each path, byte by byte: the two must answer alike. */
export const ANSWERS: Readonly<Record<string, { readonly raw: string; readonly ends?: 'close' | 'reset'; readonly late?: number } | undefined>> = {
  '/now': { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnow' },
  '/late': { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate', late: 2 },
  '/half': { raw: 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf' },
  '/redirect': { raw: 'HTTP/1.1 302 Found\r\nLocation: /late\r\nContent-Length: 0\r\n\r\n' },
  '/close': { raw: 'HTTP/1.1 200 OK\r\n\r\nuntil the end', ends: 'close' },
  '/reset': { raw: '', ends: 'reset' },
  '/chunked': { raw: 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n' },
};

/** A server for very many short conversations: it answers each request head, whatever its body is. */
export class Peer {
  private readonly sockets = new Set<Socket>();
  private readonly server: Server = createServer((socket) => this.serve(socket));

  async start(): Promise<number> {
    await new Promise<void>((resolve) => { this.server.listen(0, '127.0.0.1', resolve); });
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('The peer does not listen');
    return address.port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => { this.server.close(() => resolve()); });
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    let unserved = '';
    socket.on('data', (bytes) => {
      unserved += bytes.toString('latin1');
      for (let end = unserved.indexOf('\r\n\r\n'); end >= 0; end = unserved.indexOf('\r\n\r\n')) {
        const target = /(?:^|\n)[A-Z]+ (\S+) HTTP/u.exec(unserved.slice(0, end))?.[1] ?? '';
        unserved = unserved.slice(end + 4);
        this.answer(socket, target);
      }
    });
  }

  private answer(socket: Socket, target: string): void {
    const answer = ANSWERS[target];
    if (answer === undefined) return;
    const speak = (): void => {
      if (socket.destroyed) return;
      if (answer.ends === 'reset') socket.resetAndDestroy();
      else if (answer.ends === 'close') socket.end(answer.raw);
      else socket.write(answer.raw);
    };
    if (answer.late === undefined) speak();
    else setTimeout(speak, answer.late);
  }
}
