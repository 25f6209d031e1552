import { err } from '../../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../../preload/contract/win32/constants/wininet-errors';
import type { Outcome } from '../../../engine';
import type { Call } from '../call';
import type { WinInetCore } from '../wininet-core';

/**
 * The Gopher functions as they are since Windows Vista: exported, but without their protocol ("Windows XP and Windows
 * Server 2003 R2 and earlier only", wininet/nf-wininet-internetconnectw). "The requested protocol could not be located."
 */
export function gopherAnswer(call: Call, failed: 0 | 0n): Outcome {
  return call.outcome(failed, WININET_ERRORS.ERROR_INTERNET_PROTOCOL_NOT_FOUND);
}

/** No handle can be one of a Gopher session: what is a handle at all is of an incorrect type. */
export function gopherAnswerOn(core: WinInetCore, hConnect: bigint, call: Call, failed: 0 | 0n): Outcome {
  const found = core.table.any(hConnect);
  const { error } = found.ok ? err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_TYPE) : found;
  return call.outcome(failed, error);
}
