import { performance } from 'node:perf_hooks';
import { HTTP_LIMIT_INFINITE } from './server-limits';

/** Pieces a second in which throttled data goes out, so that it flows and does not come in gushes. */
const PIECES_A_SECOND = 10;

/** Shares a bandwidth out among all who send under one limit (HTTP_BANDWIDTH_LIMIT_INFO). */
export class Throttle {
  private freeAt = 0;

  /** `limit`: bytes a second, or HTTP_LIMIT_INFINITE. */
  constructor(private readonly limit: () => number) {}

  /** The most bytes that may be sent at once. */
  get piece(): number {
    return this.limit() === HTTP_LIMIT_INFINITE ? Number.POSITIVE_INFINITY : Math.ceil(this.limit() / PIECES_A_SECOND);
  }

  /** Milliseconds until so many bytes may be sent, which then are counted. */
  delay(bytes: number): number {
    if (this.limit() === HTTP_LIMIT_INFINITE) return 0;
    const now = performance.now();
    const start = Math.max(now, this.freeAt);
    this.freeAt = start + (bytes / this.limit()) * 1000;
    return start - now;
  }
}
