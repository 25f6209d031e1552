import { ended } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import type { MaybePromise } from '../../../../preload/contract/result';
import type { Address } from '../../../../preload/contract/win32/memory';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';
import type { CallContext, EngineFunctions } from '../../engine';
import {
  type CallFrame, ERROR_ALREADY_EXISTS, ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_HANDLE, ERROR_INVALID_ID_AUTHORITY, ERROR_INVALID_PARAMETER,
} from './call-frame';
import type { HttpServerState } from './http-server-state';
import { MemoryRecord } from './memory-record';
import { clientCertificate, type ClientCertificate } from './ssl-info';

export type ConnectionFunctions = Pick<
  EngineFunctions,
  'HttpWaitForDisconnect' | 'HttpWaitForDisconnectEx' | 'HttpCancelHttpRequest' | 'HttpWaitForDemandStart' | 'HttpReceiveClientCertificate'
>;

export interface ConnectionParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
}

const HTTP_RECEIVE_SECURE_CHANNEL_TOKEN = 1;
/** Bytes of HTTP_REQUEST_CHANNEL_BIND_STATUS on x64. */
const CHANNEL_BIND_STATUS_SIZE = 24;

/** HTTP_SSL_CLIENT_CERT_INFO with the certificate behind it; without it, but with its size, where there is no room. */
function certificateRecord({ encoded, flags }: ClientCertificate, base: Address, room: number): { readonly content: Uint8Array; readonly whole: boolean } {
  const struct = 'HTTP_SSL_CLIENT_CERT_INFO';
  const record = new MemoryRecord(base);
  record.reserve(layoutOf(struct).size, 8);
  record.set(struct, 0, 'CertFlags', flags);
  record.set(struct, 0, 'CertEncodedSize', encoded.length);
  const whole = record.size + encoded.length <= room;
  if (whole) record.set(struct, 0, 'pCertEncoded', record.append(encoded, 1));
  return { content: record.content, whole };
}

/** What is done to the transport connection under a request, and waiting for a request to come at all. */
export function createConnectionFunctions({ frame, state }: ConnectionParts): ConnectionFunctions {
  const waitForDisconnect = (queue: bigint, id: bigint, overlapped: Address, context: CallContext): MaybePromise<number> => {
    const handle = state.queueHandle(queue);
    if (handle === undefined || handle.shutDown) return ERROR_INVALID_HANDLE;
    return frame.performing(context, handle.file, overlapped, 0n, (operation) => {
      const connection = state.connections.get(BigInt.asUintN(64, id));
      if (connection === undefined) return ended(NTSTATUS.CONNECTION_INVALID);
      connection.disconnectWaits.push(operation);
      return undefined;
    });
  };

  return {
    HttpWaitForDisconnect: ({ RequestQueueHandle, ConnectionId, Overlapped }, context) =>
      frame.returning(context, () => waitForDisconnect(RequestQueueHandle, ConnectionId, Overlapped, context)),

    HttpWaitForDisconnectEx: ({ RequestQueueHandle, ConnectionId, Reserved, Overlapped }, context) => frame.returning(context, () =>
      (Reserved === 0 ? waitForDisconnect(RequestQueueHandle, ConnectionId, Overlapped, context) : ERROR_INVALID_PARAMETER)),

    // The page: NO_ERROR on success, the transport connection is closed, so every request on it goes too.
    HttpCancelHttpRequest: ({ RequestQueueHandle, RequestId, Overlapped }, context) => frame.returning(context, () => {
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      return frame.performing(context, handle.file, Overlapped, 0n, (operation) => {
        const request = state.request(handle.queue, RequestId);
        if (request === undefined) return ended(NTSTATUS.CONNECTION_INVALID);
        const { connection } = request;
        connection.cancel();
        if (Overlapped === 0n) return ended(NTSTATUS.SUCCESS);
        connection.afterClose(() => operation.complete(ended(NTSTATUS.SUCCESS)));
        return undefined;
      });
    }),

    // Only the controller of a queue can wait for its demand start, and only once at a time.
    HttpWaitForDemandStart: ({ RequestQueueHandle, Overlapped }, context) => frame.returning(context, () => {
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined) return RequestQueueHandle === 0n ? ERROR_INVALID_PARAMETER : ERROR_INVALID_HANDLE;
      if (handle.shutDown) return ERROR_INVALID_HANDLE;
      if (!handle.controller) return ERROR_INVALID_ID_AUTHORITY;
      const { queue } = handle;
      if (queue.demandStart !== undefined && !queue.demandStart.ended) return ERROR_ALREADY_EXISTS;
      return frame.performing(context, handle.file, Overlapped, 0n, (operation) => {
        if (queue.unreceived.length > 0) return ended(NTSTATUS.SUCCESS);
        queue.demandStart = operation;
        return undefined;
      });
    }),

    HttpReceiveClientCertificate: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const token = args.Flags === HTTP_RECEIVE_SECURE_CHANNEL_TOKEN;
      if ((args.Flags !== 0 && !token) || args.SslClientCertInfo === 0n) return ERROR_INVALID_PARAMETER;
      const size = token ? CHANNEL_BIND_STATUS_SIZE : layoutOf('HTTP_SSL_CLIENT_CERT_INFO').size;
      if (args.SslClientCertInfoSize < size) return ERROR_INSUFFICIENT_BUFFER;
      return frame.performing(context, handle.file, args.Overlapped, args.BytesReceived, () => {
        const connection = state.connections.get(BigInt.asUintN(64, args.ConnectionId));
        if (connection === undefined) return ended(NTSTATUS.CONNECTION_INVALID);
        // A connection without TLS has neither a certificate of its client nor a channel binding token.
        const certificate = connection.tls === undefined || token ? undefined : clientCertificate(connection.tls);
        if (certificate === undefined) return ended(NTSTATUS.NOT_FOUND);
        const { content, whole } = certificateRecord(certificate, args.SslClientCertInfo, args.SslClientCertInfoSize);
        frame.memory.write(args.SslClientCertInfo, content);
        return ended(whole ? NTSTATUS.SUCCESS : NTSTATUS.BUFFER_OVERFLOW, content.length);
      });
    }),
  };
}
