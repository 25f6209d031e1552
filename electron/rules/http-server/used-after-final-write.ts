import { milliseconds } from '../../../preload/contract/number-words';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { CallEvent } from '../../../preload/contract/event';
import type { HandleNode } from '../../../preload/contract/handle';
import type { Seq } from '../../../preload/contract/ids';
import { answersRequest } from '../../trace/endings';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, type Scene } from '../scene';

const USES: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'HttpSendHttpResponse', 'HttpSendResponseEntityBody', 'HttpReceiveRequestEntityBody', 'HttpCancelHttpRequest', 'HttpDeclarePush',
]);

export const usedAfterFinalWrite: Rule = {
  id: 'used-after-final-write',
  severity: 'warning',
  page: pageOf('HttpSendHttpResponse'),
  says: 'A request id was used after the last part of its answer was begun; a cancel then cuts the answer off.',
  fix: 'Treat the id as gone from the call without HTTP_SEND_RESPONSE_FLAG_MORE_DATA on; HttpWaitForDisconnect completes after success too.',
  watch: (scene, report) => ({
    call: (event) => {
      const node = scene.node(event.handle);
      if (node?.kind !== 'server-request' || !USES.has(event.api)) return;
      const write = finalWrite(node, event, scene);
      // A cancel of what is finished has a rule of its own; one that meets the write under way is this one's.
      if (write === undefined && (node.state !== 'completed' || event.api === 'HttpCancelHttpRequest')) return;
      report({
        handles: [node.id], events: [event.seq, ...(write === undefined ? [] : [write])], culprit: event,
        message: `${called(event)} used ${scene.name(node.id)} after the last part of its answer was ${write === undefined ? `sent at ${milliseconds(node.endedAt ?? 0)}` : `begun (event ${write})`}.`,
      });
    },
  }),
};

/** The last part of the answer, while it is under way. */
function finalWrite(node: HandleNode, event: CallEvent, scene: Scene): Seq | undefined {
  const running = [...scene.runningCalls()].filter((call) => call.handle === node.id && call.seq !== event.seq);
  const pending = node.pending.flatMap(({ call }) => scene.call(call) ?? []);
  return [...running, ...pending].find((call) => answersRequest(call.api, call.args))?.seq;
}
