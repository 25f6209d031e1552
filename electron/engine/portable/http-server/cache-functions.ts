import { readUint, readUint64, type Address } from '../../../../preload/contract/win32/memory';
import type { EngineFunctions } from '../../engine';
import { ended, type IoResult } from '../kernel/io-file';
import { NTSTATUS } from '../kernel/ntstatus';
import { type CallFrame, ERROR_FILE_NOT_FOUND, ERROR_INVALID_HANDLE, ERROR_INVALID_PARAMETER } from './call-frame';
import type { DataChunks } from './data-chunks';
import { CACHE_POLICY } from './url-cache';
import type { HttpServerState } from './http-server-state';
import type { QueueHandle, RequestQueue } from './request-queue';
import { parseFragmentName, type UrlPrefix } from './url-prefix';

export type CacheFunctions = Pick<EngineFunctions, 'HttpAddFragmentToCache' | 'HttpReadFragmentFromCache' | 'HttpFlushResponseCache'>;

export interface CacheParts {
  readonly frame: CallFrame;
  readonly state: HttpServerState;
  readonly chunks: DataChunks;
  /** Whether a URL, or a prefix of it, is registered for a queue. */
  readonly serves: (queue: RequestQueue, url: UrlPrefix) => boolean;
}

interface Named {
  readonly handle: QueueHandle;
  readonly name: UrlPrefix;
}

const HTTP_FLUSH_RESPONSE_FLAG_RECURSIVE = 1;
const HTTP_BYTE_RANGE_TO_EOF = 0xffff_ffff_ffff_ffffn;

/** The fragments that responses can be made of without being given anew. */
export function createCacheFunctions({ frame, state, chunks, serves }: CacheParts): CacheFunctions {
  const { memory } = frame;

  /** The queue and the name that a call is about; the error of one that is about none. */
  const named = (handleValue: bigint, urlText: string | bigint | undefined): Named | number => {
    const handle = state.queueHandle(handleValue);
    if (handle === undefined) return ERROR_INVALID_HANDLE;
    const text = frame.wide(urlText);
    const name = text === undefined ? undefined : parseFragmentName(text);
    return name === undefined || !serves(handle.queue, name) ? ERROR_INVALID_PARAMETER : { handle, name };
  };

  const read = (data: Uint8Array, range: Address, buffer: Address, room: number): IoResult => {
    const start = range === 0n ? 0n : readUint64(memory, range);
    const length = range === 0n ? HTTP_BYTE_RANGE_TO_EOF : readUint64(memory, range + 8n);
    const size = BigInt(data.length);
    const end = length === HTTP_BYTE_RANGE_TO_EOF ? size : start + length;
    if (start > size || end > size) return ended(NTSTATUS.INVALID_PARAMETER);
    const part = data.subarray(Number(start), Number(end));
    if (part.length > room) return ended(NTSTATUS.BUFFER_OVERFLOW, part.length);
    if (part.length > 0) memory.write(buffer, part);
    return ended(NTSTATUS.SUCCESS, part.length);
  };

  return {
    HttpAddFragmentToCache: (args, context) => frame.returning(context, () => {
      const target = named(args.RequestQueueHandle, args.UrlPrefix);
      if (typeof target === 'number') return target;
      if (args.DataChunk === 0n || args.CachePolicy === 0n) return ERROR_INVALID_PARAMETER;
      const policy = readUint(memory, args.CachePolicy, 4);
      if (policy > CACHE_POLICY.TIME_TO_LIVE) return ERROR_INVALID_PARAMETER;
      const data = chunks.read(args.DataChunk, 1, undefined);
      if (!data.ok) return data.error;
      return frame.performing(context, target.handle.file, args.Overlapped, 0n, () => {
        const seconds = policy === CACHE_POLICY.TIME_TO_LIVE ? readUint(memory, args.CachePolicy + 4n, 4) : undefined;
        if (policy !== CACHE_POLICY.NO_CACHE) target.handle.queue.fragments.put(target.name, data.value.body, seconds);
        return ended(NTSTATUS.SUCCESS, data.value.body.length);
      });
    }),

    HttpReadFragmentFromCache: (args, context) => frame.returning(context, () => {
      const target = named(args.RequestQueueHandle, args.UrlPrefix);
      if (typeof target === 'number') return target;
      if (args.Buffer === 0n) return ERROR_INVALID_PARAMETER;
      const data = target.handle.queue.fragments.get(target.name);
      if (data === undefined) return ERROR_FILE_NOT_FOUND;
      return frame.performing(context, target.handle.file, args.Overlapped, args.BytesRead, () =>
        read(data, args.ByteRange, args.Buffer, args.BufferLength));
    }),

    HttpFlushResponseCache: (args, context) => frame.returning(context, () => {
      const target = named(args.RequestQueueHandle, args.UrlPrefix);
      if (typeof target === 'number') return target;
      if ((args.Flags & ~HTTP_FLUSH_RESPONSE_FLAG_RECURSIVE) !== 0) return ERROR_INVALID_PARAMETER;
      return frame.performing(context, target.handle.file, args.Overlapped, 0n, () => {
        const recursive = (args.Flags & HTTP_FLUSH_RESPONSE_FLAG_RECURSIVE) !== 0;
        target.handle.queue.fragments.flush(target.name, recursive);
        target.handle.queue.responses.flush(target.name, recursive);
        return ended(NTSTATUS.SUCCESS);
      });
    }),
  };
}
