import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, isCloser } from '../scene';
import { milliseconds } from '../../../preload/contract/number-words';

export const noUseAfterClose: Rule = {
  id: 'no-use-after-close',
  severity: 'error',
  page: pageOf('InternetCloseHandle'),
  says: 'A function was called with a handle that was closed before.',
  fix: 'Set the variable to NULL where the handle is closed, and let whoever closes it wait for those who use it.',
  watch: (scene, report) => ({
    call: (event) => {
      const closed = event.handle === undefined ? undefined : scene.closedBy(event.handle);
      if (closed === undefined || closed.root !== event.handle || isCloser(event.api)) return;
      report({
        handles: [event.handle], events: [event.seq, closed.call.seq], culprit: event,
        message: `${called(event)} on thread ${event.thread} used ${scene.name(event.handle)}, which ${called(closed.call)} had closed `
          + `${milliseconds(event.time - closed.call.time)} before on thread ${closed.call.thread}${closed.call.origin === '' ? '' : `, by ${closed.call.origin}`}.`,
      });
    },
  }),
};
