import type { Clock } from '../../../electron/inspector/answering/answerer';

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that goes on when the test says so. */
export class HandClock implements Clock {
  private now = 0;
  private readonly alarms = new Set<Alarm>();
  private asked = 0;
  private seen = 0;
  private heard: (() => void) | undefined;

  get waiting(): number {
    return this.alarms.size;
  }

  after(milliseconds: number, run: () => void): () => void {
    const alarm: Alarm = { at: this.now + milliseconds, run };
    this.alarms.add(alarm);
    this.asked += 1;
    this.heard?.();
    return () => this.alarms.delete(alarm);
  }

  /** Until something is asked of the clock that no call of this has told of yet. */
  async whenAsked(): Promise<void> {
    if (this.asked === this.seen) await new Promise<void>((resolve) => { this.heard = resolve; });
    this.heard = undefined;
    this.seen += 1;
  }

  pass(milliseconds: number): void {
    this.now += milliseconds;
    for (const alarm of [...this.alarms].sort((a, b) => a.at - b.at)) {
      if (alarm.at > this.now) break;
      this.alarms.delete(alarm);
      alarm.run();
    }
  }
}
