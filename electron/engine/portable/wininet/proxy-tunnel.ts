import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { Operation } from './operation';

/** The most of an answer to CONNECT that is read. In bytes. */
const HEAD_LIMIT = 16 * 1024;

/**
 * Asks a proxy for a tunnel to a server (RFC 9110, 9.3.6). Anything but a 2xx is ERROR_INTERNET_INVALID_PROXY_REQUEST;
 * what the tunnel brings after its head is still in the socket.
 */
export function tunnel(operation: Operation, socket: Socket, server: string, agent: string, timeout: number): Promise<Result<Socket, ErrorCode>> {
  const refused = err(WININET_ERRORS.ERROR_INTERNET_INVALID_PROXY_REQUEST);
  return operation.wait<Socket>(timeout, (settle) => {
    let head = Buffer.alloc(0);
    const received = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length < HEAD_LIMIT) return;
      socket.pause();
      socket.unshift(head.subarray(end + 4));
      settle(end >= 0 && /^HTTP\/1\.\d 2\d\d/u.test(head.toString('latin1', 0, end)) ? ok(socket) : refused);
    };
    const ended = (): void => settle(refused);
    socket.on('data', received);
    socket.once('close', ended);
    socket.write(`CONNECT ${server} HTTP/1.1\r\n${agent === '' ? '' : `User-Agent: ${agent}\r\n`}Host: ${server}\r\n\r\n`);
    return (result) => {
      socket.off('data', received);
      socket.off('close', ended);
      if (!result.ok) socket.destroy();
    };
  });
}
