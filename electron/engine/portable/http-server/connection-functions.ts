import type { EngineFunctions } from '../../engine';
import { ended } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import { type CallFrame, ERROR_INVALID_HANDLE } from './call-frame';
import type { HttpServerState } from './http-server-state';

export type ConnectionFunctions = Pick<EngineFunctions, 'HttpWaitForDisconnect' | 'HttpCancelHttpRequest'>;

export interface ConnectionParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
}

/** What is done to the transport connection under a request: waiting for its end, and ending it. */
export function createConnectionFunctions({ frame, state }: ConnectionParts): ConnectionFunctions {
  return {
    HttpWaitForDisconnect: ({ RequestQueueHandle, ConnectionId, Overlapped }, context) => frame.returning(context, () => {
      const handle = state.queueHandle(RequestQueueHandle);
      if (handle === undefined || handle.shutDown) return ERROR_INVALID_HANDLE;
      return frame.performing(context, handle.file, Overlapped, 0n, (operation) => {
        const connection = state.connections.get(BigInt.asUintN(64, ConnectionId));
        if (connection === undefined) return ended(NTSTATUS.CONNECTION_INVALID);
        connection.disconnectWaits.push(operation);
        return undefined;
      });
    }),

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
  };
}
