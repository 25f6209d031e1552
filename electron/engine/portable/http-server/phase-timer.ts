import type { Timer } from './server-limits';

/** Timers that every further piece of data sets anew; the others count from their start. */
const RENEWED: ReadonlySet<Timer> = new Set(['EntityBody', 'IdleConnection']);
const LONGEST_TIMER = 0x7fffffff;

/** The one timer of a connection that runs at a time: which one depends on what it waits for. */
export class PhaseTimer {
  private phase: Timer | undefined;
  private timeout: NodeJS.Timeout | undefined;

  constructor(private readonly onEnd: (phase: Timer) => void) {}

  /** Runs a timer of so many milliseconds; one that runs already goes on, unless data renews it. */
  run(phase: Timer, milliseconds: number): void {
    if (phase === this.phase && !RENEWED.has(phase)) return;
    this.stop();
    this.phase = phase;
    this.timeout = setTimeout(() => {
      this.stop();
      this.onEnd(phase);
    }, Math.min(milliseconds, LONGEST_TIMER));
    // A connection that waits does not keep the program running.
    this.timeout.unref();
  }

  stop(): void {
    clearTimeout(this.timeout);
    this.timeout = undefined;
    this.phase = undefined;
  }
}
