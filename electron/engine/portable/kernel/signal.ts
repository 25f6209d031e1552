import type { MaybePromise } from '../../../../preload/contract/result';

export const INFINITE = 0xffffffff;

/** The longest a Node timer runs; a longer wait is waited for without one. */
const LONGEST_TIMER = 0x7fffffff;

export type WaitEnd = 'signalled' | 'timeout' | 'abandoned';

interface Waiter {
  readonly end: (how: WaitEnd) => void;
}

/** What WaitForSingleObject waits for: an event's state, or a file's. */
export class Signal {
  private readonly waiters = new Set<Waiter>();

  constructor(
    private readonly manualReset: boolean,
    private signalled: boolean,
  ) {}

  /** A manual-reset signal lets everyone through until it is reset; the other one waiter, or the next one to come. */
  raise(): void {
    if (this.manualReset) {
      this.signalled = true;
      for (const waiter of [...this.waiters]) waiter.end('signalled');
      return;
    }
    const [first] = this.waiters;
    if (first === undefined) this.signalled = true;
    else first.end('signalled');
  }

  reset(): void {
    this.signalled = false;
  }

  /** Waits at most `milliseconds` (INFINITE: for ever); answers at once when there is nothing to wait for. */
  wait(milliseconds: number): MaybePromise<WaitEnd> {
    if (this.signalled) {
      if (!this.manualReset) this.signalled = false;
      return 'signalled';
    }
    if (milliseconds === 0) return 'timeout';
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const waiter: Waiter = {
        end: (how) => {
          clearTimeout(timer);
          this.waiters.delete(waiter);
          resolve(how);
        },
      };
      this.waiters.add(waiter);
      if (milliseconds <= LONGEST_TIMER) timer = setTimeout(() => waiter.end('timeout'), milliseconds);
    });
  }

  /** Ends every wait, when the process of the object ends. */
  abandon(): void {
    for (const waiter of [...this.waiters]) waiter.end('abandoned');
  }
}
