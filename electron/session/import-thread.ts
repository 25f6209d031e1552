import { Worker } from 'node:worker_threads';
import { err, type Result } from '../../preload/contract/result';
import { importFile, type Imported } from './import/import-file';
import type { FromWorker, ImportTask, ToWorker } from './import/import-messages';
import type { ImportRunner } from './loaded';

/** Memory of the thread, in MB: a file that takes more ends its own import and nothing else. */
const MOST_MEMORY = 1024;
const OUT_OF_MEMORY = 'ERR_WORKER_OUT_OF_MEMORY';

/**
 * Reads files of other programs on a thread of their own, so that hundreds of megabytes hold up no callback here.
 * @param script the bundle of electron/session/import/import-worker.ts
 * @param memory what the thread may take, in MB
 */
export function importOnThread(script: string, memory = MOST_MEMORY): ImportRunner {
  return (file, { take, progress, signal }) => new Promise<Result<Imported, string>>((resolve) => {
    const workerData: ImportTask = { task: 'hinspector-import', file };
    const worker = new Worker(script, { workerData, resourceLimits: { maxOldGenerationSizeMb: memory }, stdin: false });
    const tell = (message: ToWorker): void => worker.postMessage(message);
    const stop = (): void => tell('stop');
    signal?.addEventListener('abort', stop);
    if (signal?.aborted === true) stop();
    let settled = false;
    let begun = false;
    // Batches are taken in one after another, and the end after the last of them.
    let taking: Promise<void> = Promise.resolve();
    const settle = (result: Result<Imported, string>): void => {
      if (settled) return;
      settled = true;
      signal?.removeEventListener('abort', stop);
      void worker.terminate();
      resolve(result);
    };
    const refuse = (failure: unknown): void => settle(err(`${file} cannot be read: ${failure instanceof Error ? failure.message : String(failure)}`));
    worker.on('message', (message: FromWorker) => {
      begun = true;
      switch (message.kind) {
        case 'events':
          taking = taking.then(() => (settled ? undefined : take(message.events))).then(() => tell('taken'));
          taking.catch(refuse);
          break;
        case 'progress': progress?.(message.progress); break;
        case 'done': void taking.then(() => settle(message.result), refuse); break;
      }
    });
    worker.on('error', (failure: Error & { readonly code?: string }) => {
      if (!begun && failure.code !== OUT_OF_MEMORY) {
        // Not every Electron can start a thread from within its archive: then it is read here, a piece at a time.
        settled = true;
        signal?.removeEventListener('abort', stop);
        resolve(importFile(file, { take, ...(progress === undefined ? {} : { progress }), ...(signal === undefined ? {} : { signal }) }));
        return;
      }
      refuse(failure.code === OUT_OF_MEMORY ? new Error(`it takes more than ${memory} MB of memory. Record a shorter time, or fewer providers.`) : failure);
    });
    worker.on('exit', () => void taking.then(() => settle(err(`${file} cannot be read: its thread ended early.`)), refuse));
  });
}
