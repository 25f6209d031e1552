import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, isCloser } from '../scene';

export const closeRacesCall: Rule = {
  id: 'close-races-call',
  severity: 'warning',
  page: pageOf('InternetCloseHandle'),
  says: 'A handle was closed on one thread while another thread was in a call with it.',
  fix: 'Let one thread own the handle, or wait for the call to return before closing.',
  watch: (scene, report) => ({
    call: (event) => {
      // What is called in a callback is called by the thread that makes it, in the order of the callbacks.
      if (event.handle === undefined || event.inCallback !== undefined) return;
      for (const other of scene.runningCalls()) {
        if (other.seq === event.seq || other.handle === undefined || isCloser(other.api) === isCloser(event.api)) continue;
        const [close, call] = isCloser(event.api) ? [event, other] : [other, event];
        if (close.handle === undefined || call.handle === undefined || !scene.isWithin(call.handle, close.handle) || waits(call.api)) continue;
        report({
          handles: [call.handle, close.handle], events: [event.seq, other.seq], culprit: event,
          message: `${called(close)} on thread ${close.thread} closed ${scene.name(close.handle)} while ${called(call)} was under way on ${call.thread === close.thread ? 'a thread that it blocks' : `thread ${call.thread}`}.`,
        });
      }
    },
  }),
};

/** A receive that blocks is ended by closing its queue: that is how a server stops. */
function waits(api: string): boolean {
  return api === 'HttpReceiveHttpRequest' || api === 'HttpWaitForDisconnect' || api === 'HttpWaitForDisconnectEx' || api === 'HttpWaitForDemandStart';
}
