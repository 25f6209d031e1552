import type { PendingCall } from '../../preload/contract/handle';
import { seq, type HandleId } from '../../preload/contract/ids';
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
  return [...pending.values()];
}

/** Windows does not order a completion and the return of its call. */
function completedBefore(trace: Trace, call: number, returned: number): boolean {
  for (let place = Math.max(call + 1, trace.log.first); place < returned; place += 1) {
    const kind = trace.log.kindAt(seq(place));
    if ((kind === 'callback' || kind === 'completion') && trace.log.linkAt(seq(place)) === call) return true;
  }
  return false;
}
