import type { HandleKind } from '../../../preload/contract/handle';
import type { Seq } from '../../../preload/contract/ids';
import { WININET_ERRORS } from '../../../preload/contract/win32/constants/wininet-errors';
import { pageOf } from '../../trace/event-words';
import type { Rule } from '../rule';
import { called, type Scene } from '../scene';

/** So many open handles are worth a word when hardly any was ever closed; told again at each doubling. */
const FIRST_MARK = 128;
/** Of all that were made, the part that is still open when they pile up. */
const PILING_UP = 0.8;
/** Of those that are open, the part that nothing is done with: a busy client has many open too. */
const FORGOTTEN = 0.3;

const HINTERNETS: ReadonlySet<HandleKind> = new Set<HandleKind>(['session', 'connection', 'request', 'ftp-connection', 'ftp-file', 'ftp-find']);

export const handlesGrowing: Rule = {
  id: 'handles-growing',
  severity: 'warning',
  page: pageOf('InternetCloseHandle'),
  says: 'Open HINTERNETs pile up, on the way to ERROR_INTERNET_OUT_OF_HANDLES (12001), or a call failed with it.',
  fix: 'Look at the leak view for the call that makes them, and close each on every path, that of errors too.',
  watch: (scene, report) => {
    let made = 0;
    let open = 0;
    let mark = FIRST_MARK;
    return {
      state: (node, before, event) => {
        if (!HINTERNETS.has(node.kind)) return;
        if (before !== undefined) {
          if (node.endedAt !== undefined) open -= 1;
          return;
        }
        made += 1;
        open += 1;
        if (open < mark) return;
        mark *= 2;
        if (open < made * PILING_UP || forgotten(scene, event.seq, open) < open * FORGOTTEN) return;
        report({
          handles: [node.id], events: [event.seq],
          message: `${open} of the ${made} HINTERNETs made so far are open; the last is ${scene.name(node.id)} (event ${event.seq}).`,
        });
      },
      returned: (event, call) => {
        if (event.outcome !== 'failure' || event.error !== WININET_ERRORS.ERROR_INTERNET_OUT_OF_HANDLES || call === undefined) return;
        report({
          handles: [event.handle], events: [event.seq, call.seq], culprit: call,
          message: `${called(call)} failed with 12001 ERROR_INTERNET_OUT_OF_HANDLES; ${open} HINTERNETs are open.`,
        });
      },
    };
  },
};

/** HINTERNETs with nothing pending, and with no event for twice as many events as there are handles: in use, nearly each would have had its turn. */
function forgotten(scene: Scene, now: Seq, open: number): number {
  let count = 0;
  for (const { id, kind, pending } of scene.liveNodes()) {
    if (HINTERNETS.has(kind) && pending.length === 0 && now - (scene.lastUse(id)?.seq ?? now) > 2 * open) count += 1;
  }
  return count;
}
