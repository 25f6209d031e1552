import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called } from '../scene';

export const oneDemandStartPerQueue: Rule = {
  id: 'one-demand-start-per-queue',
  severity: 'error',
  page: pageOf('HttpWaitForDemandStart'),
  says: 'A second HttpWaitForDemandStart pends on a request queue; only one may be registered at a time.',
  fix: 'Keep one wait per queue and register it again when it completes.',
  watch: (scene, report) => ({
    returned: (event, call) => {
      if (event.api !== 'HttpWaitForDemandStart' || event.outcome !== 'pending' || call === undefined) return;
      const first = scene.node(event.handle)?.pending.find((one) => one.api === event.api && one.call !== event.call);
      if (first === undefined) return;
      report({
        handles: [event.handle], events: [call.seq, first.call], culprit: call,
        message: `${called(call)} pends on ${scene.name(event.handle)} while the one of event ${first.call} still does.`,
      });
    },
  }),
};
