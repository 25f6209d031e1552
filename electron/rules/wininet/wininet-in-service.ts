import type { Seq } from '../../../preload/contract/ids';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called } from '../scene';
import { SERVICE_SESSION_NOTE } from '../service-session';

export const wininetInService: Rule = {
  id: 'wininet-in-service',
  severity: 'error',
  page: pageOf('InternetOpen'),
  says: 'WinINet was used in Windows session 0, where services run; it is not made for services or servers.',
  fix: 'Use WinHTTP in a service.',
  watch: (scene, report) => {
    let service: Seq | undefined;
    return {
      note: (event) => { if (event.text === SERVICE_SESSION_NOTE) service = event.seq; },
      returned: (event, call) => {
        if (service === undefined || event.api !== 'InternetOpen' || event.outcome !== 'success' || call === undefined) return;
        report({
          handles: [event.created?.id], events: [call.seq, service], culprit: call,
          message: `${called(call)} opened ${scene.name(event.created?.id)} in Windows session 0 (event ${service}).`,
        });
      },
    };
  },
};
