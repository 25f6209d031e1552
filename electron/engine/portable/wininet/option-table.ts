import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG, INTERNET_HANDLE_TYPE, INTERNET_REQFLAG, SECURITY_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import { CERTIFICATE_OPTIONS } from './certificate-options';
import type { HandleKind, RequestHandle } from './handle';
import { KEPT_OPTIONS } from './kept-options';
import { ANY, CHILDREN, connectionText, constant, dword, fixed, handleOption, pointer, requestOption, textOf, textOption, timeout, WRONG_KIND, type OptionRule } from './option-rules';
import { CONNECTION_OPTIONS } from './connection-options';
import { proxyFor } from './proxy-list';
import { PROXY_OPTIONS } from './proxy-options';
import { REQUEST_OPTIONS } from './request-options';
import { urlText } from './request-url';

/** What it says about the connection cannot be set; what it ignores can. */
const IGNORABLE = SECURITY_FLAG.SECURITY_FLAG_IGNORE_UNKNOWN_CA | SECURITY_FLAG.SECURITY_FLAG_IGNORE_CERT_CN_INVALID
  | SECURITY_FLAG.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID | SECURITY_FLAG.SECURITY_FLAG_IGNORE_REVOCATION | SECURITY_FLAG.SECURITY_FLAG_IGNORE_WRONG_USAGE
  | SECURITY_FLAG.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTP | SECURITY_FLAG.SECURITY_FLAG_IGNORE_REDIRECT_TO_HTTPS | SECURITY_FLAG.SECURITY_FLAG_IGNORE_WEAK_SIGNATURE;

/** How strong the encryption was of a transaction that has occurred. */
function strength(request: RequestHandle): number {
  const bits = request.exchange?.security?.bits;
  return bits === undefined ? 0 : bits >= 128 ? SECURITY_FLAG.SECURITY_FLAG_STRENGTH_STRONG : SECURITY_FLAG.SECURITY_FLAG_STRENGTH_MEDIUM;
}

const SECURITY_FLAGS = handleOption(['http-request'], (handle) => (handle.kind === 'http-request'
  ? dword((handle.url.secure ? SECURITY_FLAG.SECURITY_FLAG_SECURE : 0) | strength(handle) | handle.ignoredErrors)
  : WRONG_KIND), (handle, input) => {
  if (handle.kind !== 'http-request') return WRONG_KIND;
  const value = fixed(input, 4);
  if (!value.ok) return value;
  handle.ignoredErrors = Number(value.value) & IGNORABLE;
  return ok(undefined);
});

/** Of the download in progress; the bits that "are not implemented" are not set. */
function requestFlags(request: RequestHandle): number {
  const uncached = request.url.secure || (request.flags & (INTERNET_FLAG.INTERNET_FLAG_NO_CACHE_WRITE | INTERNET_FLAG.INTERNET_FLAG_DONT_CACHE)) !== 0;
  return (request.exchange?.head?.assumed !== false ? INTERNET_REQFLAG.INTERNET_REQFLAG_NO_HEADERS : 0)
    | (request.exchange !== undefined && proxyFor(request.session.proxies, request.url) !== undefined ? INTERNET_REQFLAG.INTERNET_REQFLAG_VIA_PROXY : 0)
    | (uncached ? INTERNET_REQFLAG.INTERNET_REQFLAG_CACHE_WRITE_DISABLED : 0)
    | (request.timedOut ? INTERNET_REQFLAG.INTERNET_REQFLAG_NET_TIMEOUT : 0);
}

