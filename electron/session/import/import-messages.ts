import type { NewEvent } from '../../../preload/contract/event';
import type { Result } from '../../../preload/contract/result';
import type { Imported, ImportProgress } from './import-file';

/** What the thread is started with. */
export interface ImportTask {
  readonly task: 'hinspector-import';
  readonly file: string;
}

export type FromWorker =
  | { readonly kind: 'events'; readonly events: readonly NewEvent[] }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'done'; readonly result: Result<Imported, string> };

/** A batch was taken in; or nothing more is wanted. */
export type ToWorker = 'taken' | 'stop';

/** Batches that the thread may be ahead. */
export const MOST_AHEAD = 4;

export function isImportTask(data: unknown): data is ImportTask {
  return typeof data === 'object' && data !== null && 'task' in data && data.task === 'hinspector-import' && 'file' in data && typeof data.file === 'string';
}

export function isToWorker(message: unknown): message is ToWorker {
  return message === 'taken' || message === 'stop';
}
