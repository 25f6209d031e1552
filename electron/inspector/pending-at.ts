import type { PendingCall } from '../../preload/contract/handle';
import { seq, type HandleId } from '../../preload/contract/ids';
import { isCloser } from '../rules/scene';
import type { Trace } from '../trace/trace';

export interface PendingThen extends PendingCall {
  readonly handle: HandleId;
}

/** The calls on some handles that had answered ERROR_IO_PENDING before a moment of the trace and had not completed by then. */
export function pendingAt(trace: Trace, handles: ReadonlySet<HandleId>, from: number, moment: number): readonly PendingThen[] {
  const pending = new Map<number, PendingThen>();
  for (let place = Math.max(from, trace.log.first); place < moment; place += 1) {
    const handle = trace.log.handleAt(seq(place));
    if (handle === undefined || !handles.has(handle)) continue;
    const link = trace.log.linkAt(seq(place));
    const kind = trace.log.kindAt(seq(place));
    if (link === undefined || kind === 'call') continue;
    if (kind !== 'return') {
      pending.delete(link);
      continue;
    }
    const event = trace.log.at(seq(place));
    if (event.kind !== 'return' || event.outcome !== 'pending' || event.api === 'InternetCloseHandle' || completedBefore(trace, link, place)) continue;
    pending.set(link, { handle, call: link, api: event.api, since: trace.log.has(link) ? trace.log.timeAt(link) : event.time });
  }
  // Of a handle that was gone by then nobody heard how its calls ended: with a NULL context no callback tells.
  return [...pending.values()].filter(({ handle }) => !goneBefore(trace, handle, moment));
}

/** Windows does not order a completion and the return of its call. */
function completedBefore(trace: Trace, call: number, returned: number): boolean {
  for (let place = Math.max(call + 1, trace.log.first); place < returned; place += 1) {
    const kind = trace.log.kindAt(seq(place));
    if ((kind === 'callback' || kind === 'completion') && trace.log.linkAt(seq(place)) === call) return true;
  }
  return false;
}

export interface RunningThen extends PendingThen {
  readonly thread: number;
}

/** The calls on some handles that had been made before a moment of the trace and had not returned by then. */
export function runningAt(trace: Trace, handles: ReadonlySet<HandleId>, from: number, moment: number): readonly RunningThen[] {
  const running = new Set<number>();
  for (let place = Math.max(from, trace.log.first); place < moment; place += 1) {
    const handle = trace.log.handleAt(seq(place));
    if (handle === undefined || !handles.has(handle)) continue;
    const kind = trace.log.kindAt(seq(place));
    if (kind === 'call') running.add(place);
    const link = kind === 'return' ? trace.log.linkAt(seq(place)) : undefined;
    if (link !== undefined) running.delete(link);
  }
  return [...running].flatMap((place): readonly RunningThen[] => {
    const event = trace.log.at(seq(place));
    if (event.kind !== 'call' || event.handle === undefined || isCloser(event.api)) return [];
    return [{ handle: event.handle, call: event.seq, api: event.api, since: event.time, thread: event.thread }];
  });
}

function goneBefore(trace: Trace, handle: HandleId, moment: number): boolean {
  const endedAt = trace.tree.get(handle)?.endedAt;
  return endedAt !== undefined && trace.log.has(moment) && endedAt < trace.log.timeAt(seq(moment));
}
