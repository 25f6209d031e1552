import { unlinkSync } from 'node:fs';
import type { KERNEL_FUNCTIONS } from '../../../../preload/contract/win32/kernel-functions';
import { MemoryFault, readText, uintBytes, type Address, type Memory } from '../../../../preload/contract/win32/memory';
import type { Width } from '../../../../preload/contract/win32/signature';
import { andThen, type MaybePromise } from '../../../../preload/contract/result';
import type { CallContext, EngineFunctions, Outcome } from '../../engine';
import { CompletionPort, type Packet } from './completion-port';
import { DiskFile } from './disk-file';
import { lastErrorOutcome, type EngineThreads } from './engine-threads';
import type { HandleTable } from './handle-table';
import { isSuccess, NTSTATUS, win32ErrorOf } from './ntstatus';
import type { OverlappedIo } from './overlapped-io';
import { INFINITE, Signal } from './signal';

export type KernelFunctions = Pick<EngineFunctions, keyof typeof KERNEL_FUNCTIONS>;

export interface KernelParts {
  readonly memory: Memory;
  readonly handles: HandleTable;
  readonly io: OverlappedIo;
  readonly threads: EngineThreads;
}

const ERROR_INVALID_HANDLE = 6;
const ERROR_INVALID_PARAMETER = 87;
const ERROR_ALREADY_EXISTS = 183;
const WAIT_TIMEOUT = 258;
const WAIT_FAILED = 0xffffffff;
const ERROR_ABANDONED_WAIT_0 = 735;
const ERROR_OPERATION_ABORTED = 995;
const ERROR_IO_INCOMPLETE = 996;
const ERROR_NOACCESS = 998;
const ERROR_NOT_FOUND = 1168;
const INVALID_HANDLE_VALUE = 0xffff_ffff_ffff_ffffn;

/** What Windows says for the ways in which a file cannot be deleted (fileapi/nf-fileapi-deletefilew). */
const DELETE_ERRORS: Readonly<Record<string, number>> = { ENOENT: 2, ENOTDIR: 3, EACCES: 5, EPERM: 5, EISDIR: 5, EROFS: 5, EBUSY: 32 };

