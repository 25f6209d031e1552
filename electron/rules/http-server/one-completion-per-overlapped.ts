import type { Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';

export const oneCompletionPerOverlapped: Rule = {
  id: 'one-completion-per-overlapped',
  severity: 'error',
  page: pageOf('GetOverlappedResult'),
  says: 'A call with an OVERLAPPED completed more than once.',
  fix: 'Free what the call uses at its first completion, and take no second one for a new call.',
  watch: (scene, report) => {
    const completed = new BoundedMap<Seq, Seq>();
    return {
      completion: (event) => {
        const first = completed.get(event.completes);
        if (first === undefined) completed.set(event.completes, event.seq);
        else {
          report({
            handles: [event.handle], events: [event.seq, first, event.completes],
            message: `${event.api} (event ${event.completes}) on ${scene.name(event.handle)} completed a second time (event ${event.seq}); the first was event ${first}.`,
          });
        }
      },
    };
  },
};
