import { HTTP_REQUEST_PROPERTY } from '../../../../preload/contract/win32/constants/http-api';
import { textBytes, uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';
import type { EngineFunctions } from '../../engine';
import { ended, type IoResult } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import { type CallFrame, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER } from './call-frame';
import type { HttpServerState } from './http-server-state';
import type { ServerRequest } from './server-request';

export type RequestPropertyFunctions = Pick<EngineFunctions, 'HttpSetRequestProperty' | 'HttpQueryRequestProperty'>;

export interface RequestPropertyParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
}

const PROPERTIES: ReadonlySet<number> = new Set(Object.values(HTTP_REQUEST_PROPERTY));
/** The properties that can be set (HTTP_REQUEST_PROPERTY). */
const { HttpRequestPropertySni: SNI, HttpRequestPropertyStreamError: STREAM_ERROR, HttpRequestPropertyTransportIdleConnectionTimeout: IDLE_TIMEOUT } = HTTP_REQUEST_PROPERTY;
const SETTABLE: ReadonlySet<number> = new Set([STREAM_ERROR, IDLE_TIMEOUT]);

const SNI_FLAG = { USED: 1, NO_SNI: 2 } as const;

/**
 * Properties of a single request (HTTP_REQUEST_PROPERTY). Most tell of HTTP/2 and 3 and of the TCP of Windows, which are
 * not under a request here, so that it does not support them: ERROR_INVALID_FUNCTION. Of TLS there is the server's name.
 */
export function createRequestPropertyFunctions({ frame, state }: RequestPropertyParts): RequestPropertyFunctions {
  const { memory } = frame;

  /** The name that the client gave in its handshake (HTTP_REQUEST_PROPERTY_SNI). */
  const writeServerName = ({ connection }: ServerRequest, at: Address, room: number): IoResult => {
    const { tls } = connection;
    const size = layoutOf('HTTP_REQUEST_PROPERTY_SNI').size;
    if (tls === undefined) return ended(NTSTATUS.INVALID_DEVICE_REQUEST);
    if (room < size) return ended(NTSTATUS.BUFFER_OVERFLOW, size);
    const name = typeof tls.servername === 'string' ? tls.servername : '';
    const record = new Uint8Array(size);
    record.set(textBytes(name, 'W'));
    record.set(uintBytes(name === '' ? SNI_FLAG.NO_SNI : SNI_FLAG.USED, 4), size - 4);
    memory.write(at, record);
    return ended(NTSTATUS.SUCCESS, size);
  };

  return {
    HttpSetRequestProperty: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const least = args.PropertyId === STREAM_ERROR ? layoutOf('HTTP_REQUEST_PROPERTY_STREAM_ERROR').size : 1;
      if (!SETTABLE.has(args.PropertyId) || args.Input === 0n || args.InputPropertySize < least) return ERROR_INVALID_PARAMETER;
      return frame.performing(context, handle.file, args.Overlapped, 0n, () =>
        ended(state.request(handle.queue, args.Id) === undefined ? NTSTATUS.CONNECTION_INVALID : NTSTATUS.INVALID_DEVICE_REQUEST));
    }),

    HttpQueryRequestProperty: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      if (!PROPERTIES.has(args.PropertyId) || args.PropertyId === STREAM_ERROR) return ERROR_INVALID_PARAMETER;
      const qualified = args.Qualifier !== undefined && args.Qualifier !== 0n;
      if (qualified !== (args.QualifierSize !== 0) || (args.Output === 0n && args.OutputBufferSize !== 0)) return ERROR_INVALID_PARAMETER;
      return frame.performing(context, handle.file, args.Overlapped, args.BytesReturned, () => {
        const request = state.request(handle.queue, args.Id);
        if (request === undefined) return ended(NTSTATUS.CONNECTION_INVALID);
        return args.PropertyId === SNI ? writeServerName(request, args.Output, args.OutputBufferSize) : ended(NTSTATUS.INVALID_DEVICE_REQUEST);
      });
    }),
  };
}
