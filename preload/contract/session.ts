import type { Annotation } from './annotation';

/** Which recording the window shows: the live one, or a file beside it that can only be read. */
export interface ShownRecording {
  /** Grows whenever another recording is shown: what the window knows of the one before is void. */
  readonly epoch: number;
  /** When it began, its time 0, by the clock on the wall: milliseconds since 1970. */
  readonly startedAt: number;
  /** Undefined while the live recording is shown. */
  readonly file: ShownFile | undefined;
  /** Whether there are annotations, or in a live recording events, that no file holds. */
  readonly unsaved: boolean;
}

export interface ShownFile {
  readonly path: string;
  readonly name: string;
  /** What is wrong with it, a sentence each: cut short, damaged, entries that are no events. */
  readonly problems: readonly string[];
  /** Part of the events that the rules have looked at, from 0 to 1. */
  readonly checked: number;
}

/** A file that is being read. */
export interface Opening {
  readonly name: string;
  /** From 0 to 1. */
  readonly part: number;
  readonly events: number;
}

/** What people added to the shown recording; a new list when it has changed. */
export type Annotations = readonly Annotation[];

/** A recording that can be opened again. */
export interface RecentRecording {
  readonly path: string;
  readonly name: string;
  readonly folder: string;
  /** ISO 8601 time at which it was used last, or began. */
  readonly at: string;
  /** A file that was opened or saved; a recording that was written as it happened, and whether a crash ended it. */
  readonly kind: 'file' | 'recording' | 'crashed';
  /** Bytes on the disk. */
  readonly size: number;
}

/** Our own files. */
export const RECORDING_EXTENSIONS = ['hinspect', 'hjournal'] as const;
/** What other programs write; what a file is is told by its content. */
export const IMPORT_EXTENSIONS = ['xml', 'csv', 'har', 'json', 'txt'] as const;
