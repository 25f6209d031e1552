import type { Throttle } from './throttle';

/** Sends data through throttles, piece by piece, each when its time has come. */
export class PacedWriter {
  private timer: NodeJS.Timeout | undefined;

  /** `write` puts bytes on the wire and calls back when the system has taken them. */
  constructor(private readonly write: (bytes: Uint8Array, taken: () => void) => void) {}

  /** False when there is nothing to wait for: then nothing was sent. */
  static needed(throttles: readonly Throttle[]): boolean {
    return throttles.some((throttle) => Number.isFinite(throttle.piece));
  }

  send(bytes: Uint8Array, throttles: readonly Throttle[], done: () => void): void {
    const length = Math.min(bytes.length, ...throttles.map((throttle) => throttle.piece));
    const wait = Math.max(0, ...throttles.map((throttle) => throttle.delay(length)));
    this.timer = setTimeout(() => {
      this.write(bytes.subarray(0, length), () => {
        if (length < bytes.length) this.send(bytes.subarray(length), throttles, done);
        else done();
      });
    }, wait);
  }

  /** What was not sent yet never is. */
  stop(): void {
    clearTimeout(this.timer);
  }
}
