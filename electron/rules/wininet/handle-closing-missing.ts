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
    /** The newest of a value, so that a value that is given out again is met in one step. */
    const byRaw = new Map<string, HandleId>();
    const settle = ({ id, raw }: HandleNode): void => {
      owed.delete(id);
      if (byRaw.get(raw) === id) byRaw.delete(raw);
    };
    const tellOf = (node: HandleNode, events: readonly Seq[], proof: string): void => {
      settle(node);
      report({ handles: [node.id], events, message: `${scene.name(node.id)} was closed and got no HANDLE_CLOSING, although ${proof}.` });
    };
    return {
      state: (node, before, event) => {
        if (before === undefined && node.context !== undefined) {
          // A value that is given out again is the proof that its handle is gone.
          const other = owed.get(byRaw.get(node.raw) ?? node.id);
          if (other !== undefined && other.id !== node.id) tellOf(other, [event.seq], `its value ${node.raw} was given out again (event ${event.seq})`);
        }
        if (node.state === 'closing') {
          owed.set(node.id, node);
          byRaw.set(node.raw, node.id);
        } else {
          settle(node);
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
          const close = scene.closedBy(id)?.call.seq ?? node.createdBy;
          tell({
            handles: [id], events: [close],
            message: `${scene.name(id)} (closed by event ${close}) has been waiting for its HANDLE_CLOSING for ${Math.round(now - since)} ms, with nothing pending.`,
          });
        }
      },
    };
  },
};
