import type { Seq } from '../../../preload/contract/ids';
import { pageOf, statusTitle } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';

/** What a callback may take before it is called long, in milliseconds: a person would notice it. */
const LONG = 100;

export const longCallback: Rule = {
  id: 'long-callback',
  severity: 'warning',
  page: pageOf('InternetSetStatusCallback'),
  says: 'A callback took long, as the calls made inside it prove; meanwhile it holds a thread of WinINet.',
  fix: 'Only note what happened in the callback and do the work elsewhere.',
  watch: (scene, report) => {
    const told = new BoundedMap<Seq, true>();
    return {
      returned: (event, call) => {
        const callback = scene.callback(call?.inCallback);
        if (callback === undefined || told.has(callback.seq) || event.time - callback.time < LONG) return;
        told.set(callback.seq, true);
        report({
          handles: [callback.handle], events: [callback.seq, event.seq],
          message: `${statusTitle(callback.status)} (event ${callback.seq}) of ${scene.name(callback.handle)} was still running after ${Math.round(event.time - callback.time)} ms, in ${event.api}; thread ${callback.thread} did nothing else.`,
        });
      },
    };
  },
};
