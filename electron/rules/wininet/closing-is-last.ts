import type { HandleId, Seq } from '../../../preload/contract/ids';
import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { pageOf, statusTitle } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';

export const closingIsLast: Rule = {
  id: 'closing-is-last',
  severity: 'error',
  page: pageOf('InternetCloseHandle'),
  says: 'A callback came on a handle after its HANDLE_CLOSING, which is its last one.',
  fix: 'Free the context only in HANDLE_CLOSING, and only once; guard the callback against a context that is gone.',
  watch: (scene, report) => {
    const closing = new BoundedMap<HandleId, Seq>();
    return {
      callback: (event) => {
        const last = event.handle === undefined ? undefined : closing.get(event.handle);
        if (last !== undefined) {
          report({
            handles: [event.handle], events: [event.seq, last],
            message: `${statusTitle(event.status)} (event ${event.seq}) came on ${scene.name(event.handle)} after its HANDLE_CLOSING (event ${last}).`,
          });
        }
        if (event.status !== INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING) return;
        const target = event.payload.kind === 'handle' ? event.payload.handle ?? event.handle : event.handle;
        if (target !== undefined && !closing.has(target)) closing.set(target, event.seq);
      },
    };
  },
};
