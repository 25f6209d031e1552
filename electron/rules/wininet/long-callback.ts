import type { Seq } from '../../../preload/contract/ids';
import { pageOf, statusTitle } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

/** What a callback may take before it is called long, in milliseconds: a person would notice it. */
const LONG = 100;

/** How long a callback lasted at least, and the call inside it that shows it. */
interface Proof {
  readonly callback: Seq;
  readonly event: Seq;
  readonly lasted: number;
  readonly what: string;
}

export const longCallback: Rule = {
  id: 'long-callback',
  severity: 'warning',
  page: pageOf('InternetSetStatusCallback'),
  says: 'A callback took long, or has not returned; meanwhile it holds a thread of WinINet.',
  fix: 'Only note what happened in the callback and do the work elsewhere.',
  watch: (scene, report) => {
    const returned = new BoundedMap<Seq, true>();
    /** Callbacks whose return is in no event yet, and which a call inside them shows to last. */
    const lasting = new BoundedMap<Seq, Proof>();
    return {
      returned: (event, call) => {
        const callback = scene.callback(call?.inCallback);
        if (call === undefined || callback === undefined || returned.has(callback.seq)) return;
        const lasted = event.time - callback.time;
        if (lasted >= LONG) lasting.set(callback.seq, { callback: callback.seq, event: event.seq, lasted, what: `when ${called(call)} inside it returned` });
      },
      callbackReturned: (event) => {
        returned.set(event.callback, true);
        lasting.delete(event.callback);
        if (event.duration < LONG || event.held === true) return;
        report({
          handles: [event.handle], events: [event.callback, event.seq],
          message: `${statusTitle(event.status)} (event ${event.callback}) of ${scene.name(event.handle)} returned after ${Math.round(event.duration)} ms (event ${event.seq}); thread ${event.thread} did nothing else.`,
        });
      },
      end: (tell, { now }) => {
        const proofs = new Map(lasting);
        for (const call of scene.runningCalls()) {
          const callback = scene.callback(call.inCallback);
          if (callback === undefined || returned.has(callback.seq) || now - callback.time < LONG) continue;
          proofs.set(callback.seq, { callback: callback.seq, event: call.seq, lasted: now - callback.time, what: `in ${called(call)}` });
        }
        for (const proof of proofs.values()) {
          const callback = scene.callback(proof.callback);
          if (callback === undefined) continue;
          tell({
            handles: [callback.handle], events: [callback.seq, proof.event],
            message: `${statusTitle(callback.status)} (event ${callback.seq}) of ${scene.name(callback.handle)} had not returned after ${Math.round(proof.lasted)} ms, ${proof.what}; thread ${callback.thread} did nothing else.`,
          });
        }
      },
    };
  },
};
