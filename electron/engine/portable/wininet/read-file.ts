import { andThen, err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { IRF_WININET_API_FLAGS as IRF } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { Exchange } from './exchange';
import { readBuffers } from './internet-buffers';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import type { PendingWork, Work } from './pending-work';
import type { WinInetCore } from './wininet-core';

/** A request that can be read, and its response. */
interface Readable {
  readonly request: RequestHandle;
  readonly exchange: Exchange;
}

/** Where a read goes, and where its length is told. */
interface Target {
  readonly buffer: Address;
  readonly wanted: number;
  readonly lengthAt: Address;
}

/** Something a read wants of the response; undefined while that is not there yet. */
type Attempt = (exchange: Exchange) => Result<number, ErrorCode> | undefined;

/** InternetReadFile, InternetReadFileEx and InternetQueryDataAvailable (wininet/nf-wininet-internetreadfile and its kin). */
export class ReadFile {
  constructor(
    private readonly core: WinInetCore,
    private readonly pending: PendingWork,
    private readonly closer: HandleCloser,
  ) {}

  /** "A normal read retrieves the specified number of bytes for each call until the end of the file is reached." */
  read(args: FunctionArgs<'InternetReadFile'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.readable(args.hFile);
      if (!found.ok) return call.bool(found);
      const wanted = args.dwNumberOfBytesToRead >>> 0;
      if (!this.core.memory.holds(args.lpdwNumberOfBytesRead, 4) || (wanted > 0 && !this.core.memory.holds(args.lpBuffer, wanted))) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      // "InternetReadFile sets this value to zero before doing any work or error checking."
      call.writeDword(args.lpdwNumberOfBytesRead, 0);
      return this.fillBuffer(call, found.value, { buffer: args.lpBuffer, wanted, lengthAt: args.lpdwNumberOfBytesRead }, 0);
    });
  }

  /**
   * As `read`, with the length in INTERNET_BUFFERS. IRF_NO_WAIT: what is there, "the amount of data requested or the amount
   * of data available (whichever is smaller)"; IRF_SYNC: the call lasts until it has what it wants, whatever the session.
   */
  readEx(args: FunctionArgs<'InternetReadFileEx'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.readable(args.hFile);
      if (!found.ok) return call.bool(found);
      const buffers = readBuffers(call, args.lpBuffersOut);
      if (!buffers.ok) return call.bool(buffers);
      const { buffer, bufferLength: wanted, lengthAt } = buffers.value;
      if (wanted > 0 && !this.core.memory.holds(buffer, wanted)) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      call.writeDword(lengthAt, 0);
      return this.fillBuffer(call, found.value, { buffer, wanted, lengthAt }, args.dwFlags);
    });
  }

  private fillBuffer(call: Call, readable: Readable, { buffer, wanted, lengthAt }: Target, flags: number): MaybePromise<Outcome> {
    if (readable.request.operations.size > 0) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE));
    const takesAny = (flags & IRF.IRF_NO_WAIT) !== 0;
    let count = 0;
    const attempt: Attempt = (exchange) => {
      const bytes = exchange.read(wanted - count);
      this.deliver(buffer + BigInt(count), bytes);
      count += bytes.length;
      if (count === wanted || exchange.exhausted || (takesAny && count > 0)) {
        this.deliver(lengthAt, uintBytes(count, 4));
        return ok(0);
      }
      return exchange.failure === undefined ? undefined : err(exchange.failure);
    };
    return this.settle(call, readable, attempt, () => wanted > 0 && count === 0, (flags & IRF.IRF_SYNC) !== 0);
  }

  queryAvailable(args: FunctionArgs<'InternetQueryDataAvailable'>, call: Call): MaybePromise<Outcome> {
    return guarded(call, 0, () => {
      const found = this.readable(args.hFile);
      if (!found.ok) return call.bool(found);
      if (args.dwFlags !== 0 || args.dwContext !== 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      if (args.lpdwNumberOfBytesAvailable !== 0n) call.writeDword(args.lpdwNumberOfBytesAvailable, 0);
      if (found.value.request.operations.size > 0) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE));
      const attempt: Attempt = (exchange) => {
        if (exchange.available === 0 && !exchange.exhausted) return exchange.failure === undefined ? undefined : err(exchange.failure);
        if (args.lpdwNumberOfBytesAvailable !== 0n) this.deliver(args.lpdwNumberOfBytesAvailable, uintBytes(exchange.available, 4));
        return ok(exchange.available);
      };
      return this.settle(call, found.value, attempt, () => found.value.exchange.exhausted);
    });
  }

  private readable(value: bigint): Result<Readable, ErrorCode> {
    const found = this.core.table.of('http-request', value);
    if (!found.ok) return found;
    const { exchange } = found.value;
    if (exchange === undefined) return err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);
    return ok({ request: found.value, exchange });
  }

  /** Answers at once if it can, else waits for the server: RECEIVING_RESPONSE on the caller's thread, the rest as the session is. */
  private settle(call: Call, { request, exchange }: Readable, attempt: Attempt, sawEnd: () => boolean, waits = false): MaybePromise<Outcome> {
    const { notifier } = this.core;
    const now = attempt(exchange);
    if (now !== undefined) {
      const told = now.ok && !sawEnd() ? undefined : this.closer.tellClosedConnection(request, call.thread);
      return andThen(told, () => call.bool(now));
    }
    return andThen(notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RECEIVING_RESPONSE, call.thread), () => {
      // The callback may have closed the handle, or begun an operation of its own.
      if (request.state !== 'open') return call.bool(err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED));
      if (request.operations.size > 0) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE));
      const work: Work = async (operation) => {
        const before = exchange.bytesReceived;
        let result = attempt(exchange);
        while (result === undefined) {
          const changed = await exchange.change(operation, request.timeouts.receive);
          result = changed.ok ? attempt(exchange) : changed;
        }
        if (result.ok) {
          await notifier.progress(request, INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED, operation.thread, { dword: exchange.bytesReceived - before });
        }
        if (!result.ok || sawEnd()) await this.closer.tellClosedConnection(request, operation.thread);
        return result;
      };
      return waits ? this.pending.block(call, request, work) : this.pending.begin(call, request, work);
    });
  }

  /** What comes after the call may find its memory gone: the application's mistake, but not one that ends the engine. */
  private deliver(address: Address, bytes: Uint8Array): void {
    if (this.core.memory.holds(address, bytes.length)) this.core.memory.write(address, bytes);
  }
}
