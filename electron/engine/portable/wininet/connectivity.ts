import { networkInterfaces } from 'node:os';
import { err, ok, type MaybePromise } from '../../../../preload/contract/result';
import { FLAG_ICC, INTERNET_CONNECTION } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call } from './call';
import { Operation } from './operation';
import { dial } from './transport';
import { crackUrl } from './url-parts';
import type { WinInetCore } from './wininet-core';

/** Whether this machine has a network beside itself. */
function connected(): boolean {
  return Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal) === true);
}

/** InternetAttemptConnect (wininet/nf-wininet-internetattemptconnect): ERROR_SUCCESS, for there is no line to dial. */
export function internetAttemptConnect(args: FunctionArgs<'InternetAttemptConnect'>, call: Call): Outcome {
  return call.outcome(args.dwReserved === 0 ? WIN32_ERRORS.ERROR_SUCCESS : WIN32_ERRORS.ERROR_INVALID_PARAMETER);
}

/** InternetGetConnectedState (wininet/nf-wininet-internetgetconnectedstate). */
export function internetGetConnectedState(core: WinInetCore, args: FunctionArgs<'InternetGetConnectedState'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    if (args.dwReserved !== 0) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
    const online = connected() && !core.offline;
    if (args.lpdwFlags !== 0n) call.writeDword(args.lpdwFlags, online ? INTERNET_CONNECTION.INTERNET_CONNECTION_LAN : INTERNET_CONNECTION.INTERNET_CONNECTION_OFFLINE);
    return call.bool(online ? ok(undefined) : err(WININET_ERRORS.ERROR_INTERNET_DISCONNECTED));
  });
}

/**
 * InternetCheckConnection (wininet/nf-wininet-internetcheckconnectionw): whether a connection to the URL's host can be
 * made. Without FLAG_ICC_FORCE_CONNECTION, and without a URL, whether there is a network at all.
 */
export function internetCheckConnection(core: WinInetCore, args: FunctionArgs<'InternetCheckConnection'>, call: Call): MaybePromise<Outcome> {
  return guarded(call, 0, () => {
    if (args.dwReserved !== 0) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
    const url = call.text(args.lpszUrl);
    if (url === undefined) return call.bool(connected() ? ok(undefined) : err(WIN32_ERRORS.ERROR_NOT_CONNECTED));
    const parts = crackUrl(url);
    if (!parts.ok) return call.bool(parts);
    const forced = (args.dwFlags & FLAG_ICC.FLAG_ICC_FORCE_CONNECTION) !== 0;
    if (!forced && !connected()) return call.bool(err(WIN32_ERRORS.ERROR_NOT_CONNECTED));
    return forced ? reach(core, call, parts.value.hostName.text.replace(/^\[|\]$/gu, ''), parts.value.port) : call.bool(ok(undefined));
  });
}

async function reach(core: WinInetCore, call: Call, host: string, port: number): Promise<Outcome> {
  const operation = new Operation(call.thread);
  const addresses = await core.names.resolve(operation, host, core.timeouts.connect);
  const none = call.bool(err(WIN32_ERRORS.ERROR_NOT_CONNECTED));
  if (!addresses.ok) return none;
  for (const address of addresses.value) {
    const socket = await dial(operation, core.sockets, address, port, core.timeouts.connect);
    if (!socket.ok) continue;
    socket.value.destroy();
    return call.bool(ok(undefined));
  }
  return none;
}
