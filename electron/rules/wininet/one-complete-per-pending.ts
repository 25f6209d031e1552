import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';

/** A call may be owed its completion for a long time; this long after everything else on its handle is over, it is lost. In milliseconds. */
const LONG_OWED = 30_000;

export const oneCompletePerPending: Rule = {
  id: 'one-complete-per-pending',
  severity: 'error',
  page: pageOf('InternetOpen'),
  says: 'A call that answered ERROR_IO_PENDING has no REQUEST_COMPLETE although its handle is gone, or a REQUEST_COMPLETE belongs to no call.',
  fix: 'Keep a count of what pends: one REQUEST_COMPLETE for each call that answered 997, none for one that answered at once.',
  watch: (scene, report) => {
    const ended = new BoundedMap<HandleId, HandleNode>();
    const used = new BoundedMap<HandleId, true>();
    return {
      returned: (event, call) => {
        if (event.handle !== undefined && call?.handle !== undefined && event.api !== 'InternetCloseHandle') used.set(event.handle, true);
      },
      callback: (event) => {
        if (event.status !== INTERNET_STATUS.INTERNET_STATUS_REQUEST_COMPLETE || event.handle === undefined) return;
        const node = scene.node(event.handle);
        if (node !== undefined && node.pending.length === 0) ended.delete(event.handle);
        // An asynchronous open may complete on a handle that no recorded call is about.
        if (event.completes !== undefined || !used.has(event.handle)) return;
        report({
          handles: [event.handle], events: [event.seq],
          message: `REQUEST_COMPLETE (event ${event.seq}) on ${scene.name(event.handle)} belongs to no call that pends: that call answered at once, or completed before.`,
        });
      },
      state: (node) => {
        if (node.state === 'closed' && node.context !== undefined && node.pending.length > 0) ended.set(node.id, node);
      },
      end: (tell, { now, final }) => {
        for (const node of ended.values()) {
          if (!final && now - (node.endedAt ?? now) < LONG_OWED) continue;
          for (const { api, call } of scene.node(node.id)?.pending ?? []) {
            tell({
              handles: [node.id], events: [call],
              message: `${api} (event ${call}) on ${scene.name(node.id)} answered ERROR_IO_PENDING, and its handle closed without a REQUEST_COMPLETE.`,
            });
          }
        }
      },
    };
  },
};
