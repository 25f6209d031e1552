import { createServer, type Server, type Socket } from 'node:net';

/** One control connection in the hands of a test, and the data connection of its transfers. */
export interface Hand {
  reply(text: string): void;
  /** The next data connection; PASV was answered before. */
  data(): Promise<Socket>;
  readonly control: Socket;
}

type Serve = (line: string, hand: Hand) => void | Promise<void>;

/** An FTP server that lets a test answer each command; login, TYPE, SIZE and PASV it answers itself unless told otherwise. */
export class HandFtp {
  readonly lines: string[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server, private readonly listener: Server) {}

  static async start(serve: Serve): Promise<HandFtp> {
    const waiting: ((socket: Socket) => void)[] = [];
    const arrived: Socket[] = [];
    const listener = createServer({ allowHalfOpen: true }, (socket) => {
      hand.keep(socket);
      const taker = waiting.shift();
      if (taker === undefined) arrived.push(socket);
      else taker(socket);
    });
    const server = createServer((control) => {
      hand.keep(control);
      const own: Hand = {
        control,
        reply: (text) => control.write(`${text}\r\n`),
        data: () => new Promise((resolve) => {
          const socket = arrived.shift();
          if (socket === undefined) waiting.push(resolve);
          else resolve(socket);
        }),
      };
      own.reply('220 Ready');
      let rest = '';
      control.on('data', (bytes) => {
        rest += bytes.toString('latin1');
        for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
          const line = rest.slice(0, end);
          rest = rest.slice(end + 2);
          hand.lines.push(line);
          const reply = hand.own(line);
          if (reply === undefined) void serve(line, own);
          else own.reply(reply);
        }
      });
    });
    const hand = new HandFtp(server, listener);
    await Promise.all([server, listener].map((one) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))));
    return hand;
  }

  get port(): number {
    return portOf(this.server);
  }

  get open(): number {
    return this.sockets.size;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await Promise.all([this.server, this.listener].map((one) => new Promise<void>((resolve) => one.close(() => resolve()))));
  }

  private own(line: string): string | undefined {
    switch (line.split(' ', 1)[0]) {
      case 'USER': return '230 Come in';
      case 'TYPE': return '200 OK';
      case 'SIZE': return '502 No';
      case 'PASV': return `227 =127,0,0,1,${portOf(this.listener) >> 8},${portOf(this.listener) & 0xff}`;
      case 'QUIT': return '221 Bye';
      default: return undefined;
    }
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.sockets.delete(socket));
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
