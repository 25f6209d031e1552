import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { pageOf } from '../../trace/event-words';
import { howItEnded } from '../request-end';
import type { Rule } from '../rule';
import { called } from '../scene';

export const cancelOfFinished: Rule = {
  id: 'cancel-of-finished',
  severity: 'warning',
  page: pageOf('HttpCancelHttpRequest'),
  says: 'HttpCancelHttpRequest was called for a request that is unknown or finished: ERROR_CONNECTION_INVALID (1229).',
  fix: 'Forget the id when the last part of the answer is sent, and when a call with it gives 1229.',
  watch: (scene, report) => ({
    returned: (event, call) => {
      if (event.api !== 'HttpCancelHttpRequest' || event.error !== WIN32_ERRORS.ERROR_CONNECTION_INVALID || call === undefined) return;
      report({
        handles: [event.handle], events: [call.seq, event.seq], culprit: call,
        message: `${called(call)} gave 1229 ERROR_CONNECTION_INVALID: ${howItEnded(scene, call)}.`,
      });
    },
  }),
};
