import type { Annotation } from '../../preload/contract/annotation';
import type { Result } from '../../preload/contract/result';
import type { SessionHeader } from './format';
import type { ImportFormat } from './import/detect-format';
import type { Imported, ImportOptions } from './import/import-file';

/** How much of a file was there to be read. */
export interface LoadedCounts {
  readonly events: number;
  /** What stood among the events and is none: counted, replaced by a note, and not fatal. */
  readonly invalid: number;
  /** Events that damaged parts of the file held: they are lost. */
  readonly lost: number;
  /** The file ended before its end; what is there was recovered. */
  readonly truncated: boolean;
}

export interface Loaded extends LoadedCounts {
  /** What another program wrote it as; undefined for a recording of ours. */
  readonly imported?: ImportFormat;
  readonly header: SessionHeader;
  readonly annotations: readonly Annotation[];
}

/** Reads a file of another program: in this thread, or in one of its own. */
export type ImportRunner = (file: string, options: ImportOptions) => Promise<Result<Imported, string>>;

export interface LoadOptions {
  /** Stops it; the trace is then to be thrown away. */
  readonly signal?: AbortSignal;
  /** Told after each piece: from 0 to 1, and the events so far. */
  readonly onProgress?: (part: number, events: number) => void;
  /** Where files of other programs are read: in this thread unless said otherwise. */
  readonly runImport?: ImportRunner;
}
