import { HTTP_REQUEST_PROPERTY } from '../../../../preload/contract/win32/constants/http-api';
import type { MaybePromise } from '../../../../preload/contract/result';
import type { Address } from '../../../../preload/contract/win32/memory';
import { layoutOf } from '../../../../preload/contract/win32/struct-codec';
import type { CallContext, EngineFunctions } from '../../engine';
import { ended } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import { type CallFrame, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER } from './call-frame';
import type { HttpServerState } from './http-server-state';
import type { QueueHandle } from './request-queue';

export type RequestPropertyFunctions = Pick<EngineFunctions, 'HttpSetRequestProperty' | 'HttpQueryRequestProperty'>;

export interface RequestPropertyParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
}

const PROPERTIES: ReadonlySet<number> = new Set(Object.values(HTTP_REQUEST_PROPERTY));
/** The properties that can be set (HTTP_REQUEST_PROPERTY). */
const { HttpRequestPropertyStreamError: STREAM_ERROR, HttpRequestPropertyTransportIdleConnectionTimeout: IDLE_TIMEOUT } = HTTP_REQUEST_PROPERTY;
const SETTABLE: ReadonlySet<number> = new Set([STREAM_ERROR, IDLE_TIMEOUT]);

/**
 * Properties of a single request (HTTP_REQUEST_PROPERTY). They tell of TLS, of HTTP/2 and 3, and of the system's TCP;
 * none of that is under a request here, so that a request never supports the property: ERROR_INVALID_FUNCTION.
 */
export function createRequestPropertyFunctions({ frame, state }: RequestPropertyParts): RequestPropertyFunctions {
  const unsupported = (handle: QueueHandle, id: bigint, overlapped: Address, context: CallContext): MaybePromise<number> =>
    frame.performing(context, handle.file, overlapped, 0n, () =>
      ended(state.request(handle.queue, id) === undefined ? NTSTATUS.CONNECTION_INVALID : NTSTATUS.INVALID_DEVICE_REQUEST));

  return {
    HttpSetRequestProperty: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const least = args.PropertyId === STREAM_ERROR ? layoutOf('HTTP_REQUEST_PROPERTY_STREAM_ERROR').size : 1;
      if (!SETTABLE.has(args.PropertyId) || args.Input === 0n || args.InputPropertySize < least) return ERROR_INVALID_PARAMETER;
      return unsupported(handle, args.Id, args.Overlapped, context);
    }),

    HttpQueryRequestProperty: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      if (!PROPERTIES.has(args.PropertyId) || args.PropertyId === STREAM_ERROR) return ERROR_INVALID_PARAMETER;
      const qualified = args.Qualifier !== undefined && args.Qualifier !== 0n;
      if (qualified !== (args.QualifierSize !== 0) || (args.Output === 0n && args.OutputBufferSize !== 0)) return ERROR_INVALID_PARAMETER;
      return unsupported(handle, args.Id, args.Overlapped, context);
    }),
  };
}
