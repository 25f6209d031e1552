import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, isCloser } from '../scene';

export const childOutlivesParent: Rule = {
  id: 'child-outlives-parent',
  severity: 'error',
  page: pageOf('InternetCloseHandle'),
  says: 'A handle was used, or closed, after a handle above it was closed and took it along.',
  fix: 'Close the children first; once the parent is closed, forget them.',
  watch: (scene, report) => ({
    call: (event) => {
      const closed = event.handle === undefined ? undefined : scene.closedBy(event.handle);
      if (closed === undefined || closed.root === event.handle) return;
      report({
        handles: [event.handle, closed.root], events: [event.seq, closed.call.seq], culprit: event,
        message: `${called(event)} ${isCloser(event.api) ? 'closed' : 'used'} ${scene.name(event.handle)}, which ${called(closed.call)} had closed with ${scene.name(closed.root)}.`,
      });
    },
  }),
};
