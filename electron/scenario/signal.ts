import { WALL_CLOCK, type Timer } from './run-clock';

/**
 * Waits for facts without looking at the clock in a loop: whoever changes something calls `notify`, and every
 * waiter looks again.
 */
export class Signal {
  readonly #waiters = new Set<() => void>();
  readonly #clock: Timer;

  constructor(clock: Timer = WALL_CLOCK) {
    this.#clock = clock;
  }

  notify(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }

  /** Calls the listener at every change. */
  listen(listener: () => void): void {
    this.#waiters.add(listener);
  }

  /**
   * What `check` gives as soon as it gives something, or undefined after `milliseconds`.
   * `check` runs once at once, so that what already came counts.
   */
  until<T>(check: () => T | undefined, milliseconds: number): Promise<T | undefined> {
    const now = check();
    if (now !== undefined) return Promise.resolve(now);
    return new Promise((resolve, reject) => {
      const finish = (act: () => void): void => {
        callOff();
        this.#waiters.delete(look);
        act();
      };
      const look = (): void => {
        try {
          const found = check();
          if (found !== undefined) finish(() => resolve(found));
        } catch (error) {
          finish(() => reject(error));
        }
      };
      const callOff = this.#clock.after(milliseconds, () => finish(() => resolve(check())));
      this.#waiters.add(look);
    });
  }
}

export function pause(milliseconds: number, clock: Timer = WALL_CLOCK): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}
