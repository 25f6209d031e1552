import type { Rule } from '../rule';
import { pageOf } from '../../trace/event-words';
import { idleSince, isAbandoned } from '../abandoned';

export const handleLeaked: Rule = {
  id: 'handle-leaked',
  severity: 'warning',
  page: pageOf('InternetCloseHandle'),
  says: 'A handle is open and idle, and nobody has closed it by the end of the session.',
  fix: 'Close it where its owner ends; the leak view names the call that made it.',
  watch: (scene) => ({
    end: (tell, ending) => {
      for (const node of scene.liveNodes()) {
        if (!isAbandoned(node, scene, ending) || scene.lastUse(node.id)?.failure !== undefined) continue;
        tell({
          handles: [node.id], events: [node.createdBy],
          message: `${scene.name(node.id)} (made by event ${node.createdBy}) was never closed; it has been idle for ${idleSince(node, scene, ending)} ms.`,
        });
      }
    },
  }),
};
