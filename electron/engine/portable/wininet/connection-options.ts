import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { IDSI_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import { dword, requestOption, type OptionRule } from './option-rules';
import { proxyFor } from './proxy-list';

const NOTHING_YET = err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);

/** What is known of the connection that a response came over. */
export const CONNECTION_OPTIONS: readonly (readonly [number, OptionRule])[] = [
  [OPTION.INTERNET_OPTION_DIAGNOSTIC_SOCKET_INFO, requestOption((request) => {
    const { exchange } = request;
    if (exchange === undefined) return NOTHING_YET;
    const viaProxy = proxyFor(request.session.proxies, request.url) !== undefined;
    const flags = (request.url.secure ? IDSI_FLAG.IDSI_FLAG_SECURE : 0)
      | (exchange.head?.persistent === true ? IDSI_FLAG.IDSI_FLAG_KEEP_ALIVE : 0)
      | (viaProxy ? IDSI_FLAG.IDSI_FLAG_PROXY : 0) | (viaProxy && request.url.secure ? IDSI_FLAG.IDSI_FLAG_TUNNEL : 0);
    const { source, destination } = exchange.ports;
    // There is no SOCKET to be had of Node: it stays NULL.
    return ok({ bytes: Uint8Array.from([...uintBytes(0n, 8), ...uintBytes(source, 4), ...uintBytes(destination, 4), ...uintBytes(flags, 4), ...uintBytes(0, 4)]) });
  })],
  // HTTP/1.1 is no "advanced HTTP version".
  [OPTION.INTERNET_OPTION_HTTP_PROTOCOL_USED, requestOption((request) => (request.exchange === undefined ? NOTHING_YET : dword(0)))],
];
