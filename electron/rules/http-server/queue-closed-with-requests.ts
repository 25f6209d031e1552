import type { HandleId, Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

interface Inside {
  readonly requests: readonly HandleId[];
  readonly receives: readonly Seq[];
}

export const queueClosedWithRequests: Rule = {
  id: 'queue-closed-with-requests',
  severity: 'warning',
  page: pageOf('HttpCloseRequestQueue'),
  says: 'A request queue was closed with requests in it that nobody answered, or with calls pending on it.',
  fix: 'Call HttpShutdownRequestQueue, let what is in flight end, then close the queue.',
  watch: (scene, report) => {
    const closing = new Map<Seq, Inside>();
    const shutDown = new BoundedMap<HandleId, true>();
    return {
      call: (event) => {
        const node = scene.node(event.handle);
        if (node?.kind !== 'request-queue' || node.state !== 'open' || (event.api !== 'HttpCloseRequestQueue' && event.api !== 'CloseHandle')) return;
        const requests = scene.tree.childrenOf(node.id).filter((id) => scene.node(id)?.state === 'open');
        const receives = shutDown.has(node.id) ? [] : node.pending.map(({ call }) => call);
        if (requests.length + receives.length > 0) closing.set(event.seq, { requests, receives });
      },
      returned: (event, call) => {
        if (event.api === 'HttpShutdownRequestQueue' && event.outcome === 'success' && event.handle !== undefined) shutDown.set(event.handle, true);
        const inside = closing.get(event.call);
        closing.delete(event.call);
        if (inside === undefined || event.outcome === 'failure' || call === undefined) return;
        const { requests, receives } = inside;
        const parts = [
          ...(requests.length === 0 ? [] : [`${scene.names(requests)} in it and not answered`]),
          ...(receives.length === 0 ? [] : [`${receives.length} pending on it (events ${receives.join(', ')}) and not shut down before`]),
        ];
        report({
          handles: [call.handle, ...requests], events: [call.seq, ...receives], culprit: call,
          // A receive that is cancelled by the close of its queue is how a server stops, by the page.
          ...(requests.length === 0 ? { severity: 'note' as const } : {}),
          message: `${called(call)} closed ${scene.name(call.handle)} with ${parts.join(', and ')}.`,
        });
      },
    };
  },
};
