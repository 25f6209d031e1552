import { err, ok, type MaybePromise, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { Outcome } from '../../engine';
import type { Call, ErrorCode } from './call';
import type { RequestHandle } from './handle';
import type { HandleCloser } from './handle-closer';
import { Operation } from './operation';
import type { WinInetCore } from './wininet-core';

/** Work on a request: its result is the dwError of a successful REQUEST_COMPLETE, 0 but for InternetQueryDataAvailable. */
export type Work = (operation: Operation) => Promise<Result<number, ErrorCode>>;

/** The Winsock error that stands behind a WinINet error (Windows Sockets Error Codes). */
const WINSOCK_ERRORS: ReadonlyMap<ErrorCode, number> = new Map([
  [WININET_ERRORS.ERROR_INTERNET_NAME_NOT_RESOLVED, 11001], [WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT, 10061],
  [WININET_ERRORS.ERROR_INTERNET_CONNECTION_ABORTED, 10053], [WININET_ERRORS.ERROR_INTERNET_CONNECTION_RESET, 10054],
  [WININET_ERRORS.ERROR_INTERNET_TIMEOUT, 10060],
]);

/**
 * Runs what may last: below a synchronous session the call answers with its result, and every callback is made on the
 * caller's thread; below an asynchronous one it answers FALSE and ERROR_IO_PENDING, and a worker of the pool goes on
 * and ends with REQUEST_COMPLETE.
 */
export class PendingWork {
  constructor(private readonly core: WinInetCore, private readonly closer: HandleCloser) {}

  begin(call: Call, request: RequestHandle, work: Work): MaybePromise<Outcome> {
    return request.session.asynchronous ? this.pend(call, request, work) : this.block(call, request, work);
  }

  /** `made`: the handle that the work makes, which is its result when it succeeds. */
  pend(call: Call, request: RequestHandle, work: Work, made?: bigint): Outcome {
    const operation = new Operation(this.core.threads.acquire());
    request.operations.add(operation);
    // A turn later, so that the call has returned: on Windows either may come first, and a reader of the record is
    // better served by the order that is easier to explain.
    setImmediate(() => void this.runOnWorker(operation, request, work, made ?? 1n));
    return call.outcome(made === undefined ? 0 : 0n, WIN32_ERRORS.ERROR_IO_PENDING);
  }

  /** The call answers when the work is done, whatever the session. */
  async block(call: Call, request: RequestHandle, work: Work): Promise<Outcome> {
    const operation = new Operation(call.thread);
    request.operations.add(operation);
    const result = await this.run(operation, request, work);
    request.operations.delete(operation);
    await this.closer.end(request, call.thread);
    return call.bool(result);
  }

  private async runOnWorker(operation: Operation, request: RequestHandle, work: Work, dwResult: bigint): Promise<void> {
    const { thread } = operation;
    const result = await this.run(operation, request, work);
    // From here on the operation is complete: a close inside REQUEST_COMPLETE finds nothing pending. But a handle that
    // is closed already waits with its HANDLE_CLOSING until REQUEST_COMPLETE was told.
    if (request.state === 'open') request.operations.delete(operation);
    await (result.ok
      ? this.core.notifier.complete(request, thread, dwResult, result.value)
      : this.core.notifier.complete(request, thread, 0n, result.error));
    request.operations.delete(operation);
    await this.closer.end(request, thread);
    this.core.threads.release(thread);
  }

  /** Whatever the work came to, a cancelled operation ends with 12017. */
  private async run(operation: Operation, request: RequestHandle, work: Work): Promise<Result<number, ErrorCode>> {
    request.timedOut = false;
    const result = operation.cancelled ? ok(0) : await work(operation);
    request.timedOut = !result.ok && result.error === WININET_ERRORS.ERROR_INTERNET_TIMEOUT;
    if (!result.ok) this.core.extendedError = WINSOCK_ERRORS.get(result.error) ?? 0;
    return operation.cancelled ? err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED) : result;
  }
}
