import { errorWords, pageOf } from '../../trace/event-words';
import { isAbandoned } from '../abandoned';
import type { Rule } from '../rule';

export const leakedOnError: Rule = {
  id: 'leaked-on-error',
  severity: 'warning',
  page: pageOf('InternetCloseHandle'),
  says: 'The last call with a handle failed, and the handle was left open on that path.',
  fix: 'Close what was opened before the call that failed, in its error branch.',
  watch: (scene) => ({
    end: (tell, ending) => {
      for (const node of scene.liveNodes()) {
        const failure = scene.lastUse(node.id)?.failure;
        if (failure === undefined || !isAbandoned(node, scene, ending)) continue;
        tell({
          handles: [node.id], events: [failure.seq, failure.call, node.createdBy],
          message: `${failure.api} (event ${failure.call}) failed with ${errorWords(failure.error)}, and ${scene.name(node.id)} was left open.`,
        });
      }
    },
  }),
};
