import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called } from '../scene';
import { milliseconds } from '../../../preload/contract/number-words';

export const successAfterClose: Rule = {
  id: 'success-after-close',
  severity: 'warning',
  page: pageOf('InternetCloseHandle'),
  says: 'A pending operation completed with success after its handle was closed, where the page says that a close ends it.',
  fix: 'Do not take a success after your own close for data: drop what comes then.',
  watch: (scene, report) => ({
    callback: (event) => {
      const call = scene.call(event.completes);
      const closed = event.handle === undefined ? undefined : scene.closedBy(event.handle);
      if (call === undefined || closed === undefined || closed.call.seq < call.seq || event.payload.kind !== 'async-result' || event.payload.dwResult === '0x0') return;
      report({
        handles: [event.handle], events: [event.seq, closed.call.seq, call.seq],
        message: `${called(call)} on ${scene.name(event.handle)} completed with success (event ${event.seq}), ${milliseconds(event.time - closed.call.time)} after ${called(closed.call)}.`,
      });
    },
  }),
};
