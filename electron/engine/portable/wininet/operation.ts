import { err, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ThreadId } from '../../engine';
import type { ErrorCode } from './call';

const INFINITE = 0xffff_ffff;
/** Node's timers take no longer delay; it is 24 days. */
const LONGEST_TIMER = 0x7fff_ffff;

/** Begins something that `settle`s once, now or later; the function it gives is called at the end, however it came. */
export type Beginning<T> = (settle: (result: Result<T, ErrorCode>) => void) => (result: Result<T, ErrorCode>) => void;

/** Work on a handle that may outlast the call that began it, and that closing the handle ends. */
export class Operation {
  private ended: ErrorCode | undefined;
  private readonly onCancel = new Set<() => void>();

  constructor(readonly thread: ThreadId) {}

  get cancelled(): boolean {
    return this.ended !== undefined;
  }

  /** The operation does nothing more on the network; whatever it waits for fails with 12017. */
  cancel(): void {
    this.ended ??= WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED;
    for (const listener of [...this.onCancel]) listener();
  }

  /** Runs `action` if the operation is cancelled before the returned function is called. */
  whenCancelled(action: () => void): () => void {
    if (this.cancelled) action();
    else this.onCancel.add(action);
    return () => this.onCancel.delete(action);
  }

  /** Waits until something settles, the operation is cancelled (12017) or the time is up (12002). 0 is no limit. */
  wait<T>(milliseconds: number, begin: Beginning<T>): Promise<Result<T, ErrorCode>> {
    if (this.ended !== undefined) return Promise.resolve(err(this.ended));
    return new Promise((resolve) => {
      let done = false;
      let begun = false;
      let early: Result<T, ErrorCode> | undefined;
      let timer: NodeJS.Timeout | undefined;
      const cancelled = () => settle(err(WININET_ERRORS.ERROR_INTERNET_OPERATION_CANCELLED));
      const settle = (result: Result<T, ErrorCode>): void => {
        if (done) return;
        done = true;
        this.onCancel.delete(cancelled);
        clearTimeout(timer);
        if (begun) finish(result);
        else early = result;
        resolve(result);
      };
      this.onCancel.add(cancelled);
      const finish = begin(settle);
      begun = true;
      if (early !== undefined) finish(early);
      else if (milliseconds !== 0 && milliseconds < INFINITE) {
        timer = setTimeout(() => settle(err(WININET_ERRORS.ERROR_INTERNET_TIMEOUT)), Math.min(milliseconds, LONGEST_TIMER));
      }
    });
  }
}
