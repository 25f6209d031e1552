import type { Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called } from '../scene';

export const initializeBalance: Rule = {
  id: 'initialize-balance',
  severity: 'warning',
  page: pageOf('HttpTerminate'),
  says: 'HttpInitialize and HttpTerminate are out of balance: each must be called once for the other, with the same flags.',
  fix: 'Call HttpTerminate with the same flags for each HttpInitialize that succeeded, after everything is closed.',
  watch: (_scene, report) => {
    /** By flags: the calls that no HttpTerminate has balanced. */
    const open = new Map<number, Seq[]>();
    return {
      returned: (event, call) => {
        if (event.outcome !== 'success' || call === undefined) return;
        const flags = Number(call.args['Flags'] ?? 0);
        if (event.api === 'HttpInitialize') open.set(flags, [...(open.get(flags) ?? []), call.seq]);
        if (event.api !== 'HttpTerminate') return;
        const calls = open.get(flags) ?? [];
        if (calls.length > 0) {
          open.set(flags, calls.slice(0, -1));
          return;
        }
        report({ handles: [], events: [call.seq], culprit: call, message: `${called(call)} with flags ${flags} had no HttpInitialize before it with the same flags.` });
      },
      end: (tell, { final }) => {
        if (!final) return;
        for (const [flags, calls] of open) {
          if (calls.length > 0) tell({ handles: [], events: calls, message: `${calls.length} HttpInitialize with flags ${flags} (${calls.length === 1 ? 'event' : 'events'} ${calls.join(', ')}) ${calls.length === 1 ? 'has' : 'have'} no HttpTerminate.` });
        }
      },
    };
  },
};
