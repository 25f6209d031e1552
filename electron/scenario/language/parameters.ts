import { signatureOf, type FunctionName } from '../../../preload/contract/win32/functions';
import type { Param } from '../../../preload/contract/win32/signature';
import { findName } from '../values/datum';

/** The key of `with` that asks for an OVERLAPPED of the call's own, where the function has no parameter of that name. */
export const OVERLAPPED_KEY = 'overlapped';

/** The parameter that a scenario means: as the page spells it, perhaps with the `p` of a pointer left off or put on. */
export function findParameter(name: FunctionName, written: string): { readonly name: string; readonly param: Param } | undefined {
  const { params } = signatureOf(name);
  const names = Object.keys(params);
  const found = findName(written, names)
    ?? (written === OVERLAPPED_KEY ? names.find((key) => params[key]?.kind === 'overlapped') : undefined)
    ?? (/^p[A-Z]/.test(written) ? findName(written.slice(1), names) : undefined);
  const param = found === undefined ? undefined : params[found];
  return found === undefined || param === undefined ? undefined : { name: found, param };
}
