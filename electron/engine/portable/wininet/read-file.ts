import { andThen, err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { uintBytes, type Address } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { Exchange } from './exchange';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import type { PendingWork } from './pending-work';
import type { WinInetCore } from './wininet-core';

/** A request that can be read, and its response. */
interface Readable {
  readonly request: RequestHandle;
  readonly exchange: Exchange;
}

/** Something a read wants of the response; undefined while that is not there yet. */
type Attempt = (exchange: Exchange) => Result<number, ErrorCode> | undefined;

/** InternetReadFile and InternetQueryDataAvailable (wininet/nf-wininet-internetreadfile, -internetquerydataavailable). */
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
      if (found.value.request.operations.size > 0) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE));
      let count = 0;
      const attempt: Attempt = (exchange) => {
        const bytes = exchange.read(wanted - count);
        this.deliver(args.lpBuffer + BigInt(count), bytes);
        count += bytes.length;
        if (count === wanted || exchange.exhausted) {
          this.deliver(args.lpdwNumberOfBytesRead, uintBytes(count, 4));
          return ok(0);
        }
        return exchange.failure === undefined ? undefined : err(exchange.failure);
      };
      return this.settle(call, found.value, attempt, () => wanted > 0 && count === 0);
    });
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
  private settle(call: Call, { request, exchange }: Readable, attempt: Attempt, sawEnd: () => boolean): MaybePromise<Outcome> {
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
      return this.pending.begin(call, request, async (operation) => {
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
      });
    });
  }

  /** What comes after the call may find its memory gone: the application's mistake, but not one that ends the engine. */
  private deliver(address: Address, bytes: Uint8Array): void {
    if (this.core.memory.holds(address, bytes.length)) this.core.memory.write(address, bytes);
  }
}
