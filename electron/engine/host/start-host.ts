import { randomUUID } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { err, ok, type Result } from '../../../preload/contract/result';
import { HostEngine } from './host-engine';
import type { HostProcess, StartProcess } from './host-process';
import { decodeMessage, encodeMessage, Lines, type FromHost, type ToHost } from './protocol';

/** The environment variable with the secret by which a host proves to be the one that was started. */
export const TOKEN_VARIABLE = 'HINSPECTOR_HOST_TOKEN';

/** How long a host may take to be ready, in milliseconds: Wine starts its services first. */
const READY_WITHIN = 60_000;

/** A hosted engine, and the end of its process. */
export interface Hosted {
  readonly engine: HostEngine;
  /** Ends the process at once, as a crash would. */
  kill(): void;
  /** Starts another process in place of one that has ended. */
  restart(): Promise<Result<undefined, string>>;
}

/**
 * Starts an engine in a child process. The two speak over a socket on loopback, since under Wine Node's standard output
 * cannot be a pipe; the first line must carry the secret that only the child was given.
 * @returns the engine once it is ready, or why there is none
 */
export async function startHost(start: StartProcess): Promise<Result<Hosted, string>> {
  const first = await launch(start);
  if (!first.ok) return first;
  let { host } = first.value;
  const engine = new HostEngine(first.value.hello, first.value.write);
  follow(first.value, engine);
  return ok({
    engine,
    kill: () => host.kill(),
    restart: async () => {
      const next = await launch(start);
      if (!next.ok) return next;
      ({ host } = next.value);
      engine.revive(next.value.hello, next.value.write);
      follow(next.value, engine);
      return ok(undefined);
    },
  });
}

interface Launched extends Ready {
  readonly host: HostProcess;
  readonly write: (message: ToHost) => void;
}

async function launch(start: StartProcess): Promise<Result<Launched, string>> {
  const token = randomUUID();
  const server = createServer();
  const port = await listenOnLoopback(server);
  const host = start(port, { [TOKEN_VARIABLE]: token });
  const early = host.ended.then((reason) => err(`The engine's process ended before it was ready: ${reason}`));
  const started = await Promise.race([ready(server, token), early, tooLate()]);
  server.close();
  if (!started.ok) {
    host.kill();
    return started;
  }
  const { socket } = started.value;
  const write = (message: ToHost): void => {
    if (socket.writable) socket.write(encodeMessage(message));
  };
  return ok({ ...started.value, host, write });
}

function follow({ socket, lines, host }: Launched, engine: HostEngine): void {
  socket.on('data', (chunk: string) => {
    for (const line of lines.take(chunk)) engine.take(decodeMessage<FromHost>(line));
  });
  // The process ends a moment after its socket: its exit code is worth the wait.
  void host.ended.then((reason) => engine.lose(reason));
}

interface Ready {
  readonly socket: Socket;
  readonly hello: Extract<FromHost, { kind: 'hello' }>;
  readonly lines: Lines;
}

function listenOnLoopback(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

/** The first connection that begins with the secret; any other is dropped. */
function ready(server: Server, token: string): Promise<Result<Ready, string>> {
  return new Promise((resolve) => {
    server.on('connection', (socket) => {
      const lines = new Lines();
      socket.setEncoding('utf8').setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.once('data', (chunk: string) => {
        const [first] = lines.take(chunk);
        const hello = first === undefined ? undefined : greeting(first);
        if (hello?.kind === 'hello' && hello.token === token) resolve(ok({ socket, hello, lines }));
        else socket.destroy();
      });
    });
  });
}

/** A stranger may send anything. */
function greeting(line: string): FromHost | undefined {
  try {
    return decodeMessage<FromHost>(line);
  } catch {
    return undefined;
  }
}

function tooLate(): Promise<Result<never, string>> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(err(`The engine's process was not ready within ${READY_WITHIN / 1000} s.`)), READY_WITHIN).unref();
  });
}
