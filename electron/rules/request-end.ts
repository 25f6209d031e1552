import { milliseconds } from '../../preload/contract/number-words';
import type { CallEvent } from '../../preload/contract/event';
import { assertUnreachable } from '../../preload/contract/result';
import type { Scene } from './scene';

/** Why a request id means nothing any more, in the words of what ended it. */
export function howItEnded(scene: Scene, call: CallEvent): string {
  const node = scene.node(call.handle);
  const id = String(call.args['RequestId'] ?? call.args['ConnectionId'] ?? '');
  if (node?.kind !== 'server-request') return `no request with the id ${id} was received`;
  const when = node.endedAt === undefined ? '' : ` at ${milliseconds(node.endedAt)}`;
  const name = scene.name(node.id);
  switch (node.state) {
    case 'cancelled': return `${name} was cancelled${when}`;
    case 'completed': return `the last part of the answer to ${name} was sent${when}`;
    case 'disconnected': return `the connection of ${name} was gone${when}`;
    case 'lost': return `the engine of ${name} was lost${when}`;
    case 'closed': return `${name} went with its queue${when}`;
    case 'open': case 'closing': return `${name} is not known to have ended: its client may just have left`;
    default: return assertUnreachable(node.state);
  }
}
