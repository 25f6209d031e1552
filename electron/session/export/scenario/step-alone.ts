import type { CallEvent, EventValue } from '../../../../preload/contract/event';
import { signatureOf } from '../../../../preload/contract/win32/functions';
import { fieldsOf, textOf } from '../../../trace/event-fields';
import type { Trace } from '../../../trace/trace';
import type { Written } from './peers';
import { writtenArgument } from './written-values';

/**
 * One call as a step, without the recording around it: handles go by their kinds, and addresses are those that were
 * recorded. What a recording too long to be gone through for one call is copied as.
 */
export function stepAlone(trace: Trace, call: CallEvent): { readonly [key: string]: Written } {
  const { params, widths } = signatureOf(call.api);
  const names = namesOf(trace, call);
  const given = Object.entries(params).flatMap(([name, param]): [string, Written][] => {
    const written = writtenArgument(name, param, call.args[name], call.args, params, {
      handle: (raw) => names.get(raw), text: (text) => text.replaceAll('$', '$$$$').replace(/^=/, '=='), recorder: () => undefined,
    });
    return written === undefined ? [] : [[name, written]];
  });
  const overlapped = Object.entries(params).some(([name, { kind }]) => kind === 'overlapped' && isGiven(call.args[name]));
  return { call: widths && call.width === 'A' ? `${call.api}A` : call.api, with: Object.fromEntries(overlapped ? [...given, ['overlapped', true]] : given) };
}

/** The handle that the call is about, those above it, and the queue of a request. */
function namesOf(trace: Trace, call: CallEvent): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (let id = call.handle; id !== undefined;) {
    const node = trace.tree.get(id);
    if (node === undefined) break;
    const name = node.kind === 'server-request' ? 'received' : node.kind.replace(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase());
    names.set(node.raw, node.kind === 'server-request' ? `$${name}.RequestId` : `$${name}`);
    if (node.connectionId !== undefined) names.set(node.connectionId, `$${name}.ConnectionId`);
    id = node.parent;
  }
  const bound = textOf(fieldsOf(call.args['PropertyInformation'])['RequestQueueHandle']);
  if (bound !== '') names.set(bound, '$requestQueue');
  return names;
}

function isGiven(value: EventValue | undefined): boolean {
  return value !== undefined && value !== 0 && !(typeof value === 'string' && /^0x0+$/.test(value));
}
