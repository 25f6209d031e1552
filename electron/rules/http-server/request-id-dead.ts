import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { pageOf } from '../../trace/event-words';
import { howItEnded } from '../request-end';
import type { Rule } from '../rule';
import { called } from '../scene';

export const requestIdDead: Rule = {
  id: 'request-id-dead',
  severity: 'note',
  page: pageOf('HttpReceiveHttpRequest'),
  says: 'A call got ERROR_CONNECTION_INVALID (1229); the finding says what became of the request or its connection.',
  fix: 'Take 1229 as the end of the request; only an id that was never received is a mistake.',
  watch: (scene, report) => ({
    returned: (event, call) => {
      if (event.error !== WIN32_ERRORS.ERROR_CONNECTION_INVALID || event.api === 'HttpCancelHttpRequest' || call === undefined) return;
      report({
        handles: [event.handle], events: [call.seq, event.seq], culprit: call,
        message: `${called(call)} gave 1229 ERROR_CONNECTION_INVALID: ${howItEnded(scene, call)}.`,
      });
    },
  }),
};
