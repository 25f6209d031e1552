import type { Socket } from 'node:net';
import { PacedWriter } from './paced-writer';
import { SendRateTimer } from './send-rate-timer';
import { DEFAULT_SEND_RATE } from './server-limits';
import type { Throttle } from './throttle';

/** How fast, and how slowly, responses may go. */
export interface SendLimits {
  /** What responses have to pass before they are sent. */
  throttles(): readonly Throttle[];
  /** Bytes a second that a client has to take of a response. */
  minSendRate(): number;
}

/** Sends what responses are made of within the limits of whom they are sent for: not faster than may be, nor more slowly. */
export class ResponseWriter {
  private stopped = false;
  private readonly paced = new PacedWriter((bytes, taken) => this.put(bytes, taken));
  private readonly sendRate: SendRateTimer;

  constructor(
    private readonly socket: Socket,
    /** Whose limits hold now. */
    private readonly owner: () => SendLimits | undefined,
    onTooSlow: () => void,
  ) {
    this.sendRate = new SendRateTimer(onTooSlow);
  }

  /**
   * Writes bytes. True when the system has taken them all; else `later` is called once it has, unless the writer is
   * stopped before.
   */
  write(bytes: Uint8Array, later: () => void): boolean {
    const throttles = this.owner()?.throttles() ?? [];
    if (PacedWriter.needed(throttles)) {
      this.paced.send(bytes, throttles, later);
      return false;
    }
    let taken = false;
    this.put(bytes, () => {
      if (!taken) later();
    });
    taken = this.socket.writableLength === 0;
    return taken;
  }

  /** The connection is over: what was not sent yet never is. */
  stop(): void {
    this.stopped = true;
    this.paced.stop();
    this.sendRate.stop();
  }

  private put(bytes: Uint8Array, taken: () => void): void {
    if (this.stopped) return;
    this.socket.write(bytes, (error) => {
      if (error instanceof Error || this.stopped) return;
      if (this.socket.writableLength === 0) this.sendRate.stop();
      taken();
    });
    const { writableLength: waiting } = this.socket;
    if (waiting > 0) this.sendRate.run(waiting, this.owner()?.minSendRate() ?? DEFAULT_SEND_RATE);
  }
}
