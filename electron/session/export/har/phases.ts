import type { Timings } from 'har-format';

export const PHASES = ['blocked', 'dns', 'connect', 'ssl', 'send', 'wait', 'receive'] as const;
export type Phase = (typeof PHASES)[number];

/**
 * Splits the time of an exchange into HAR's phases: at every moment it is in exactly one, so that they add up to the whole.
 * A phase may be entered again, by a request that is sent again on the way.
 */
export class PhaseClock {
  private readonly spent = new Map<Phase, number>();

  /** @param since milliseconds since the start of the trace */
  constructor(private phase: Phase, private since: number) {}

  enter(phase: Phase, time: number): void {
    this.spent.set(this.phase, (this.spent.get(this.phase) ?? 0) + Math.max(0, time - this.since));
    this.phase = phase;
    this.since = Math.max(this.since, time);
  }

  /** Takes the time of one phase for that of another, and goes on in that. */
  rename(from: Phase, to: Phase): void {
    if (this.phase === from) this.phase = to;
    const spent = this.spent.get(from);
    if (spent === undefined) return;
    this.spent.delete(from);
    this.spent.set(to, (this.spent.get(to) ?? 0) + spent);
  }

  /** Ends the exchange. Milliseconds; -1 for a phase that it never was in, 0 where HAR wants a number all the same. */
  timings(end: number): Timings {
    this.enter(this.phase, end);
    const { spent } = this;
    const optional = (phase: Phase): number => (spent.has(phase) ? milliseconds(spent.get(phase) ?? 0) : -1);
    const ssl = optional('ssl');
    // HAR 1.2: the time of ssl is included in connect too, for readers of HAR 1.1.
    const connect = ssl < 0 ? optional('connect') : milliseconds(ssl + Math.max(0, optional('connect')));
    return {
      blocked: optional('blocked'), dns: optional('dns'), connect, ssl,
      send: Math.max(0, optional('send')), wait: Math.max(0, optional('wait')), receive: Math.max(0, optional('receive')),
    };
  }
}

/** An entry's `time`: the sum of its timings without those that do not apply; ssl is part of connect. */
export function totalTime(timings: Timings): number {
  const { blocked = -1, dns = -1, connect = -1, send = 0, wait, receive } = timings;
  return milliseconds([blocked, dns, connect, send, wait, receive].reduce((sum, value) => sum + Math.max(0, value), 0));
}

/** To the microsecond, which is as exact as the trace is. */
function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}
