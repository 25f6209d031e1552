import { createServer, type Server, type Socket } from 'node:net';

const ERROR_ACCESS_DENIED = 5;
const ERROR_SHARING_VIOLATION = 32;
const ERROR_GEN_FAILURE = 31;

interface Listening {
  users: number;
  readonly opened: Promise<number>;
  readonly servers: Server[];
  /** Set once `opened` has settled, so that later users need not wait. */
  result: number | undefined;
}

/** The ports that are listened on: each opened once, however many URLs need it, and closed with the last of them. */
export class PortListeners {
  private readonly ports = new Map<number, Listening>();

  constructor(
    /** Loopback unless the person says otherwise; asked when a port is opened. */
    private readonly addresses: () => readonly string[],
    private readonly onConnection: (socket: Socket) => void,
  ) {}

  has(port: number): boolean {
    return this.ports.has(port);
  }

  /** NO_ERROR, or the error when the port cannot be had: 32 when another program listens on it. */
  acquire(port: number): number | Promise<number> {
    const known = this.ports.get(port);
    if (known !== undefined) {
      known.users += 1;
      return known.result ?? known.opened;
    }
    const servers: Server[] = [];
    const listening: Listening = { users: 1, servers, opened: this.open(port, servers), result: undefined };
    this.ports.set(port, listening);
    return listening.opened.then((result) => {
      listening.result = result;
      if (result !== 0) this.ports.delete(port);
      return result;
    });
  }

  release(port: number): void {
    const listening = this.ports.get(port);
    if (listening === undefined) return;
    listening.users -= 1;
    if (listening.users > 0) return;
    this.ports.delete(port);
    for (const server of listening.servers) server.close();
  }

  closeAll(): void {
    for (const listening of this.ports.values()) for (const server of listening.servers) server.close();
    this.ports.clear();
  }

  /** Listens on every address; one that this machine lacks (::1 without IPv6) is left out, unless all are. */
  private async open(port: number, servers: Server[]): Promise<number> {
    let missing = 0;
    for (const address of this.addresses()) {
      const server = createServer({ allowHalfOpen: true }, this.onConnection);
      const code = await listen(server, port, address);
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
        missing = ERROR_GEN_FAILURE;
      } else if (code !== undefined) {
        for (const other of servers) other.close();
        servers.length = 0;
        if (code === 'EADDRINUSE') return ERROR_SHARING_VIOLATION;
        return code === 'EACCES' ? ERROR_ACCESS_DENIED : ERROR_GEN_FAILURE;
      } else servers.push(server);
    }
    return servers.length > 0 ? 0 : missing;
  }
}

function listen(server: Server, port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException): void => resolve(error.code ?? 'UNKNOWN');
    server.once('error', failed);
    server.listen({ port, host, exclusive: true, ipv6Only: host.includes(':') }, () => {
      server.off('error', failed);
      server.on('error', () => undefined);
      resolve(undefined);
    });
  });
}
