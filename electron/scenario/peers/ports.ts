import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo, type Server } from 'node:net';

/**
 * Five digits, since the lengths of URLs are compared, and below the ports that systems give to outgoing connections
 * (32768 on Linux, 49152 on Windows): none of those can take a port away before the scenario listens on it.
 */
const LOWEST = 10_000;
const BEYOND = 32_768;
const ATTEMPTS = 200;

/**
 * Finds free loopback ports on which nothing listens. They are all held at once and then given back, so that no two
 * are the same.
 * @throws Error when the machine has no port to give
 */
export async function freePorts(count: number): Promise<readonly number[]> {
  const held: Server[] = [];
  const ports: number[] = [];
  try {
    for (let attempt = 0; ports.length < count; attempt++) {
      if (attempt === ATTEMPTS + count) throw new Error(`No free port was found on 127.0.0.1 between ${LOWEST} and ${BEYOND - 1}.`);
      const port = randomInt(LOWEST, BEYOND);
      const server = await hold(port);
      if (server === undefined) continue;
      held.push(server);
      ports.push(port);
    }
    return ports;
  } finally {
    await Promise.all(held.map((server) => new Promise<void>((resolve) => {
      server.close(() => resolve());
    })));
  }
}

/** Listens on a port, or undefined when it is taken. */
function hold(port: number): Promise<Server | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

export function isInternet(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
