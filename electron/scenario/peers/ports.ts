import { createServer, type AddressInfo } from 'node:net';

/** Ports that tests need five digits of: URL lengths are compared with the page's examples. */
const LOWEST = 10_000;

/**
 * Finds free loopback ports of five digits on which nothing listens.
 * They are all held at once and then given back, so that no two are the same.
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held = [];
  try {
    const ports: number[] = [];
    while (ports.length < count) {
      const server = createServer();
      held.push(server);
      const port = await new Promise<number>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => {
          const address = server.address();
          resolve(isInternet(address) ? address.port : 0);
        });
      });
      if (port >= LOWEST) ports.push(port);
    }
    return ports;
  } finally {
    await Promise.all(held.map((server) => new Promise<void>((resolve) => {
      server.close(() => resolve());
    })));
  }
}

export function isInternet(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
