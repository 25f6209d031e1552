import type { HandleId, Seq } from '../../preload/contract/ids';

/**
 * Handles that have ended, in the order of the last event that told of each: once that has left the history, nothing is
 * left that the handle could be looked up for.
 */
export class EndedHandles {
  /** A Map keeps the order in which its keys were set. */
  private readonly lastSeen = new Map<HandleId, Seq>();

  end(id: HandleId, place: Seq): void {
    this.lastSeen.set(id, place);
  }

  /** An event tells of a handle once more after its end: a late callback, a call that uses it after its close. */
  seen(id: HandleId, place: Seq): void {
    if (this.lastSeen.delete(id)) this.lastSeen.set(id, place);
  }

  /** Those whose last event lies before `first`, the longest ended first. What is not forgotten is told of again. */
  *due(first: Seq): Generator<HandleId> {
    for (const [id, place] of this.lastSeen) {
      if (place >= first) return;
      yield id;
    }
  }

  forget(id: HandleId): void {
    this.lastSeen.delete(id);
  }
}
