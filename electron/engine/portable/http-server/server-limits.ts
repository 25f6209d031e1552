/** The timers of HTTP_TIMEOUT_LIMIT_INFO, in seconds. */
export const TIMERS = ['EntityBody', 'DrainEntityBody', 'RequestQueue', 'IdleConnection', 'HeaderWait'] as const;
export type Timer = (typeof TIMERS)[number];
export type TimerSettings = Readonly<Record<Timer, number>> & { readonly MinSendRate: number };

/** Seconds of every timer that nobody has set (HTTP_TIMEOUT_LIMIT_INFO, remarks). */
export const DEFAULT_TIMER = 120;
/** Bytes a second that a client takes of its response at least, where nobody has set it (MinSendRate). */
export const DEFAULT_SEND_RATE = 150;
/** No limit; as a MinSendRate it turns the timer off. */
export const HTTP_LIMIT_INFINITE = 0xffffffff;

/** What a server session or a URL group can be configured with; what was never set is undefined. */
export class ServerLimits {
  /** HttpServerStateProperty. */
  active = true;
  /** HttpServerTimeoutsProperty; a timer of 0 is left to whoever is asked next. */
  timers: TimerSettings | undefined;
  /** Bytes a second (HTTP_BANDWIDTH_LIMIT_INFO). */
  bandwidth = HTTP_LIMIT_INFINITE;
  /** Connections served at a time (HTTP_CONNECTION_LIMIT_INFO). */
  connections = HTTP_LIMIT_INFINITE;
}

/** The first that sets a timer or the rate, in the order of precedence; 0 sets none. */
export function effectiveTimer(timer: Timer | 'MinSendRate', settings: readonly (TimerSettings | undefined)[], otherwise: number): number {
  for (const setting of settings) if (setting !== undefined && setting[timer] !== 0) return setting[timer];
  return otherwise;
}
