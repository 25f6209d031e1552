import { milliseconds } from '../../../preload/contract/number-words';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, isCloser } from '../scene';

export const closedTwice: Rule = {
  id: 'closed-twice',
  severity: 'error',
  page: pageOf('InternetCloseHandle'),
  says: 'A handle was closed that was closed before. Its value may by then be that of another handle.',
  fix: 'Close in one place, and set the variable to NULL there.',
  watch: (scene, report) => ({
    call: (event) => {
      const closed = event.handle === undefined ? undefined : scene.closedBy(event.handle);
      if (closed === undefined || closed.root !== event.handle || !isCloser(event.api)) return;
      report({
        handles: [event.handle], events: [event.seq, closed.call.seq], culprit: event,
        message: `${called(event)} closed ${scene.name(event.handle)} a second time; the first was ${called(closed.call)}, ${milliseconds(event.time - closed.call.time)} before.`,
      });
    },
    observed: (event) => {
      if (event.name !== 'WININET_HANDLE_CLOSE_FAILED' || event.error !== WIN32_ERRORS.ERROR_INVALID_HANDLE) return;
      const node = scene.node(event.handle);
      if (node?.endedAt === undefined) return;
      report({
        handles: [node.id], events: [event.seq, node.createdBy],
        message: `Thread ${event.thread} closed ${scene.name(node.id)} a second time (event ${event.seq}): it was closed ${milliseconds(event.time - node.endedAt)} before.`,
      });
    },
  }),
};
