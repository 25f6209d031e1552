import { err, type MaybePromise, type Result } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { Outcome } from '../../../engine';
import type { Call, ErrorCode } from '../call';
import type { InternetHandle } from '../handle';
import type { HandleCloser } from '../handle-closer';
import { Operation } from '../operation';
import type { Speaker } from '../status-notifier';
import type { WinInetCore } from '../wininet-core';
import type { FtpConnectionHandle, FtpFileHandle } from './ftp-handles';

/** What a successful operation answers: the handle it made, or 1; and the dwError of its REQUEST_COMPLETE. */
export interface Finished {
  readonly dwResult: bigint;
  readonly dwError?: number;
}

export const DONE: Finished = { dwResult: 1n };

export type FtpWork = (operation: Operation, speaker: Speaker) => Promise<Result<Finished, ErrorCode>>;

/** Who an operation is about. */
export interface About {
  /** The handle that the function was called with: its callbacks carry it. */
  readonly subject: InternetHandle;
  /** The handle whose closing cancels it. */
  readonly owner: FtpConnectionHandle | FtpFileHandle;
  /** What the callbacks carry: the function's own dwContext, or that of the handle. 0 makes none. */
  readonly context: bigint;
  /** FALSE or NULL. */
  readonly failed: 0 | 0n;
  /** The call lasts until the result is there, whatever the session. */
  readonly waits?: boolean;
  /** Runs when it failed, after REQUEST_COMPLETE. */
  readonly undo?: () => void;
}

/**
 * Runs an FTP function: on the caller's thread below a synchronous session; on a worker's below an asynchronous one, where
 * the call answers ERROR_IO_PENDING and REQUEST_COMPLETE brings the result.
 */
export class FtpOperations {
  constructor(private readonly core: WinInetCore, private readonly closer: HandleCloser) {}

  begin(call: Call, about: About, work: FtpWork): MaybePromise<Outcome> {
    return about.owner.session.asynchronous && about.waits !== true ? this.pend(call, about, work) : this.block(call, about, work);
  }

  private pend(call: Call, about: About, work: FtpWork): Outcome {
    const operation = new Operation(this.core.threads.acquire());
    about.owner.operations.add(operation);
    // A turn later, so that the call has returned; as for HTTP.
    setImmediate(() => void this.runOnWorker(operation, about, work));
    return call.outcome(about.failed, WIN32_ERRORS.ERROR_IO_PENDING);
  }

  private async runOnWorker(operation: Operation, about: About, work: FtpWork): Promise<void> {
    const { thread } = operation;
    const { owner } = about;
    this.core.responses.clear(thread);
    const speaker = speakerOf(operation, about);
    const result = await this.run(operation, speaker, work);
    // Complete from here on, but a handle that is closed already waits with its HANDLE_CLOSING for REQUEST_COMPLETE.
    if (owner.state === 'open') owner.operations.delete(operation);
    await (result.ok
      ? this.core.notifier.complete(speaker, thread, result.value.dwResult, result.value.dwError ?? 0)
      : this.core.notifier.complete(speaker, thread, 0n, result.error));
    await this.leave(operation, about, result.ok);
    this.core.threads.release(thread);
  }

  private async block(call: Call, about: About, work: FtpWork): Promise<Outcome> {
    const operation = new Operation(call.thread);
    about.owner.operations.add(operation);
    const result = await this.run(operation, speakerOf(operation, about), work);
    await this.leave(operation, about, result.ok);
    if (!result.ok) return call.outcome(about.failed, result.error);
    return call.outcome(about.failed === 0n ? result.value.dwResult : 1);
  }

  private async leave(operation: Operation, about: About, succeeded: boolean): Promise<void> {
    about.owner.operations.delete(operation);
    if (!succeeded) about.undo?.();
    await this.closer.end(about.owner, operation.thread);
  }

  private async run(operation: Operation, speaker: Speaker, work: FtpWork): Promise<Result<Finished, ErrorCode>> {
    const cancelled = err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED);
    if (operation.cancelled) return cancelled;
    const result = await work(operation, speaker);
    return operation.cancelled ? cancelled : result;
  }
}

/** An operation that was cancelled makes no progress any more, whoever is still open. */
function speakerOf(operation: Operation, { subject, context }: About): Speaker {
  return {
    value: subject.value,
    context,
    get callback() { return subject.callback; },
    get state() { return operation.cancelled ? 'invalid' : subject.state; },
  };
}
