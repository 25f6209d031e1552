import { connect } from 'node:net';
import { err, ok, type Result } from '../../../preload/contract/result';
import { WALL_CLOCK, type Timer } from '../run-clock';
import { PeerConnection } from './connection';

/** Connects to a server under test from 127.0.0.1. The error says what the system said. */
export function connectClient(host: string, port: number, within: number, clock: Timer = WALL_CLOCK): Promise<Result<PeerConnection, string>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true });
    const callOff = clock.after(within, () => {
      socket.destroy();
      resolve(err(`${host}:${port} did not answer within ${within} ms.`));
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      callOff();
      resolve(err(`Connecting to ${host}:${port} failed: ${error.code ?? error.message}.`));
    });
    socket.once('connect', () => {
      callOff();
      resolve(ok(new PeerConnection(socket, socket, 'response', clock)));
    });
  });
}
