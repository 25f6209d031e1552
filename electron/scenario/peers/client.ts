import { connect } from 'node:net';
import { err, ok, type Result } from '../../../preload/contract/result';
import { PeerConnection } from './connection';

/** Connects to a server under test from 127.0.0.1. The error says what the system said. */
export function connectClient(host: string, port: number, within: number): Promise<Result<PeerConnection, string>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, allowHalfOpen: true });
    const timer = setTimeout(() => {
      socket.destroy();
      resolve(err(`${host}:${port} did not answer within ${within} ms.`));
    }, within);
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve(err(`Connecting to ${host}:${port} failed: ${error.code ?? error.message}.`));
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(ok(new PeerConnection(socket, socket, 'response')));
    });
  });
}
