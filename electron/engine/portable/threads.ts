import type { ThreadId } from '../engine';

/**
 * Threads as the engine's callers see them: an application thread and a pool whose numbers workers hold and
 * give back. Nothing runs in parallel here; the numbers say which work would.
 */
export class Threads {
  readonly main: ThreadId = 4;
  private readonly idle: ThreadId[] = [];
  private last: ThreadId = this.main;

  /** A pool thread for one worker, the lowest that is free. */
  acquire(): ThreadId {
    const reused = this.idle.shift();
    if (reused !== undefined) return reused;
    // Windows numbers threads in steps of four.
    this.last += 4;
    return this.last;
  }

  release(thread: ThreadId): void {
    const at = this.idle.findIndex((other) => other > thread);
    this.idle.splice(at < 0 ? this.idle.length : at, 0, thread);
  }
}