const HANDLE_TYPES: Readonly<Record<HandleKind, number>> = {
  session: INTERNET_HANDLE_TYPE.INTERNET_HANDLE_TYPE_INTERNET,
  'http-connection': INTERNET_HANDLE_TYPE.INTERNET_HANDLE_TYPE_CONNECT_HTTP,
  'http-request': INTERNET_HANDLE_TYPE.INTERNET_HANDLE_TYPE_HTTP_REQUEST,
  'ftp-connection': INTERNET_HANDLE_TYPE.INTERNET_HANDLE_TYPE_CONNECT_FTP,
  'ftp-file': INTERNET_HANDLE_TYPE.INTERNET_HANDLE_TYPE_FTP_FILE,
  'ftp-find': INTERNET_HANDLE_TYPE.INTERNET_HANDLE_TYPE_FTP_FIND,
};

/** Every option that can be asked for or set (WinInet/option-flags). */
export const OPTIONS: ReadonlyMap<number, OptionRule> = new Map<number, OptionRule>([
  ...KEPT_OPTIONS,
  ...CONNECTION_OPTIONS,
  ...CERTIFICATE_OPTIONS,
  ...REQUEST_OPTIONS,
  ...PROXY_OPTIONS,
  [OPTION.INTERNET_OPTION_CALLBACK, handleOption(ANY, (handle) => pointer(handle.callback?.pointer ?? 0n))],
  [OPTION.INTERNET_OPTION_CONNECT_TIMEOUT, timeout('connect')],
  [OPTION.INTERNET_OPTION_SEND_TIMEOUT, timeout('send')],
  [OPTION.INTERNET_OPTION_DATA_SEND_TIMEOUT, timeout('dataSend')],
  [OPTION.INTERNET_OPTION_RECEIVE_TIMEOUT, timeout('receive')],
  [OPTION.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, timeout('dataReceive')],
  [OPTION.INTERNET_OPTION_HANDLE_TYPE, handleOption(ANY, (handle) => dword(HANDLE_TYPES[handle.kind]))],
  [OPTION.INTERNET_OPTION_PARENT_HANDLE, handleOption(CHILDREN, (handle) => pointer(handle.parent?.value ?? 0n))],
  [OPTION.INTERNET_OPTION_REQUEST_FLAGS, requestOption((request) => dword(requestFlags(request)))],
  [OPTION.INTERNET_OPTION_USERNAME, connectionText('userName')],
  [OPTION.INTERNET_OPTION_PASSWORD, connectionText('password')],
  [OPTION.INTERNET_OPTION_PROXY_USERNAME, connectionText('proxyUserName')],
  [OPTION.INTERNET_OPTION_PROXY_PASSWORD, connectionText('proxyPassword')],
  [OPTION.INTERNET_OPTION_SECURITY_FLAGS, SECURITY_FLAGS],
  [OPTION.INTERNET_OPTION_URL, requestOption((request) => ok({ text: urlText(request.url) }))],
  // Nothing is kept in a cache, so there is never a file, nor when it was last changed.
  [OPTION.INTERNET_OPTION_CACHE_TIMESTAMPS, requestOption(() => err(WININET_ERRORS.ERROR_INTERNET_ITEM_NOT_FOUND))],
  [OPTION.INTERNET_OPTION_DATAFILE_NAME, requestOption(() => err(WININET_ERRORS.ERROR_INTERNET_ITEM_NOT_FOUND))],
  [OPTION.INTERNET_OPTION_VERSION, constant(ok({ bytes: Uint8Array.from([...uintBytes(1, 4), ...uintBytes(2, 4)]) }))],
  [OPTION.INTERNET_OPTION_USER_AGENT, textOption(['session'], (handle) => (handle.kind === 'session' ? ok({ text: handle.agent ?? '' }) : WRONG_KIND), (handle, input) => {
    if (handle.kind !== 'session') return WRONG_KIND;
    handle.agent = textOf(input);
    return ok(undefined);
  })],
  [OPTION.INTERNET_OPTION_CONTEXT_VALUE, handleOption(ANY, (handle) => pointer(handle.context), (handle, input) => {
    const value = fixed(input, 8);
    if (!value.ok) return value;
    handle.context = value.value;
    return ok(undefined);
  })],
]);
