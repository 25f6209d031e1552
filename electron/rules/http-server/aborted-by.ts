import type { CallEvent } from '../../../preload/contract/event';
import type { HandleId } from '../../../preload/contract/ids';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import { WIN32_ERRORS } from '../../../preload/contract/win32/constants/win32-errors';
import { pageOf } from '../../trace/event-words';
import { BoundedMap } from '../bounded-map';
import type { Rule } from '../rule';
import { called } from '../scene';

/** What aborts operations that pend on a queue or on its requests. */
const ABORTERS: ReadonlySet<FunctionName> = new Set<FunctionName>([
  'CancelIo', 'CancelIoEx', 'CloseHandle', 'HttpCloseRequestQueue', 'HttpShutdownRequestQueue', 'HttpCancelHttpRequest', 'HttpCloseServerSession',
  'HttpTerminate',
]);

export const abortedBy: Rule = {
  id: 'aborted-by',
  severity: 'note',
  page: pageOf('CancelIoEx'),
  says: 'An operation ended with ERROR_OPERATION_ABORTED (995); the finding names the call that aborted it.',
  fix: 'Treat 995 as the end that you asked for, and do not start the operation again.',
  watch: (scene, report) => {
    const aborters = new BoundedMap<HandleId, CallEvent>();
    let terminate: CallEvent | undefined;
    return {
      call: (event) => {
        if (!ABORTERS.has(event.api)) return;
        if (event.handle === undefined) terminate = event;
        else aborters.set(event.handle, event);
      },
      completion: (event, call) => {
        if (event.error !== WIN32_ERRORS.ERROR_OPERATION_ABORTED) return;
        const parent = scene.node(event.handle)?.parent;
        const own = event.handle === undefined ? undefined : aborters.get(event.handle);
        const by = own ?? (parent === undefined ? undefined : aborters.get(parent)) ?? terminate;
        const since = by !== undefined && by.seq > event.completes ? by : undefined;
        report({
          handles: [event.handle, since?.handle], events: [event.seq, event.completes, ...(since === undefined ? [] : [since.seq])], culprit: since ?? call,
          message: `${event.api} (event ${event.completes}) on ${scene.name(event.handle)} ended with 995 ERROR_OPERATION_ABORTED (event ${event.seq}): `
            + `${since === undefined ? 'no recorded call aborted it' : `${called(since)} on thread ${since.thread}${since.origin === '' ? '' : ` by ${since.origin}`} did it`}.`,
        });
      },
    };
  },
};
