import { seq } from '../../../../preload/contract/ids';
import type { ExportSource, Progress, TextPieces } from '../export-source';
import { handleTrack, trackName } from './handle-tracks';
import { ThreadTracks } from './thread-tracks';
import { HANDLES, THREADS, type TraceEventRecord } from './trace-event';

/** Events between two tellings of the progress. */
const STEP = 1024;

/**
 * The trace in the Trace Event Format (JSON object form), which Perfetto, chrome://tracing and speedscope open: the threads
 * as one process, the handles as another, a track each.
 */
export function* traceEventPieces(source: ExportSource, progress: Progress): TextPieces {
  const { trace: { log, tree, spans }, end, application, startedAt } = source;
  const about = { recorder: `Hinspector ${application}`, 'trace-start': new Date(startedAt).toISOString(), dropped: String(log.dropped) };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[\n`;
  yield line({ ph: 'M', name: 'process_name', pid: THREADS, tid: 0, args: { name: 'Threads' } });
  yield line({ ph: 'M', name: 'process_sort_index', pid: THREADS, tid: 0, args: { sort_index: 1 } });
  yield line({ ph: 'M', name: 'process_sort_index', pid: HANDLES, tid: 0, args: { sort_index: 2 } });
  const threads = new ThreadTracks();
  for (let index: number = log.first; index < end; index += 1) {
    yield threads.apply(log.at(seq(index))).map((record) => line(record)).join('');
    if (index % STEP === 0) progress(index, end);
  }
  const last = end > log.first ? log.timeAt(seq(end - 1)) : 0;
  yield threads.end(last).map((record) => line(record)).join('');
  for (const thread of threads.threads) {
    yield line({ ph: 'M', name: 'thread_name', pid: THREADS, tid: thread, args: { name: thread === 0 ? 'a thread of the pool' : `Thread ${thread}` } });
  }
  for (const node of tree.all()) {
    const lane = spans.lane(node.id);
    if (lane === undefined || node.createdBy >= end) continue;
    yield line({ ph: 'M', name: 'thread_name', pid: HANDLES, tid: node.id, args: { name: trackName(node) } });
    yield line({ ph: 'M', name: 'thread_sort_index', pid: HANDLES, tid: node.id, args: { sort_index: node.id } });
    yield handleTrack(node, lane, last).map((record) => line(record)).join('');
  }
  // Last, because a list in JSON ends without a comma.
  yield `${JSON.stringify({ ph: 'M', name: 'process_name', pid: HANDLES, tid: 0, args: { name: 'Handles' } } satisfies TraceEventRecord)}\n]}\n`;
}

function line(record: TraceEventRecord): string {
  return `${JSON.stringify(record)},\n`;
}
