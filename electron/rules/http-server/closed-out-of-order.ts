import type { CallEvent, EventFields } from '../../../preload/contract/event';
import type { HandleId, Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called, type Scene } from '../scene';

const BINDING_PROPERTY = 7;

export const closedOutOfOrder: Rule = {
  id: 'closed-out-of-order',
  severity: 'note',
  page: pageOf('HttpCloseServerSession'),
  says: 'A server session was closed before its URL groups, a queue before the groups that are bound to it, or the API terminated before either.',
  fix: 'URLs, then URL groups, then the server session, then the queue, then HttpTerminate.',
  watch: (scene, report) => {
    /** The queue that each group is bound to. */
    const bound = new BoundedMap<HandleId, HandleId>();
    /** Open queues by their value. */
    const queues = new BoundedMap<string, HandleId>();
    const before = new Map<Seq, readonly HandleId[]>();
    return {
      state: (node) => {
        if (node.kind !== 'request-queue') return;
        if (node.state === 'open') queues.set(node.raw, node.id);
        else if (queues.get(node.raw) === node.id) queues.delete(node.raw);
      },
      call: (event) => {
        const open = stillOpen(event, scene, bound);
        if (open.length > 0) before.set(event.seq, open);
      },
      returned: (event, call) => {
        const open = before.get(event.call);
        before.delete(event.call);
        if (call === undefined || event.outcome !== 'success') return;
        const queue = call.api === 'HttpSetUrlGroupProperty' && call.args['Property'] === BINDING_PROPERTY ? queues.get(boundTo(call.args) ?? '') : undefined;
        if (queue !== undefined && call.handle !== undefined) bound.set(call.handle, queue);
        if (open === undefined) return;
        report({
          handles: [call.handle, ...open], events: [call.seq], culprit: call,
          message: `${called(call)} ${call.handle === undefined ? 'ended the API' : `closed ${scene.name(call.handle)}`} while ${scene.names(open)} ${open.length === 1 ? 'was' : 'were'} open.`,
        });
      },
    };
  },
};

function stillOpen(event: CallEvent, scene: Scene, bound: ReadonlyMap<HandleId, HandleId>): readonly HandleId[] {
  const { api, handle } = event;
  const isOpen = (id: HandleId): boolean => scene.node(id)?.state === 'open';
  if (api === 'HttpTerminate') return [...scene.liveNodes()].filter(({ kind }) => kind === 'server-session' || kind === 'request-queue').map(({ id }) => id);
  if (handle === undefined || !isOpen(handle)) return [];
  if (api === 'HttpCloseServerSession') return scene.tree.childrenOf(handle).filter(isOpen);
  if (api === 'HttpCloseRequestQueue' || api === 'CloseHandle') return [...bound].filter(([group, queue]) => queue === handle && isOpen(group)).map(([group]) => group);
  return [];
}

function boundTo(args: EventFields): string | undefined {
  const info = args['PropertyInformation'];
  const raw = typeof info === 'object' && 'RequestQueueHandle' in info ? info['RequestQueueHandle'] : undefined;
  return typeof raw === 'string' ? raw : undefined;
}
