import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';

/** While a server runs, a request without an answer is called forgotten when nothing happened with it for so long, in milliseconds. */
const FORGOTTEN = 30_000;

export const requestUnanswered: Rule = {
  id: 'request-unanswered',
  severity: 'warning',
  page: pageOf('HttpReceiveHttpRequest'),
  says: 'A request was received and never answered, cancelled or closed; its client waits.',
  fix: 'Answer it, or cancel it, on every path.',
  watch: (scene) => ({
    end: (tell, { now, final }) => {
      for (const node of scene.liveNodes()) {
        if (node.kind !== 'server-request') continue;
        const idle = now - (scene.lastUse(node.id)?.time ?? node.createdAt);
        if (!final && (idle < FORGOTTEN || node.pending.length > 0)) continue;
        tell({
          handles: [node.id, node.parent], events: [node.createdBy],
          message: `${scene.name(node.id)} was received (event ${node.createdBy}) and never answered or cancelled; nothing has happened with it for ${Math.round(idle)} ms.`,
        });
      }
    },
  }),
};
