import type { Annotation } from '../../../preload/contract/annotation';
import type { Trace } from '../../trace/trace';

/** How much of a recording a file holds. */
export interface SavedMark {
  readonly annotations: readonly Annotation[];
  /** Events that the recording had. */
  readonly events: number;
}

/** What of each recording is in a file that a person chose. The live one is shown by several desks, and saved for all of them. */
export class SavedMarks {
  private readonly marks = new WeakMap<Trace, SavedMark>();
  private readonly listeners = new Set<() => void>();

  of(recording: Trace): SavedMark | undefined {
    return this.marks.get(recording);
  }

  set(recording: Trace, mark: SavedMark): void {
    this.marks.set(recording, mark);
    for (const listener of this.listeners) listener();
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
