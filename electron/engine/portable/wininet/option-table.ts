import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_HANDLE_TYPE, INTERNET_REQFLAG, INTERNET_STATE, SECURITY_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { textFromBytes, uintBytes } from '../../../../preload/contract/win32/memory';
import type { Width } from '../../../../preload/contract/win32/signature';
import type { ErrorCode } from './call';
import type { ConnectionHandle, HandleKind, InternetHandle, RequestHandle, Timeouts } from './handle';
import { urlText } from './request-url';
import type { WinInetCore } from './wininet-core';

/** A value as InternetQueryOption gives it: bytes of a fixed size, or text of the call's width. */
export type OptionValue = { readonly bytes: Uint8Array } | { readonly text: string };

/** Who is asked: a handle, or the process when the handle is NULL. */
export type OptionOwner = InternetHandle | WinInetCore;

/** What InternetSetOption brought. */
export interface OptionInput {
  readonly bytes: Uint8Array;
  readonly width: Width;
}

/** One option of WinInet/option-flags: whom it may be asked of, and what becomes of it there. */
export interface OptionRule {
  /** Kinds of handles that have it; every other is ERROR_INTERNET_INCORRECT_HANDLE_TYPE. */
  readonly on: readonly HandleKind[];
  /** Whether the process has it too, asked with a NULL handle. */
  readonly process: boolean;
  readonly get: (owner: OptionOwner) => Result<OptionValue, ErrorCode>;
  /** Absent: ERROR_INTERNET_OPTION_NOT_SETTABLE. */
  readonly set?: (owner: OptionOwner, input: OptionInput) => Result<undefined, ErrorCode>;
}

const ANY: readonly HandleKind[] = ['session', 'http-connection', 'http-request', 'ftp-connection', 'ftp-file', 'ftp-find'];
const CHILDREN = ANY.filter((kind) => kind !== 'session');
const WRONG_KIND = err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_TYPE);

function dword(value: number): Result<OptionValue, never> {
  return ok({ bytes: uintBytes(value, 4) });
}

function pointer(value: bigint): Result<OptionValue, never> {
  return ok({ bytes: uintBytes(value, 8) });
}

function isHandle(owner: OptionOwner): owner is InternetHandle {
  return 'kind' in owner;
}

/** An option that only handles have. */
function handleOption(on: readonly HandleKind[], get: (handle: InternetHandle) => Result<OptionValue, ErrorCode>, set?: (handle: InternetHandle, input: OptionInput) => Result<undefined, ErrorCode>): OptionRule {
  return {
    on, process: false,
    get: (owner) => (isHandle(owner) ? get(owner) : WRONG_KIND),
    ...(set === undefined ? {} : { set: (owner: OptionOwner, input: OptionInput) => (isHandle(owner) ? set(owner, input) : WRONG_KIND) }),
  };
}

function requestOption(get: (request: RequestHandle) => Result<OptionValue, ErrorCode>): OptionRule {
  return handleOption(['http-request'], (handle) => (handle.kind === 'http-request' ? get(handle) : WRONG_KIND));
}

/** The same for the process and every handle, and nobody's to change. */
function constant(value: Result<OptionValue, ErrorCode>): OptionRule {
  return { on: ANY, process: true, get: () => value };
}

/** NULL or no length is ERROR_INVALID_PARAMETER; another wrong length ERROR_INTERNET_BAD_OPTION_LENGTH. */
function fixed(input: OptionInput, size: 4 | 8): Result<bigint, ErrorCode> {
  if (input.bytes.length === 0) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  if (input.bytes.length !== size) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
  return ok(input.bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n));
}

/** Milliseconds; children take what their parent has when they are made. */
function timeout(which: keyof Timeouts): OptionRule {
  return {
    on: ANY, process: true,
    get: (owner) => dword(owner.timeouts[which]),
    set: (owner, input) => {
      const value = fixed(input, 4);
      if (!value.ok) return value;
      owner.timeouts[which] = Number(value.value);
      return ok(undefined);
    },
  };
}

/** Text of a connection that its requests share. */
function credential(which: 'userName' | 'password'): OptionRule {
  const owner = (handle: InternetHandle): ConnectionHandle | undefined =>
    (handle.kind === 'http-connection' ? handle : handle.kind === 'http-request' ? handle.parent : undefined);
  return handleOption(['http-connection', 'http-request'], (handle) => ok({ text: owner(handle)?.[which] ?? '' }), (handle, input) => {
    const connection = owner(handle);
    if (connection === undefined) return WRONG_KIND;
    connection[which] = textOf(input);
    return ok(undefined);
  });
}

function textOf(input: OptionInput): string {
  return textFromBytes(input.bytes, input.width).split('\0', 1)[0] ?? '';
}

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

export const OPTIONS: ReadonlyMap<number, OptionRule> = new Map<number, OptionRule>([
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
  [OPTION.INTERNET_OPTION_USERNAME, credential('userName')],
  [OPTION.INTERNET_OPTION_PASSWORD, credential('password')],
  [OPTION.INTERNET_OPTION_SECURITY_FLAGS, SECURITY_FLAGS],
  [OPTION.INTERNET_OPTION_URL, requestOption((request) => ok({ text: urlText(request.url) }))],
  // Nothing is kept in a cache, so there is never a file.
  [OPTION.INTERNET_OPTION_DATAFILE_NAME, requestOption(() => err(WININET_ERRORS.ERROR_INTERNET_ITEM_NOT_FOUND))],
  [OPTION.INTERNET_OPTION_VERSION, constant(ok({ bytes: Uint8Array.from([...uintBytes(1, 4), ...uintBytes(2, 4)]) }))],
  [OPTION.INTERNET_OPTION_HTTP_VERSION, constant(ok({ bytes: Uint8Array.from([...uintBytes(1, 4), ...uintBytes(1, 4)]) }))],
  [OPTION.INTERNET_OPTION_CONNECTED_STATE, constant(dword(INTERNET_STATE.INTERNET_STATE_CONNECTED))],
  [OPTION.INTERNET_OPTION_USER_AGENT, handleOption(['session'], (handle) => (handle.kind === 'session' ? ok({ text: handle.agent ?? '' }) : WRONG_KIND), (handle, input) => {
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
