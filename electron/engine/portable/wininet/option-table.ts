import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_HANDLE_TYPE, INTERNET_REQFLAG, SECURITY_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import type { HandleKind } from './handle';
import { KEPT_OPTIONS } from './kept-options';
import { ANY, CHILDREN, connectionText, constant, dword, fixed, handleOption, pointer, requestOption, textOf, textOption, timeout, WRONG_KIND, type OptionRule } from './option-rules';
import { CONNECTION_OPTIONS } from './connection-options';
import { PROXY_OPTIONS } from './proxy-options';
import { urlText } from './request-url';

/** What it says about the connection cannot be set; what it ignores can. */
const IGNORABLE = SECURITY_FLAG.SECURITY_FLAG_IGNORE_UNKNOWN_CA | SECURITY_FLAG.SECURITY_FLAG_IGNORE_CERT_CN_INVALID
  | SECURITY_FLAG.SECURITY_FLAG_IGNORE_CERT_DATE_INVALID | SECURITY_FLAG.SECURITY_FLAG_IGNORE_REVOCATION | SECURITY_FLAG.SECURITY_FLAG_IGNORE_WRONG_USAGE;

const SECURITY_FLAGS = handleOption(['http-request'], (handle) => (handle.kind === 'http-request'
  ? dword((handle.url.secure ? SECURITY_FLAG.SECURITY_FLAG_SECURE : 0) | handle.ignoredCertificateErrors)
  : WRONG_KIND), (handle, input) => {
  if (handle.kind !== 'http-request') return WRONG_KIND;
  const value = fixed(input, 4);
  if (!value.ok) return value;
  handle.ignoredCertificateErrors = Number(value.value) & IGNORABLE;
  return ok(undefined);
});

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
  ...PROXY_OPTIONS,
  [OPTION.INTERNET_OPTION_CALLBACK, handleOption(ANY, (handle) => pointer(handle.callback?.pointer ?? 0n))],
  [OPTION.INTERNET_OPTION_CONNECT_TIMEOUT, timeout('connect')],
  [OPTION.INTERNET_OPTION_SEND_TIMEOUT, timeout('send')],
  [OPTION.INTERNET_OPTION_DATA_SEND_TIMEOUT, timeout('dataSend')],
  [OPTION.INTERNET_OPTION_RECEIVE_TIMEOUT, timeout('receive')],
  [OPTION.INTERNET_OPTION_DATA_RECEIVE_TIMEOUT, timeout('dataReceive')],
  [OPTION.INTERNET_OPTION_HANDLE_TYPE, handleOption(ANY, (handle) => dword(HANDLE_TYPES[handle.kind]))],
  [OPTION.INTERNET_OPTION_PARENT_HANDLE, handleOption(CHILDREN, (handle) => pointer(handle.parent?.value ?? 0n))],
  [OPTION.INTERNET_OPTION_REQUEST_FLAGS, requestOption((request) =>
    dword(request.exchange?.head?.assumed !== false ? INTERNET_REQFLAG.INTERNET_REQFLAG_NO_HEADERS : 0))],
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
