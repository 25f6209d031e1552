/** What waits and delays take their time from. */
export interface Timer {
  /** Runs `act` after so many milliseconds; the result calls it off. */
  readonly after: (milliseconds: number, act: () => void) => () => void;
}

export const WALL_CLOCK: Timer = {
  after: (milliseconds, act) => {
    const timer = setTimeout(act, milliseconds);
    return () => clearTimeout(timer);
  },
};

interface Waiting {
  readonly act: () => void;
  left: number;
  /** When `left` was true; undefined while the clock stands. */
  since: number | undefined;
  timer: NodeJS.Timeout | undefined;
}

/**
 * The time of a run. It stands still while the run is held, so that no wait of it runs out and no scripted peer answers
 * while a person looks around.
 */
export class RunClock implements Timer {
  readonly #waiting = new Set<Waiting>();
  #heldSince: number | undefined;
  #heldFor = 0;

  get held(): boolean {
    return this.#heldSince !== undefined;
  }

  /** Milliseconds in which the run was not held, from some moment on: only differences mean anything. */
  now(): number {
    return (this.#heldSince ?? performance.now()) - this.#heldFor;
  }

  after(milliseconds: number, act: () => void): () => void {
    const waiting: Waiting = { act, left: milliseconds, since: undefined, timer: undefined };
    this.#waiting.add(waiting);
    if (!this.held) this.#start(waiting);
    return () => this.#callOff(waiting);
  }

  /** Resolves after so many milliseconds; 0 while the clock stands is the moment at which it goes on. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => { this.after(milliseconds, resolve); });
  }

  hold(): void {
    if (this.held) return;
    const now = performance.now();
    this.#heldSince = now;
    for (const waiting of this.#waiting) {
      clearTimeout(waiting.timer);
      waiting.left -= now - (waiting.since ?? now);
      waiting.since = undefined;
    }
  }

  release(): void {
    if (this.#heldSince === undefined) return;
    this.#heldFor += performance.now() - this.#heldSince;
    this.#heldSince = undefined;
    for (const waiting of this.#waiting) this.#start(waiting);
  }

  #start(waiting: Waiting): void {
    waiting.since = performance.now();
    waiting.timer = setTimeout(() => {
      this.#waiting.delete(waiting);
      waiting.act();
    }, Math.max(0, waiting.left));
  }

  #callOff(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
  }
}