/** kernel32's part in overlapped I/O: events, waiting, results, cancelling and completion ports. */
export function createKernelFunctions(parts: KernelParts): KernelFunctions {
  const { memory, handles, io, threads } = parts;

  const done = (context: CallContext, returns: number | bigint): Outcome => lastErrorOutcome(threads, context, returns);
  const failed = (context: CallContext, error: number, returns: number | bigint = 0): Outcome => lastErrorOutcome(threads, context, returns, error);
  /** A parameter that points nowhere is an access violation on Windows; here the call fails with ERROR_NOACCESS. */
  const guarded = (context: CallContext, call: () => MaybePromise<Outcome>): MaybePromise<Outcome> => {
    try {
      return call();
    } catch (fault) {
      if (fault instanceof MemoryFault) return failed(context, ERROR_NOACCESS);
      throw fault;
    }
  };
  const text = (value: string | bigint | undefined, width: Width): string | undefined => {
    if (typeof value === 'bigint') return value === 0n ? undefined : readText(memory, value, width);
    return value;
  };

  const resultOf = (context: CallContext, overlapped: Address, bytesAt: Address): Outcome => {
    const { status, bytes } = io.read(overlapped);
    if (status === NTSTATUS.PENDING) return failed(context, ERROR_IO_INCOMPLETE);
    memory.write(bytesAt, uintBytes(bytes, 4));
    return isSuccess(status) ? done(context, 1) : failed(context, win32ErrorOf(status));
  };

  const packetTaken = (context: CallContext, packet: Packet | 'timeout' | 'abandoned', out: readonly [Address, Address, Address]): Outcome => {
    const [bytesAt, keyAt, overlappedAt] = out;
    if (packet === 'timeout' || packet === 'abandoned') {
      memory.write(overlappedAt, uintBytes(0, 8));
      return failed(context, packet === 'timeout' ? WAIT_TIMEOUT : ERROR_ABANDONED_WAIT_0);
    }
    memory.write(bytesAt, uintBytes(packet.bytes, 4));
    memory.write(keyAt, uintBytes(packet.key, 8));
    memory.write(overlappedAt, uintBytes(packet.overlapped, 8));
    return isSuccess(packet.status) ? done(context, 1) : failed(context, win32ErrorOf(packet.status));
  };

  return {
    CreateEvent: (args, context) => guarded(context, () => {
      const name = text(args.lpName, context.width);
      const existing = name === undefined ? undefined : handles.namedEvent(name);
      const signal = existing ?? new Signal(args.bManualReset !== 0, args.bInitialState !== 0);
      const handle = handles.add({ kind: 'event', signal, name });
      return existing === undefined ? done(context, handle) : failed(context, ERROR_ALREADY_EXISTS, handle);
    }),

    CloseHandle: (args, context) => (handles.close(args.hObject) ? done(context, 1) : failed(context, ERROR_INVALID_HANDLE)),

    CancelIo: (args, context) => {
      const file = handles.file(args.hFile);
      if (file === undefined) return failed(context, ERROR_INVALID_HANDLE);
      const thread = context.thread ?? threads.main;
      file.cancel((operation) => operation.thread === thread);
      return done(context, 1);
    },

    CancelIoEx: (args, context) => {
      const file = handles.file(args.hFile);
      if (file === undefined) return failed(context, ERROR_INVALID_HANDLE);
      const found = file.cancel((operation) => args.lpOverlapped === 0n || operation.overlapped === args.lpOverlapped);
      return found ? done(context, 1) : failed(context, ERROR_NOT_FOUND);
    },

    GetOverlappedResult: (args, context) => guarded(context, () => {
      const { lpOverlapped: overlapped, lpNumberOfBytesTransferred: bytesAt } = args;
      if (overlapped === 0n || bytesAt === 0n) return failed(context, ERROR_INVALID_PARAMETER);
      if (io.read(overlapped).status !== NTSTATUS.PENDING || args.bWait === 0) return resultOf(context, overlapped, bytesAt);
      const end = io.whenEnded(overlapped);
      if (end !== undefined) return end.then(() => guarded(context, () => resultOf(context, overlapped, bytesAt)));
      // An OVERLAPPED that says pending, but of no I/O: Windows waits for its event, or for the file.
      const waited = io.eventOf(overlapped) ?? handles.file(args.hFile)?.signal;
      if (waited === undefined) return failed(context, ERROR_INVALID_HANDLE);
      return andThen(waited.wait(INFINITE), () => guarded(context, () => resultOf(context, overlapped, bytesAt)));
    }),

    WaitForSingleObject: (args, context) => {
      const object = handles.get(args.hHandle);
      if (object === undefined || object.kind === 'port') return failed(context, ERROR_INVALID_HANDLE, WAIT_FAILED);
      // A file without pending I/O is signalled, and I/O on a disk file is over when its call is.
      if (object.kind === 'disk-file') return done(context, 0);
      const signal = object.kind === 'event' ? object.signal : object.file.signal;
      return andThen(signal.wait(args.dwMilliseconds), (end) => {
        switch (end) {
          case 'signalled': return done(context, 0);
          case 'timeout': return done(context, WAIT_TIMEOUT);
          case 'abandoned': return failed(context, ERROR_OPERATION_ABORTED, WAIT_FAILED);
        }
      });
    },

    CreateIoCompletionPort: (args, context) => {
      const fileHandle = BigInt.asUintN(64, args.FileHandle);
      const existing = args.ExistingCompletionPort === 0n ? undefined : handles.get(args.ExistingCompletionPort);
      if (args.ExistingCompletionPort !== 0n && existing?.kind !== 'port') return failed(context, ERROR_INVALID_HANDLE, 0n);
      if (fileHandle === INVALID_HANDLE_VALUE) {
        if (existing !== undefined) return failed(context, ERROR_INVALID_PARAMETER, 0n);
        return done(context, handles.add({ kind: 'port', port: new CompletionPort() }));
      }
      const file = handles.file(fileHandle);
      if (file === undefined) return failed(context, ERROR_INVALID_HANDLE, 0n);
      if (file.association !== undefined) return failed(context, ERROR_INVALID_PARAMETER, 0n);
      const port = existing?.kind === 'port' ? existing.port : new CompletionPort();
      file.association = { port, key: args.CompletionKey };
      return done(context, existing === undefined ? handles.add({ kind: 'port', port }) : args.ExistingCompletionPort);
    },

    GetQueuedCompletionStatus: (args, context) => guarded(context, () => {
      const object = handles.get(args.CompletionPort);
      if (object?.kind !== 'port') return failed(context, ERROR_INVALID_HANDLE);
      const out = [args.lpNumberOfBytesTransferred, args.lpCompletionKey, args.lpOverlapped] as const;
      if (out.includes(0n)) return failed(context, ERROR_INVALID_PARAMETER);
      return andThen(object.port.take(args.dwMilliseconds), (packet) => guarded(context, () => packetTaken(context, packet, out)));
    }),

    CreateFile: (args, context) => guarded(context, () => {
      const name = text(args.lpFileName, context.width);
      const opened = DiskFile.open(name ?? '', args.dwDesiredAccess, args.dwCreationDisposition);
      if (!opened.ok) return failed(context, opened.error, INVALID_HANDLE_VALUE);
      return done(context, handles.add({ kind: 'disk-file', file: opened.value }));
    }),

    WriteFile: (args, context) => guarded(context, () => {
      const object = handles.get(args.hFile);
      if (object?.kind !== 'disk-file') return failed(context, ERROR_INVALID_HANDLE);
      // A file is opened for synchronous I/O here, so an OVERLAPPED only says where to write.
      if (args.lpOverlapped !== 0n || args.lpNumberOfBytesWritten === 0n) return failed(context, ERROR_INVALID_PARAMETER);
      const { lpBuffer: buffer } = args;
      const count = args.nNumberOfBytesToWrite;
      const bytes = typeof buffer === 'bigint' ? memory.read(buffer, count) : (buffer ?? new Uint8Array()).subarray(0, count);
      const written = object.file.append(bytes);
      memory.write(args.lpNumberOfBytesWritten, uintBytes(written.ok ? written.value : 0, 4));
      return written.ok ? done(context, 1) : failed(context, written.error);
    }),

    DeleteFile: (args, context) => guarded(context, () => {
      const name = text(args.lpFileName, context.width);
      if (name === undefined || name === '') return failed(context, 3);
      try {
        unlinkSync(name);
        return done(context, 1);
      } catch (error) {
        const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
        return failed(context, DELETE_ERRORS[code] ?? 31);
      }
    }),
  };
}
