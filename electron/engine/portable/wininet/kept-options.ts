import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_STATE } from '../../../../preload/contract/win32/constants/wininet-flags';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import { action, ANY, dword, kept, type OptionRule } from './option-rules';

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
    return ok(undefined);
  },
};

/** Options of WinInet/option-flags that hold a number, and those that only bring something about; each with what it starts from. */
export const KEPT_OPTIONS: readonly (readonly [number, OptionRule])[] = [
  ...([
    [OPTION.INTERNET_OPTION_CONNECT_RETRIES, 5],
    [OPTION.INTERNET_OPTION_READ_BUFFER_SIZE, 8192],
    [OPTION.INTERNET_OPTION_WRITE_BUFFER_SIZE, 8192],
    [OPTION.INTERNET_OPTION_ERROR_MASK, 0],
    [OPTION.INTERNET_OPTION_FROM_CACHE_TIMEOUT, 0],
    [OPTION.INTERNET_OPTION_BYPASS_EDITED_ENTRY, 0],
    [OPTION.INTERNET_OPTION_HTTP_DECODING, 0],
    [OPTION.INTERNET_OPTION_CODEPAGE, 65001],
    [OPTION.INTERNET_OPTION_MAX_CONNS_PER_SERVER, 2],
    [OPTION.INTERNET_OPTION_MAX_CONNS_PER_1_0_SERVER, 4],
    [OPTION.INTERNET_OPTION_SUPPRESS_BEHAVIOR, 0],
    [OPTION.INTERNET_OPTION_ENABLE_HTTP_PROTOCOL, 0],
    [OPTION.INTERNET_OPTION_ENCODE_EXTRA, 0],
    [OPTION.INTERNET_OPTION_HSTS, 0],
  ] as const).map(([option, start]) => [option, kept(option, start)] as const),
  [OPTION.INTERNET_OPTION_REQUEST_PRIORITY, { ...kept(OPTION.INTERNET_OPTION_REQUEST_PRIORITY, 0, ['http-request']), process: false }],
  [OPTION.INTERNET_OPTION_HTTP_VERSION, HTTP_VERSION],
  [OPTION.INTERNET_OPTION_CONNECTED_STATE, CONNECTED_STATE],
  [OPTION.INTERNET_OPTION_EXTENDED_ERROR, { on: ANY, process: true, get: (_owner, core) => dword(core.extendedError) }],
  // Every request looks at the settings anew: there is nothing that was read before.
  [OPTION.INTERNET_OPTION_REFRESH, action(() => undefined)],
  [OPTION.INTERNET_OPTION_SETTINGS_CHANGED, action(() => undefined)],
  [OPTION.INTERNET_OPTION_END_BROWSER_SESSION, action((core) => core.cookies.endSession())],
];
