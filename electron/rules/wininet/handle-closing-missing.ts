import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';

/** A close with nothing left to complete is done by then, in milliseconds. */
const LONG_OWED = 2000;

export const handleClosingMissing: Rule = {
  id: 'handle-closing-missing',
  severity: 'error',
  page: pageOf('InternetCloseHandle'),
  says: 'A closed handle with a callback and a non-NULL context got no HANDLE_CLOSING.',
  fix: 'Do not wait for it without a limit, and look for a callback that never returns: it holds the thread that would make it.',
  watch: (scene, report) => {
    const owed = new Map<HandleId, HandleNode>();
    const tellOf = (node: HandleNode, events: readonly Seq[], proof: string): void => {
      owed.delete(node.id);
      report({ handles: [node.id], events, message: `${scene.name(node.id)} was closed and got no HANDLE_CLOSING, although ${proof}.` });
    };
    return {
      state: (node, before, event) => {
        if (node.state === 'closing') owed.set(node.id, node);
        else owed.delete(node.id);
        if (before !== undefined || node.context === undefined) return;
        for (const other of owed.values()) {
          // A value that is given out again is the proof that its handle is gone.
          if (other.raw === node.raw && other.id !== node.id) tellOf(other, [event.seq], `its value ${node.raw} was given out again (event ${event.seq})`);
        }
      },
      callback: (event) => {
        if (event.status !== INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING || event.payload.kind !== 'handle' || event.payload.handle === undefined) return;
        for (const child of scene.tree.childrenOf(event.payload.handle)) {
          const node = owed.get(child);
          if (node !== undefined) tellOf(node, [event.seq], `its parent ${scene.name(event.payload.handle)} closed (event ${event.seq})`);
        }
      },
      end: (tell, { now }) => {
        for (const { id } of owed.values()) {
          const node = scene.node(id);
          const since = node?.closeRequestedAt;
          if (node === undefined || since === undefined || node.pending.length > 0 || now - since < LONG_OWED) continue;
          tell({
            handles: [id], events: [scene.closedBy(id)?.call.seq ?? node.createdBy],
            message: `${scene.name(id)} has been waiting for its HANDLE_CLOSING for ${Math.round(now - since)} ms, with nothing pending.`,
          });
        }
      },
    };
  },
};
