import type { HandleNode } from '../../../preload/contract/handle';
import type { Seq } from '../../../preload/contract/ids';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

interface Silent {
  readonly node: HandleNode;
  readonly close: Seq;
  readonly thread: number;
  readonly reason: string;
}

export const noClosingWillCome: Rule = {
  id: 'no-closing-will-come',
  severity: 'warning',
  page: pageOf('InternetCloseHandle'),
  says: 'An asynchronous handle was closed that gets no HANDLE_CLOSING, because its context is NULL or it has no callback; a wait for it would hang.',
  fix: 'Give the call that makes the handle a non-NULL dwContext, and set the callback before; or do not wait for HANDLE_CLOSING.',
  watch: (scene, report) => {
    /** The latest close of each thread: what that thread waits for next may be its HANDLE_CLOSING. */
    const silent = new BoundedMap<number, Silent>();
    const waits = new Map<Seq, Silent>();
    return {
      call: (event) => {
        if (event.api !== 'WaitForSingleObject') return;
        const closed = silent.get(event.thread);
        if (closed !== undefined) waits.set(event.seq, closed);
        silent.delete(event.thread);
      },
      returned: (event, call) => {
        const waited = waits.get(event.call);
        waits.delete(event.call);
        if (waited !== undefined && event.returns === WIN32_ERRORS.WAIT_TIMEOUT) {
          report({
            handles: [waited.node.id], events: [event.call, waited.close], culprit: call,
            message: `The wait (event ${event.call}) after the close of ${scene.name(waited.node.id)} ran out: ${waited.reason}, so no HANDLE_CLOSING can come.`,
          });
        }
        if (event.api !== 'InternetCloseHandle' || event.outcome === 'failure' || call?.handle === undefined) return;
        for (const id of scene.tree.subtree(call.handle)) {
          const node = scene.node(id);
          const reason = node === undefined ? undefined : silence(node, scene.closedBy(id) !== undefined);
          if (node === undefined || reason === undefined) continue;
          silent.set(event.thread, { node, close: call.seq, thread: event.thread, reason });
          report({
            handles: [id], events: [call.seq], severity: 'note', culprit: call,
            message: `${called(call)} closed ${scene.name(id)}, for which no HANDLE_CLOSING is made: ${reason}.`,
          });
        }
      },
      end: (tell, { now, final }) => {
        for (const [wait, { node, close, reason }] of waits) {
          const began = scene.call(wait)?.time ?? now;
          if (!final && now - began < LONG_WAIT) continue;
          tell({
            handles: [node.id], events: [wait, close],
            message: `The wait (event ${wait}) after the close of ${scene.name(node.id)} has not ended: ${reason}, so no HANDLE_CLOSING can come.`,
          });
        }
      },
    };
  },
};

/** A wait that lasts longer is told of, in milliseconds. */
const LONG_WAIT = 5000;

/** Why no HANDLE_CLOSING comes of a handle that seems made to have one. A session has no context of its own to give. */
function silence(node: HandleNode, closedBefore: boolean): string | undefined {
  if (closedBefore || node.kind === 'session' || node.context === undefined || node.asynchronous !== true) return undefined;
  const context = node.context !== '0x0';
  if (node.hasCallback === context) return undefined;
  return context ? 'it has a context and no callback' : 'its context is NULL';
}
