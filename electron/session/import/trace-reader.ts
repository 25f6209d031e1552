import type { NewEvent } from '../../../preload/contract/event';

/** Takes the next event of an import; its time is milliseconds since the first. */
export type Emit = (event: NewEvent & { readonly time: number }) => void;

/**
 * Reads one format, piece by piece, and emits events in the order of their time. What it keeps is bounded by what is open
 * at one time, never by the file.
 */
export interface TraceReader {
  /** The next piece of the text. The answer is a sentence when the file cannot be read any further. */
  write(text: string): string | undefined;
  /** The text is over. The answer is a sentence when that was nothing that could be read. */
  end(): string | undefined;
  readonly counts: ReadCounts;
  /** When its first event was, in milliseconds since 1970; undefined where the text does not say. */
  readonly startedAt: number | undefined;
}

export interface ReadCounts {
  /** Entries that are damaged: counted, and not fatal. */
  readonly invalid: number;
  /** Where the first of them is and what is wrong with it. */
  readonly firstInvalid: string | undefined;
  /** Entries that are fine and tell nothing of handles. */
  readonly skipped: number;
  /** The file ends before its end; what is there was read. */
  readonly truncated: boolean;
}

/** Counts that a reader keeps; its answer is a copy. */
export class Tally {
  private invalid = 0;
  private first: string | undefined;
  skipped = 0;
  truncated = false;

  /** @param where "line 12", and what is wrong there */
  damaged(where: string): void {
    this.invalid += 1;
    this.first ??= where;
  }

  get counts(): ReadCounts {
    return { invalid: this.invalid, firstInvalid: this.first, skipped: this.skipped, truncated: this.truncated };
  }
}
