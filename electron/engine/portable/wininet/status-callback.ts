import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import type { Call } from './call';
import type { WinInetCore } from './wininet-core';

const INTERNET_INVALID_STATUS_CALLBACK = -1n;

/** InternetSetStatusCallback (wininet/nf-wininet-internetsetstatuscallback): the previous callback; NULL removes it. */
export function setStatusCallback(core: WinInetCore, args: FunctionArgs<'InternetSetStatusCallback'>, call: Call): Outcome {
  const found = core.table.any(args.hInternet);
  if (!found.ok) return call.outcome(INTERNET_INVALID_STATUS_CALLBACK, found.error);
  const handle = found.value;
  const previous = handle.callback?.pointer ?? 0n;
  handle.callback = args.lpfnInternetCallback === 0n ? undefined : { pointer: args.lpfnInternetCallback, width: call.width };
  return call.outcome(previous);
}
