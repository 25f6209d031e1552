import type { EventKind } from '../../preload/contract/event';
import { FUNCTION_NAMES, signatureOf } from '../../preload/contract/win32/functions';
import { untoldParameters } from './event-words';

/** By place in FUNCTION_NAMES: what matches the arguments that no words show; undefined where that cannot be told from the text. */
const HIDDEN: (RegExp | undefined)[] = [];

/**
 * A payload's text without what its words do not show, which is what a search may remember it by: each call has a buffer at
 * another address, and reads like the one before.
 * @param name a function's place in FUNCTION_NAMES, of a call
 * @param payload what payloadOf made of an event of this kind
 */
export function shownPayload(kind: EventKind, name: number, payload: string): string {
  if (kind !== 'call') return payload;
  if (!(name in HIDDEN)) HIDDEN[name] = hiddenArguments(name);
  const hidden = HIDDEN[name];
  return hidden === undefined ? payload : payload.replace(hidden, '');
}

function hiddenArguments(name: number): RegExp | undefined {
  const api = FUNCTION_NAMES[name];
  if (api === undefined) return undefined;
  // A structure that is shown may have a member of any name.
  if (Object.values(signatureOf(api).params).some((param) => param.kind === 'in-property')) return undefined;
  const names = untoldParameters(api);
  // In JSON a quotation mark within a text has a backslash before it: what stands between bare ones is a name and its value.
  return names.length === 0 ? undefined : new RegExp(`"(?:${names.join('|')})":"0x[0-9a-f]*"`, 'g');
}
