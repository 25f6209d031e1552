import type { MaybePromise } from '../../../../preload/contract/result';
import { readUint, type Address } from '../../../../preload/contract/win32/memory';
import type { CallContext, EngineFunctions } from '../../engine';
import { ended } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import { processRange } from './byte-ranges';
import { type CallFrame, ERROR_BAD_COMMAND, ERROR_CONNECTION_INVALID, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER } from './call-frame';
import type { DataChunks } from './data-chunks';
import type { HttpServerState } from './http-server-state';
import type { QueueHandle } from './request-queue';
import { type ApplicationResponse, bodyBytes, flagsError, readResponse, responseMessage, SEND_FLAG } from './response-message';
import type { ServerRequest } from './server-request';
import { CACHE_POLICY } from './url-cache';

export type SendFunctions = Pick<EngineFunctions, 'HttpSendHttpResponse' | 'HttpSendResponseEntityBody'>;

export interface SendParts {
  readonly frame: CallFrame;
  readonly chunks: DataChunks;
  readonly state: HttpServerState;
}

interface Sending {
  readonly handle: QueueHandle;
  readonly request: ServerRequest;
  readonly bytes: Uint8Array;
  /** Whether this is the end of the answer. */
  readonly last: boolean;
  readonly overlapped: Address;
  readonly bytesSent: Address;
}

/** Sending responses and their bodies. */
export function createSendFunctions({ frame, state, chunks }: SendParts): SendFunctions {
  /** Sends bytes of an answer: over at once when the system takes them, pending until then when it does not. */
  const send = (context: CallContext, { handle, request, bytes, last, overlapped, bytesSent }: Sending): MaybePromise<number> =>
    frame.performing(context, handle.file, overlapped, bytesSent, (operation) => {
      if (last) request.answer = 'last';
      const result = ended(NTSTATUS.SUCCESS, bytes.length);
      const taken = request.connection.write(bytes, () => {
        request.sending = undefined;
        operation.complete(result);
        if (last) state.finish(request);
      });
      if (!taken) {
        request.sending = operation;
        return undefined;
      }
      if (last) state.finish(request);
      return result;
    });

  /** The request to answer, or why it cannot be. */
  const answerable = (handle: QueueHandle, id: bigint, flags: number): ServerRequest | number => {
    const wrong = flagsError(flags);
    if (handle.controller) return ERROR_INVALID_PARAMETER;
    const request = state.request(handle.queue, id);
    if (request === undefined || request.answer === 'last') return ERROR_CONNECTION_INVALID;
    if (wrong !== undefined) return wrong;
    return request.sending === undefined ? request : ERROR_BAD_COMMAND;
  };

  /** Caches a whole response as its policy says (HTTP_CACHE_POLICY). */
  const cache = (request: ServerRequest, response: ApplicationResponse, policyAt: Address): void => {
    const policy = readUint(frame.memory, policyAt, 4);
    if (policy !== CACHE_POLICY.USER_INVALIDATES && policy !== CACHE_POLICY.TIME_TO_LIVE) return;
    state.cacheAnswer(request, response, policy === CACHE_POLICY.TIME_TO_LIVE ? readUint(frame.memory, policyAt + 4n, 4) : undefined);
  };

  return {
    HttpSendHttpResponse: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const request = answerable(handle, args.RequestId, args.Flags);
      if (typeof request === 'number') return request;
      if (args.HttpResponse === 0n || args.Reserved1 !== 0n || args.Reserved2 !== 0) return ERROR_INVALID_PARAMETER;
      if (args.CachePolicy !== 0n && readUint(frame.memory, args.CachePolicy, 4) > CACHE_POLICY.TIME_TO_LIVE) return ERROR_INVALID_PARAMETER;
      const response = readResponse(frame.memory, args.HttpResponse, handle.queue.version, { chunks, cache: handle.queue.fragments });
      if (!response.ok) return response.error;
      if ((args.Flags & SEND_FLAG.OPAQUE) !== 0 && response.value.status !== 101) return ERROR_INVALID_PARAMETER;
      if (request.answer !== 'none') return ERROR_BAD_COMMAND;
      const whole = (args.Flags & (SEND_FLAG.PROCESS_RANGES | SEND_FLAG.MORE_DATA)) === SEND_FLAG.PROCESS_RANGES;
      const answer = whole ? processRange(response.value, request.head) : response.value;
      const message = responseMessage(answer, request.head, args.Flags, request.connection.mustClose);
      if (!message.interim) {
        request.answer = 'begun';
        request.chunked = message.chunked;
        request.opaque = (args.Flags & SEND_FLAG.OPAQUE) !== 0;
        request.closeAfter = message.closeAfter || request.opaque;
      }
      const last = !message.interim && (args.Flags & SEND_FLAG.MORE_DATA) === 0;
      if (last && args.CachePolicy !== 0n) cache(request, response.value, args.CachePolicy);
      if (request.opaque && !last) request.connection.becomeOpaque(request);
      return send(context, { handle, request, bytes: message.bytes, last, overlapped: args.Overlapped, bytesSent: args.BytesSent });
    }),

    HttpSendResponseEntityBody: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      const request = answerable(handle, args.RequestId, args.Flags);
      if (typeof request === 'number') return request;
      if (args.Reserved1 !== 0n || args.Reserved2 !== 0) return ERROR_INVALID_PARAMETER;
      if ((args.Flags & SEND_FLAG.OPAQUE) !== 0 && !request.opaque) return ERROR_INVALID_PARAMETER;
      const content = chunks.read(args.EntityChunks, args.EntityChunkCount, handle.queue.fragments);
      if (!content.ok) return content.error;
      if (request.answer !== 'begun') return ERROR_BAD_COMMAND;
      const last = (args.Flags & SEND_FLAG.MORE_DATA) === 0;
      if ((args.Flags & SEND_FLAG.DISCONNECT) !== 0) request.closeAfter = true;
      const data = request.head.verb === 'HEAD' ? new Uint8Array() : content.value.body;
      const bytes = bodyBytes(data, request.chunked && request.head.verb !== 'HEAD', last, content.value.trailers);
      return send(context, { handle, request, bytes, last, overlapped: args.Overlapped, bytesSent: args.BytesSent });
    }),
  };
}
