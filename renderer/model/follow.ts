import type { Viewport } from './time-scale';

/** How the view keeps up with live time: it grows from an anchor until it is as long as it may be, and slides then. */
export interface Follow {
  /** Milliseconds since the start of the trace: where the view begins as long as there is room. */
  readonly anchor: number;
  /** Milliseconds that are shown at most. */
  readonly longest: number;
}

/** What is shown before anything has happened. */
export const FIRST_VIEW: Viewport = { from: 0, to: 1000 };
export const FOLLOW_AT_FIRST: Follow = { anchor: 0, longest: 10_000 };

/** The least that is worth showing beside a request that takes no time. */
const LEAST = 20;

/** The view with a margin, so that neither the first nor the newest event stands on the edge. */
export function followViewport(follow: Follow, now: number): Viewport {
  const from = Math.max(follow.anchor, now - follow.longest);
  const shown = Math.max(LEAST, now - from);
  return { from: from - shown * 0.04, to: from + shown * 1.08 };
}

/** Live time as the window knows it: main says it with each update, and between two updates it runs on while it matters. */
export interface LiveClock {
  readonly now: number;
  /** When that was heard, on the window's own clock (milliseconds). */
  readonly heardAt: number;
  readonly running: boolean;
}

/**
 * The clock after an update. Time in which nothing happened and nothing is owed does not count: an update that only tells
 * that the rate has fallen leaves the view where the last event put it.
 */
export function clockAfter(before: LiveClock, told: LiveClock, happened: boolean): LiveClock {
  return happened || told.running || before.running ? told : { ...told, now: before.now };
}

export function liveNow(clock: LiveClock, windowTime: number): number {
  return clock.running ? clock.now + Math.max(0, windowTime - clock.heardAt) : clock.now;
}
