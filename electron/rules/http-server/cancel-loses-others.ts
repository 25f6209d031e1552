import type { CallEvent } from '../../../preload/contract/event';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

export const cancelLosesOthers: Rule = {
  id: 'cancel-loses-others',
  severity: 'warning',
  page: pageOf('HttpCancelHttpRequest'),
  says: 'A cancelled request took others with it that were on the same connection.',
  fix: 'Answer with an error status where the others must live: a cancel closes the transport connection.',
  watch: (scene, report) => {
    const cancels = new BoundedMap<string, CallEvent>();
    return {
      call: (event) => {
        const connection = scene.node(event.handle)?.connectionId;
        if (event.api === 'HttpCancelHttpRequest' && connection !== undefined) cancels.set(connection, event);
      },
      connection: (event) => {
        const cancel = cancels.get(event.connectionId);
        if (cancel === undefined || event.what === 'accepted') return;
        cancels.delete(event.connectionId);
        const others = event.lost.filter((id) => id !== cancel.handle);
        if (others.length === 0) return;
        report({
          handles: [cancel.handle, ...others], events: [cancel.seq, event.seq], culprit: cancel,
          message: `${called(cancel)} of ${scene.name(cancel.handle)} closed connection ${event.connectionId} (event ${event.seq}), and ${scene.names(others)} went with it.`,
        });
      },
    };
  },
};
