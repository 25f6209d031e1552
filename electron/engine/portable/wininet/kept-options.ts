import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { ERROR_MASK_FLAGS, INTERNET_CONNECTED_INFO_FLAG, INTERNET_STATE, INTERNET_SUPPRESS } from '../../../../preload/contract/win32/constants/wininet-flags';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import { MOST_CONNECTIONS } from './connection-limits';
import type { HandleKind } from './handle';
import { action, ANY, dword, fixed, kept, keptByProcess, type OptionRule } from './option-rules';

/** Bytes of HTTP_VERSION_INFO and of INTERNET_CONNECTED_INFO. */
const TWO_DWORDS = 8;

function dwordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
}

const HTTP_VERSION: OptionRule = {
  on: ANY, process: true,
  get: (_owner, core) => ok({ bytes: Uint8Array.from([...uintBytes(core.httpVersion.major, 4), ...uintBytes(core.httpVersion.minor, 4)]) }),
  set: (_owner, { bytes }, core) => {
    if (bytes.length !== TWO_DWORDS) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
    const [major, minor] = [dwordAt(bytes, 0), dwordAt(bytes, 4)];
    if (major !== 1 || minor > 1) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    core.httpVersion = { major, minor };
    return ok(undefined);
  },
};

/** Asked for as a DWORD of INTERNET_STATE_*, set by an INTERNET_CONNECTED_INFO. */
const CONNECTED_STATE: OptionRule = {
  on: ANY, process: true,
  get: (_owner, core) => dword(core.settings.get(OPTION.INTERNET_OPTION_CONNECTED_STATE) ?? INTERNET_STATE.INTERNET_STATE_CONNECTED),
  set: (_owner, { bytes }, core) => {
    if (bytes.length !== TWO_DWORDS) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
    core.settings.set(OPTION.INTERNET_OPTION_CONNECTED_STATE, dwordAt(bytes, 0));
    if (core.offline && (dwordAt(bytes, 4) & INTERNET_CONNECTED_INFO_FLAG.ISO_FORCE_DISCONNECTED) !== 0) core.abortAll();
    return ok(undefined);
  },
};

/** Handles with a buffer of their own: "FtpOpenFile, FtpFindFirstFile, and InternetConnect (FTP session only)". */
const BUFFERED: readonly HandleKind[] = ['ftp-connection', 'ftp-file', 'ftp-find'];

const HANDLED_ERRORS = ERROR_MASK_FLAGS.INTERNET_ERROR_MASK_COMBINED_SEC_CERT | ERROR_MASK_FLAGS.INTERNET_ERROR_MASK_INSERT_CDROM
  | ERROR_MASK_FLAGS.INTERNET_ERROR_MASK_LOGIN_FAILURE_DISPLAY_ENTITY_BODY;

/** "This value is limited to a range of 2 to 128, inclusive." */
function mayBeOfProxies(value: number): boolean {
  return value >= 2 && value <= 128;
}

/** "This option cannot be queried"; it is of the process. */
const SUPPRESS_BEHAVIOR: OptionRule = {
  on: [], process: true,
  get: () => err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION),
  set: (_owner, input, core) => {
    const value = fixed(input, 4);
    if (!value.ok) return value;
    switch (Number(value.value)) {
      case INTERNET_SUPPRESS.INTERNET_SUPPRESS_COOKIE_PERSIST: core.cookies.persists = false; return ok(undefined);
      case INTERNET_SUPPRESS.INTERNET_SUPPRESS_RESET_ALL: case INTERNET_SUPPRESS.INTERNET_SUPPRESS_COOKIE_PERSIST_RESET:
        core.cookies.persists = true;
        return ok(undefined);
      // No cookie policy is configured here that could be ignored.
      case INTERNET_SUPPRESS.INTERNET_SUPPRESS_COOKIE_POLICY: case INTERNET_SUPPRESS.INTERNET_SUPPRESS_COOKIE_POLICY_RESET: return ok(undefined);
      default: return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    }
  },
};

/** Options of WinInet/option-flags that hold a number, and those that only bring something about; each with what it starts from. */
export const KEPT_OPTIONS: readonly (readonly [number, OptionRule])[] = [
  ...([
    [OPTION.INTERNET_OPTION_CONNECT_RETRIES, 5],
    [OPTION.INTERNET_OPTION_FROM_CACHE_TIMEOUT, 0],
    [OPTION.INTERNET_OPTION_BYPASS_EDITED_ENTRY, 0],
    [OPTION.INTERNET_OPTION_HTTP_DECODING, 0],
    [OPTION.INTERNET_OPTION_CODEPAGE, 65001],
    [OPTION.INTERNET_OPTION_ENABLE_HTTP_PROTOCOL, 0],
    [OPTION.INTERNET_OPTION_ENCODE_EXTRA, 0],
    [OPTION.INTERNET_OPTION_HSTS, 0],
  ] as const).map(([option, start]) => [option, kept(option, start)] as const),
  ...[OPTION.INTERNET_OPTION_READ_BUFFER_SIZE, OPTION.INTERNET_OPTION_WRITE_BUFFER_SIZE]
    .map((option) => [option, { ...kept(option, 8192, BUFFERED), process: false }] as const),
  [OPTION.INTERNET_OPTION_MAX_CONNS_PER_SERVER, keptByProcess(OPTION.INTERNET_OPTION_MAX_CONNS_PER_SERVER, MOST_CONNECTIONS)],
  [OPTION.INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER, keptByProcess(OPTION.INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER, MOST_CONNECTIONS)],
  [OPTION.INTERNET_OPTION_MAX_CONNS_PER_PROXY, keptByProcess(OPTION.INTERNET_OPTION_MAX_CONNS_PER_PROXY, MOST_CONNECTIONS, mayBeOfProxies)],
  [OPTION.INTERNET_OPTION_ERROR_MASK, { ...kept(OPTION.INTERNET_OPTION_ERROR_MASK, 0, ANY, (mask) => (mask & ~HANDLED_ERRORS) === 0), process: false }],
  [OPTION.INTERNET_OPTION_SUPPRESS_BEHAVIOR, SUPPRESS_BEHAVIOR],
  [OPTION.INTERNET_OPTION_REQUEST_PRIORITY, { ...kept(OPTION.INTERNET_OPTION_REQUEST_PRIORITY, 0, ['http-request']), process: false }],
  [OPTION.INTERNET_OPTION_HTTP_VERSION, HTTP_VERSION],
  [OPTION.INTERNET_OPTION_CONNECTED_STATE, CONNECTED_STATE],
  [OPTION.INTERNET_OPTION_EXTENDED_ERROR, { on: ANY, process: true, get: (_owner, core) => dword(core.extendedError) }],
  // Nothing is kept in a cache whose session could begin anew.
  [OPTION.INTERNET_OPTION_RESET_URLCACHE_SESSION, action(() => undefined)],
  [OPTION.INTERNET_OPTION_DIGEST_AUTH_UNLOAD, action((core) => core.passwords.clear())],
  [OPTION.INTERNET_OPTION_END_BROWSER_SESSION, action((core) => {
    core.passwords.clear();
    core.cookies.endSession();
  })],
];
