import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { HeaderField } from './header-list';
import type { Operation } from './operation';
import { headText } from './request-head';

/** The most of an answer to CONNECT that is read. In bytes. */
const HEAD_LIMIT = 16 * 1024;

/** The proxy made the tunnel, or wants to know first who asks for it. */
export type TunnelAnswer = 'open' | 'refused';

/**
 * Asks a proxy for a tunnel to a server (RFC 9110, 9.3.6). A 407 is the application's to see: it is left in the socket.
 * Anything else but a 2xx is ERROR_INTERNET_INVALID_PROXY_REQUEST; what the tunnel brings after its head is still in the socket.
 */
export function tunnel(operation: Operation, socket: Socket, server: string, fields: readonly HeaderField[], timeout: number): Promise<Result<TunnelAnswer, ErrorCode>> {
  const failed = err(WININET_ERRORS.ERROR_INTERNET_INVALID_PROXY_REQUEST);
  return operation.wait<TunnelAnswer>(timeout, (settle) => {
    let head = Buffer.alloc(0);
    const received = (bytes: Buffer): void => {
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length < HEAD_LIMIT) return;
      socket.pause();
      const status = end < 0 ? '' : /^HTTP\/1\.\d (\d{3})/u.exec(head.toString('latin1', 0, end))?.[1] ?? '';
      const open = status.startsWith('2');
      socket.unshift(open ? head.subarray(end + 4) : head);
      settle(open ? ok('open') : status === '407' ? ok('refused') : failed);
    };
    const ended = (): void => settle(failed);
    socket.on('data', received);
    socket.once('close', ended);
    socket.write(headText(`CONNECT ${server} HTTP/1.1`, fields));
    return (result) => {
      socket.off('data', received);
      socket.off('close', ended);
      if (!result.ok) socket.destroy();
    };
  });
}
