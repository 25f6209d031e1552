import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_OPTION as OPTION } from '../../../../preload/contract/win32/constants/options';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_OPEN_TYPE } from '../../../../preload/contract/win32/constants/wininet-flags';
import { readText, textBytes, uintBytes, type MemoryReader } from '../../../../preload/contract/win32/memory';
import type { ErrorCode } from './call';
import { action, type OptionOwner, type OptionRule } from './option-rules';
import { PER_CONNECTION } from './per-connection-option';
import { NO_PROXY, parseProxies, type ProxyList } from './proxy-list';
import { ProxySettings } from './proxy-settings';
import type { WinInetCore } from './wininet-core';

/** Bytes of INTERNET_PROXY_INFO; its texts are ANSI in both widths. */
const INFO_SIZE = 24;

function proxiesOf(owner: OptionOwner, core: WinInetCore): ProxyList {
  return 'kind' in owner && owner.kind === 'session' ? owner.proxies : core.systemProxy.proxies;
}

/** The structure with its texts behind it, as it will lie at an address. */
function infoAt(proxies: ProxyList, address: bigint): Uint8Array {
  const texts = [proxies.text, proxies.bypassText].map((text) => (text === '' ? new Uint8Array(0) : textBytes(`${text}\0`, 'A')));
  const bytes = new Uint8Array(INFO_SIZE + texts.reduce((sum, text) => sum + text.length, 0));
  bytes.set(uintBytes(proxies === NO_PROXY || proxies.text === '' ? INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_DIRECT : INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_PROXY, 4));
  let at = INFO_SIZE;
  for (const [index, text] of texts.entries()) {
    if (text.length === 0) continue;
    bytes.set(uintBytes(address + BigInt(at), 8), 8 + index * 8);
    bytes.set(text, at);
    at += text.length;
  }
  return bytes;
}

function readInfo(bytes: Uint8Array, memory: MemoryReader): Result<ProxyList, ErrorCode> {
  if (bytes.length !== INFO_SIZE) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const text = (at: number): string => {
    const address = view.getBigUint64(at, true);
    return address === 0n ? '' : readText(memory, address, 'A');
  };
  switch (view.getUint32(0, true)) {
    case INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_DIRECT: case INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_PRECONFIG: return ok(NO_PROXY);
    case INTERNET_OPEN_TYPE.INTERNET_OPEN_TYPE_PROXY: return text(8) === '' ? err(WIN32_ERRORS.ERROR_INVALID_PARAMETER) : ok(parseProxies(text(8), text(16)));
    default: return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  }
}

/** INTERNET_OPTION_PROXY: of a session, or what sessions start with. */
export const PROXY_OPTIONS: readonly (readonly [number, OptionRule])[] = [
  [OPTION.INTERNET_OPTION_PROXY, {
    on: ['session'], process: true,
    get: (owner, core) => {
      const proxies = proxiesOf(owner, core);
      return ok({ size: infoAt(proxies, 0n).length, at: (address) => infoAt(proxies, address) });
    },
    set: (owner, { bytes, memory }, core) => {
      const proxies = readInfo(bytes, memory);
      if (!proxies.ok) return proxies;
      if ('kind' in owner && owner.kind === 'session') owner.proxies = proxies.value;
      else core.systemProxy = ProxySettings.of(proxies.value);
      return ok(undefined);
    },
  }],
  [OPTION.INTERNET_OPTION_PER_CONNECTION_OPTION, PER_CONNECTION],
  // Names no proxy by itself: it makes those of the system known to the sessions that use them.
  [OPTION.INTERNET_OPTION_REFRESH, action((core) => core.refreshProxies())],
  [OPTION.INTERNET_OPTION_SETTINGS_CHANGED, action((core) => core.refreshProxies())],
  [OPTION.INTERNET_OPTION_PROXY_SETTINGS_CHANGED, action((core) => core.refreshProxies())],
];
