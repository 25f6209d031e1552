import type { Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';

export const noErrorAndCompletion: Rule = {
  id: 'no-error-and-completion',
  severity: 'warning',
  page: pageOf('HttpReceiveHttpRequest'),
  says: 'A call with an OVERLAPPED answered NO_ERROR and completed too; who takes both takes it twice.',
  fix: 'On NO_ERROR wait for the completion all the same, or set FILE_SKIP_COMPLETION_PORT_ON_SUCCESS and do not.',
  watch: (scene, report) => {
    const answered = new BoundedMap<Seq, Seq>();
    const completed = new BoundedMap<Seq, Seq>();
    const both = (api: string, handle: Parameters<typeof scene.name>[0], call: Seq, events: readonly Seq[]): void => {
      report({
        handles: [handle], events: [...events, call],
        message: `${api} (event ${call}) on ${scene.name(handle)} answered NO_ERROR and completed through its OVERLAPPED as well (events ${events.join(' and ')}).`,
      });
    };
    return {
      returned: (event, call) => {
        if (event.outcome !== 'success' || call === undefined || (call.args['Overlapped'] ?? '0x0') === '0x0') return;
        const early = completed.get(event.call);
        if (early === undefined) answered.set(event.call, event.seq);
        else both(event.api, event.handle, event.call, [early, event.seq]);
      },
      completion: (event) => {
        completed.set(event.completes, event.seq);
        const returned = answered.get(event.completes);
        if (returned !== undefined) both(event.api, event.handle, event.completes, [returned, event.seq]);
      },
    };
  },
};
