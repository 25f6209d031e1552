import { HTTP_LIMIT_INFINITE } from './server-limits';

/** Milliseconds that even the smallest send has, so that the time of a moment is nobody's fault. */
const GRACE = 1000;
const LONGEST_TIMER = 0x7fffffff;

/** Minds that a client takes its response at the rate that is due at least (HTTP_TIMEOUT_LIMIT_INFO, MinSendRate). */
export class SendRateTimer {
  private timeout: NodeJS.Timeout | undefined;

  constructor(private readonly onTooSlow: () => void) {}

  /** So many bytes wait for the client, which has to take them at `rate` bytes a second; HTTP_LIMIT_INFINITE: at any. */
  run(bytes: number, rate: number): void {
    this.stop();
    if (rate === HTTP_LIMIT_INFINITE) return;
    this.timeout = setTimeout(this.onTooSlow, Math.min((bytes / rate) * 1000 + GRACE, LONGEST_TIMER));
    this.timeout.unref();
  }

  stop(): void {
    clearTimeout(this.timeout);
    this.timeout = undefined;
  }
}
