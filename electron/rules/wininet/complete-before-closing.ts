import { INTERNET_STATUS } from '../../../preload/contract/win32/constants/status';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';

export const completeBeforeClosing: Rule = {
  id: 'complete-before-closing',
  severity: 'error',
  page: pageOf('InternetCloseHandle'),
  says: 'HANDLE_CLOSING came while a call on the handle was still owed its REQUEST_COMPLETE.',
  fix: 'Do not rely on REQUEST_COMPLETE to free what the call uses: HANDLE_CLOSING ends it too.',
  watch: (scene, report) => ({
    callback: (event) => {
      if (event.status !== INTERNET_STATUS.INTERNET_STATUS_HANDLE_CLOSING || event.payload.kind !== 'handle') return;
      const node = scene.node(event.payload.handle);
      for (const { api, call } of node?.pending ?? []) {
        report({
          handles: [node?.id], events: [event.seq, call],
          message: `HANDLE_CLOSING of ${scene.name(node?.id)} (event ${event.seq}) came before the REQUEST_COMPLETE of its ${api} (event ${call}).`,
        });
      }
    },
  }),
};
