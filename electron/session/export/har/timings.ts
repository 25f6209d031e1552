import type { Timings } from 'har-format';
import type { HttpPhaseKind } from '../../../../preload/contract/http-exchange';

/** The time in each phase as HAR counts it, in milliseconds: -1 for one that it never was in, 0 where HAR wants a number all the same. */
export function harTimings(spent: ReadonlyMap<HttpPhaseKind, number>): Timings {
  const optional = (phase: HttpPhaseKind): number => (spent.has(phase) ? milliseconds(spent.get(phase) ?? 0) : -1);
  const ssl = optional('ssl');
  // HAR 1.2: the time of ssl is included in connect too, for readers of HAR 1.1.
  const connect = ssl < 0 ? optional('connect') : milliseconds(ssl + Math.max(0, optional('connect')));
  return {
    blocked: optional('blocked'), dns: optional('dns'), connect, ssl,
    send: Math.max(0, optional('send')), wait: Math.max(0, optional('wait')), receive: Math.max(0, optional('receive')),
  };
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
