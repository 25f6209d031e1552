import { parentPort, workerData } from 'node:worker_threads';
import { importFile } from './import-file';
import { isImportTask, isToWorker, MOST_AHEAD, type FromWorker } from './import-messages';

/** Reads one file on a thread of its own and hands its events over, a few batches ahead of who takes them and no more. */
async function work(): Promise<void> {
  const task: unknown = workerData;
  if (parentPort === null || !isImportTask(task)) throw new Error('This file is started by Hinspector, to read a file in a thread of its own.');
  const port = parentPort;
  const post = (message: FromWorker): void => port.postMessage(message);
  const stop = new AbortController();
  let ahead = 0;
  let go: (() => void) | undefined;
  port.on('message', (message: unknown) => {
    if (!isToWorker(message)) return;
    if (message === 'stop') stop.abort();
    ahead -= 1;
    go?.();
  });
  const result = await importFile(task.file, {
    signal: stop.signal,
    progress: (progress) => post({ kind: 'progress', progress }),
    take: async (events) => {
      post({ kind: 'events', events });
      ahead += 1;
      while (ahead >= MOST_AHEAD && !stop.signal.aborted) await new Promise<void>((resolve) => { go = resolve; });
    },
  });
  post({ kind: 'done', result });
  // The port would keep the thread.
  port.close();
}

void work();
