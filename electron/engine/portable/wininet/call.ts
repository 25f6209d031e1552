import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { MemoryFault, readText, readUint, textBytes, textFromBytes, uintBytes, type Address, type Memory } from '../../../../preload/contract/win32/memory';
import type { Width } from '../../../../preload/contract/win32/signature';
import type { CallContext, Outcome, ThreadId } from '../../engine';

/** A Win32 or WinINet error code; 0 never stands for one. */
export type ErrorCode = number;

/** One call: who makes it, in which width, and the memory its pointers are in. */
export class Call {
  readonly width: Width;
  readonly thread: ThreadId;

  constructor(readonly memory: Memory, context: CallContext, mainThread: ThreadId) {
    this.width = context.width;
    this.thread = context.thread ?? mainThread;
  }

  outcome(returns: number | bigint, lastError: ErrorCode = 0): Outcome {
    return { returns, lastError, lastErrorReliable: true, thread: this.thread };
  }

  /** The outcome of a BOOL function. */
  bool(result: Result<unknown, ErrorCode>): Outcome {
    return result.ok ? this.outcome(1) : this.outcome(0, result.error);
  }

  /** An IN string as the function sees it: through its width, cut at its NUL or its length (-1: up to the NUL). */
  text(given: string | bigint | undefined, length = 0xffff_ffff): string | undefined {
    if (given === undefined || given === 0n) return undefined;
    const counted = length >>> 0 !== 0xffff_ffff;
    if (typeof given === 'bigint') {
      if (!counted) return readText(this.memory, given, this.width);
      return textFromBytes(this.memory.read(given, length * (this.width === 'W' ? 2 : 1)), this.width);
    }
    const seen = this.width === 'A' ? textFromBytes(textBytes(given, 'A'), 'A') : given;
    return counted ? seen.slice(0, length) : seen.split('\0', 1)[0];
  }

  /** IN bytes of a given length. */
  bytes(given: Uint8Array | bigint | undefined, length: number): Uint8Array | undefined {
    if (given === undefined || given === 0n) return undefined;
    return typeof given === 'bigint' ? this.memory.read(given, length) : given.slice(0, length);
  }

  /** The DWORD at an address. */
  dword(address: Address): number {
    return readUint(this.memory, address, 4);
  }

  writeDword(address: Address, value: number): void {
    this.memory.write(address, uintBytes(value, 4));
  }

  /**
   * Fills an OUT buffer by the common rule of lpdwBufferLength: a NULL length is ERROR_INVALID_PARAMETER; a NULL or too
   * small buffer is ERROR_INSUFFICIENT_BUFFER with the size needed; else the length becomes `reported`, in bytes.
   */
  fill(buffer: Address, length: Address, data: Uint8Array, reported = data.length): Result<undefined, ErrorCode> {
    if (length === 0n) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    if (buffer === 0n || this.dword(length) < data.length) {
      this.writeDword(length, data.length);
      return err(WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER);
    }
    this.memory.write(buffer, data);
    this.writeDword(length, reported);
    return ok(undefined);
  }

  /** As `fill`, for text: the length needed counts the NUL, the length reported does not. */
  fillText(buffer: Address, length: Address, text: string): Result<undefined, ErrorCode> {
    const data = textBytes(`${text}\0`, this.width);
    return this.fill(buffer, length, data, data.length - (this.width === 'W' ? 2 : 1));
  }
}

/** Runs a function's body; a pointer that leads nowhere is the caller's mistake, as WinINet's own probing reports it. */
export function guarded<T>(call: Call, failed: number | bigint, body: () => T): T | Outcome {
  try {
    return body();
  } catch (fault) {
    if (fault instanceof MemoryFault) return call.outcome(failed, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    throw fault;
  }
}
