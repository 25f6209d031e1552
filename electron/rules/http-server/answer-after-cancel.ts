import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called } from '../scene';
import { milliseconds } from '../../../preload/contract/number-words';

export const answerAfterCancel: Rule = {
  id: 'answer-after-cancel',
  severity: 'error',
  page: pageOf('HttpCancelHttpRequest'),
  says: 'An answer was sent to a request that was cancelled before.',
  fix: 'Let whoever cancels a request tell whoever answers it, and drop its id in one place.',
  watch: (scene, report) => ({
    call: (event) => {
      const node = scene.node(event.handle);
      if (node?.kind !== 'server-request' || node.state !== 'cancelled') return;
      if (event.api !== 'HttpSendHttpResponse' && event.api !== 'HttpSendResponseEntityBody') return;
      report({
        handles: [node.id], events: [event.seq], culprit: event,
        message: `${called(event)} answered ${scene.name(node.id)}, which was cancelled ${milliseconds(event.time - (node.endedAt ?? event.time))} before.`,
      });
    },
  }),
};
