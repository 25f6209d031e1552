import { milliseconds } from '../../../preload/contract/number-words';
import type { ConnectionTraceEvent } from '../../../preload/contract/event';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

export const disconnectWaitTooLate: Rule = {
  id: 'disconnect-wait-too-late',
  severity: 'warning',
  page: pageOf('HttpWaitForDisconnect'),
  says: 'HttpWaitForDisconnect was called for a connection that was gone already; a program that counts on its completion never hears of the abort.',
  fix: 'Register the wait as soon as the request is received, and take an error of the call itself for the disconnect.',
  watch: (scene, report) => {
    const gone = new BoundedMap<string, ConnectionTraceEvent>();
    return {
      connection: (event) => { if (event.what !== 'accepted') gone.set(event.connectionId, event); },
      call: (event) => {
        if (event.api !== 'HttpWaitForDisconnect' && event.api !== 'HttpWaitForDisconnectEx') return;
        const connection = event.args['ConnectionId'];
        const closed = typeof connection === 'string' ? gone.get(connection) : undefined;
        if (closed === undefined) return;
        report({
          handles: [event.handle, closed.handle], events: [event.seq, closed.seq], culprit: event,
          message: `${called(event)} on ${scene.name(event.handle)} waits for the end of connection ${closed.connectionId}, which was gone (event ${closed.seq}) ${milliseconds(event.time - closed.time)} before the wait was registered.`,
        });
      },
    };
  },
};
