import { err } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call } from './call';
import type { WinInetCore } from './wininet-core';

/** HttpAddRequestHeaders (wininet/nf-wininet-httpaddrequestheadersw). */
export function addRequestHeaders(core: WinInetCore, args: FunctionArgs<'HttpAddRequestHeaders'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    const found = core.table.of('http-request', args.hRequest);
    if (!found.ok) return call.bool(found);
    const headers = call.text(args.lpszHeaders, args.dwHeadersLength);
    return call.bool(headers === undefined ? err(WIN32_ERRORS.ERROR_INVALID_PARAMETER) : found.value.headers.modify(headers, args.dwModifiers >>> 0));
  });
}
