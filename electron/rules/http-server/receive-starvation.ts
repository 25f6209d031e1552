import type { ConnectionTraceEvent } from '../../../preload/contract/event';
import { isEnded } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import type { Scene } from '../scene';

/** So many clients wait before it is told; told again at each doubling. */
const FIRST_MARK = 4;
const RECEIVE: FunctionName = 'HttpReceiveHttpRequest';

export const receiveStarvation: Rule = {
  id: 'receive-starvation',
  severity: 'warning',
  page: pageOf('HttpReceiveHttpRequest'),
  says: 'Connections pile up on a queue while nobody receives from it.',
  fix: 'Keep receives pending on the queue: start the next one before the request at hand is worked on.',
  watch: (scene, report) => {
    const waiting = new BoundedMap<string, ConnectionTraceEvent>();
    const queues = new Set<HandleId>();
    let mark = FIRST_MARK;
    return {
      connection: (event) => {
        if (event.what !== 'accepted') {
          waiting.delete(event.connectionId);
          return;
        }
        waiting.set(event.connectionId, event);
        if (waiting.size < mark || receives(scene, queues)) return;
        mark *= 2;
        report({
          handles: [...queues], events: [event.seq, ...[...waiting.values()].slice(0, 8).map(({ seq }) => seq)],
          message: `${waiting.size} connections wait (the last is event ${event.seq}) and nothing receives on ${scene.names([...queues]) || 'any queue'}.`,
        });
      },
      state: (node, before) => {
        if (node.kind === 'request-queue') {
          if (isEnded(node.state)) queues.delete(node.id);
          else queues.add(node.id);
        }
        if (node.kind === 'server-request' && before === undefined && node.connectionId !== undefined) waiting.delete(node.connectionId);
        if (waiting.size === 0) mark = FIRST_MARK;
      },
    };
  },
};

function receives(scene: Scene, queues: ReadonlySet<HandleId>): boolean {
  for (const call of scene.runningCalls()) if (call.api === RECEIVE) return true;
  for (const id of queues) if (scene.node(id)?.pending.some(({ api }) => api === RECEIVE) === true) return true;
  return false;
}
