import { andThen, type MaybePromise } from '../../../../preload/contract/result';
import { MemoryFault, readText, uintBytes, type Address, type Memory } from '../../../../preload/contract/win32/memory';
import type { CallContext, Outcome } from '../../engine';
import { errorOutcome, type EngineThreads } from '../kernel/engine-threads';
import type { IoFile, IoOperation, IoResult } from '../kernel/io-file';
import type { IoAnswer, OverlappedIo } from '../kernel/overlapped-io';

export const NO_ERROR = 0;
export const ERROR_FILE_NOT_FOUND = 2;
export const ERROR_INVALID_HANDLE = 6;
export const ERROR_HANDLE_EOF = 38;
export const ERROR_BAD_COMMAND = 22;
export const ERROR_NOT_SUPPORTED = 50;
export const ERROR_INVALID_PARAMETER = 87;
export const ERROR_INSUFFICIENT_BUFFER = 122;
export const ERROR_ALREADY_EXISTS = 183;
export const ERROR_MORE_DATA = 234;
export const ERROR_NO_MORE_ITEMS = 259;
export const ERROR_IO_PENDING = 997;
export const ERROR_NOACCESS = 998;
export const ERROR_DLL_INIT_FAILED = 1114;
export const ERROR_NOT_FOUND = 1168;
export const ERROR_CONNECTION_INVALID = 1229;
export const ERROR_REVISION_MISMATCH = 1306;
export const ERROR_NO_SUCH_LOGON_SESSION = 1312;
export const ERROR_INVALID_ID_AUTHORITY = 1343;

/** What every function of the HTTP Server API is made with: its memory, its threads and how it returns. */
export class CallFrame {
  constructor(
    readonly memory: Memory,
    private readonly threads: EngineThreads,
    private readonly io: OverlappedIo,
  ) {}

  /** Runs a function that gives its error code. A pointer that points nowhere gives ERROR_NOACCESS. */
  returning(context: CallContext, call: () => MaybePromise<number>): MaybePromise<Outcome> {
    try {
      return andThen(call(), (code) => errorOutcome(this.threads, context, code));
    } catch (fault) {
      if (fault instanceof MemoryFault) return errorOutcome(this.threads, context, ERROR_NOACCESS);
      throw fault;
    }
  }

  /**
   * Runs an I/O and gives the error code of the call that starts it. `bytesAt` gets the bytes when the I/O is over
   * before the call returns; 0n is NULL.
   */
  performing(
    context: CallContext, file: IoFile, overlapped: Address, bytesAt: Address, start: (operation: IoOperation) => IoResult | undefined,
  ): MaybePromise<number> {
    const answered = ({ error, information }: IoAnswer): number => {
      if (information === undefined || bytesAt === 0n) return error;
      try {
        this.memory.write(bytesAt, uintBytes(information, 4));
      } catch (fault) {
        if (fault instanceof MemoryFault) return ERROR_NOACCESS;
        throw fault;
      }
      return error;
    };
    return andThen(this.io.perform(file, overlapped, context.thread ?? this.threads.main, start), answered);
  }

  /** A wide text, given as one or by its address; undefined for NULL. @throws MemoryFault */
  wide(value: string | bigint | undefined): string | undefined {
    if (typeof value === 'bigint') return value === 0n ? undefined : readText(this.memory, value, 'W');
    return value;
  }
}
