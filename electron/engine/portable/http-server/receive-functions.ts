import { MemoryFault, type Address } from '../../../../preload/contract/win32/memory';
import type { EngineFunctions } from '../../engine';
import { ended, type IoResult } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import {
  type CallFrame, ERROR_CONNECTION_INVALID, ERROR_DLL_INIT_FAILED, ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER, ERROR_NOACCESS,
} from './call-frame';
import type { HttpServerState } from './http-server-state';
import type { Initialization } from './initialization';
import { requestIdsOnly, requestRecord, requestStructSize } from './request-layout';
import type { ServerRequest } from './server-request';

export type ReceiveFunctions = Pick<EngineFunctions, 'HttpReceiveHttpRequest' | 'HttpReceiveRequestEntityBody'>;

export interface ReceiveParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
  readonly initialization: Initialization;
}

const RECEIVE_FLAG = { COPY_BODY: 1, FLUSH_BODY: 2 } as const;
const FILL_BUFFER = 1;
const HTTP_NULL_ID = 0n;

interface Target {
  readonly version: 1 | 2;
  readonly address: Address;
  readonly length: number;
  readonly flags: number;
}

/** Receiving requests and their bodies. */
export function createReceiveFunctions({ frame, state, initialization }: ReceiveParts): ReceiveFunctions {
  const { memory } = frame;

  /** Writes a request into the caller's buffer; undefined while a body that was asked for whole is still coming. */
  const copyRequest = (request: ServerRequest, target: Target): IoResult | undefined => {
    const record = requestRecord(request, target.version, target.address);
    if (record.size > target.length) {
      memory.write(target.address, requestIdsOnly(request, target.version));
      return ended(NTSTATUS.BUFFER_OVERFLOW, record.size);
    }
    if (target.flags !== 0) {
      const room = record.bodyRoom(target.length);
      if (!request.body.complete && room > request.body.unread) request.connection.askForBody();
      const whole = request.body.complete || request.body.unread >= room;
      if ((target.flags & RECEIVE_FLAG.FLUSH_BODY) !== 0 && !whole) return undefined;
      // The buffer is proved to be memory before any of the body is taken from the request.
      memory.read(target.address, target.length);
      if (room > 0 && request.body.unread > 0) record.addBody(request.body.take(room));
      request.connection.bodyTaken();
    }
    if (request.moreBodyExists) record.markMoreBody();
    memory.write(target.address, record.content);
    request.retrieved = true;
    return ended(NTSTATUS.SUCCESS, record.size);
  };

  const deliver = (target: Target) => (request: ServerRequest): IoResult | undefined => {
    try {
      return copyRequest(request, target);
    } catch (fault) {
      if (fault instanceof MemoryFault) return ended(NTSTATUS.ACCESS_VIOLATION);
      throw fault;
    }
  };

  return {
    HttpReceiveHttpRequest: (args, context) => frame.returning(context, () => {
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined || handle.shutDown) return ERROR_INVALID_HANDLE;
      const { queue } = handle;
      const knownFlags = (args.Flags & ~(RECEIVE_FLAG.COPY_BODY | RECEIVE_FLAG.FLUSH_BODY)) === 0;
      if (handle.controller || !knownFlags || args.RequestBuffer === 0n) return ERROR_INVALID_PARAMETER;
      if (args.RequestBuffer % 8n !== 0n) return ERROR_NOACCESS;
      if (args.RequestBufferLength < requestStructSize(queue.version)) return ERROR_INSUFFICIENT_BUFFER;
      const target: Target = { version: queue.version, address: args.RequestBuffer, length: args.RequestBufferLength, flags: args.Flags };
      return frame.performing(context, handle.file, args.Overlapped, args.BytesReturned, (operation) => {
        const receive = { operation, handle, deliver: deliver(target) };
        if (args.RequestId === HTTP_NULL_ID) return queue.receive(receive);
        const request = state.request(queue, args.RequestId);
        if (request === undefined || request.answer === 'last') return ended(NTSTATUS.CONNECTION_INVALID);
        if (request.retrieved && !request.moreBodyExists) return ended(NTSTATUS.END_OF_FILE);
        return queue.hand(request, receive);
      });
    }),

    HttpReceiveRequestEntityBody: (args, context) => frame.returning(context, () => {
      if (!initialization.servers) return ERROR_DLL_INIT_FAILED;
      const handle = state.queueHandle(args.RequestQueueHandle);
      if (handle === undefined) return ERROR_INVALID_HANDLE;
      if (args.RequestId === HTTP_NULL_ID) return ERROR_CONNECTION_INVALID;
      const { EntityBuffer: buffer, EntityBufferLength: length, Flags: flags } = args;
      if ((flags & ~FILL_BUFFER) !== 0 || buffer === 0n || length === 0) return ERROR_INVALID_PARAMETER;
      return frame.performing(context, handle.file, args.Overlapped, args.BytesReturned, (operation) => {
        const request = state.request(handle.queue, args.RequestId);
        if (request === undefined || request.answer === 'last') return ended(NTSTATUS.CONNECTION_INVALID);
        request.connection.askForBody();
        memory.read(buffer, length);
        return request.readBody(operation, buffer, length, (flags & FILL_BUFFER) !== 0);
      });
    }),
  };
}
