import { err } from '../../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../../preload/contract/win32/constants/win32-errors';
import type { FunctionArgs } from '../../../../../preload/contract/win32/functions';
import type { Outcome } from '../../../engine';
import { guarded, type Call } from '../call';
import type { WinInetCore } from '../wininet-core';
import { fillCharacters } from './counted-text';

/** InternetGetLastResponseInfo (wininet/nf-wininet-internetgetlastresponseinfow): what the server said, on the calling thread. */
export function getLastResponseInfo(core: WinInetCore, args: FunctionArgs<'InternetGetLastResponseInfo'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    if (args.lpdwError === 0n || args.lpdwBufferLength === 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
    const { error, text } = core.responses.of(call.thread);
    call.writeDword(args.lpdwError, error);
    // Nothing to tell needs no buffer.
    if (text === '' && call.dword(args.lpdwBufferLength) === 0) return call.outcome(1);
    return call.bool(fillCharacters(core.memory, call.width, args.lpszBuffer, args.lpdwBufferLength, text, (characters) => characters));
  });
}
