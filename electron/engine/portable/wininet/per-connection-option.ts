import { err, ok, type Result } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_PER_CONN as PER_CONN } from '../../../../preload/contract/win32/constants/wininet-flags';
import { readText, readUint, readUint64, textBytes, uintBytes, type Address, type MemoryReader } from '../../../../preload/contract/win32/memory';
import type { Width } from '../../../../preload/contract/win32/signature';
import type { PortableMemory } from '../portable-memory';
import type { ErrorCode } from './call';
import type { OptionBuffer, OptionInput, OptionOwner, OptionRule } from './option-rules';
import type { ProxySetting } from './proxy-settings';
import type { WinInetCore } from './wininet-core';

/** INTERNET_PER_CONN_OPTION_LIST, and one INTERNET_PER_CONN_OPTION of it. In bytes. */
const LIST = { size: 32, connection: 8, count: 16, error: 20, options: 24 } as const;
const OPTION = { size: 16, value: 8 } as const;

const NUMBERS: ReadonlySet<number> = new Set([
  PER_CONN.INTERNET_PER_CONN_FLAGS, PER_CONN.INTERNET_PER_CONN_FLAGS_UI, PER_CONN.INTERNET_PER_CONN_AUTODISCOVERY_FLAGS,
  PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_RELOAD_DELAY_MINS,
]);
const TEXTS: ReadonlySet<number> = new Set([
  PER_CONN.INTERNET_PER_CONN_PROXY_SERVER, PER_CONN.INTERNET_PER_CONN_PROXY_BYPASS, PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_URL,
  PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_SECONDARY_URL,
]);
/** "Read only option." */
const TOLD_ONLY: ReadonlySet<number> = new Set([
  PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_LAST_DETECT_TIME, PER_CONN.INTERNET_PER_CONN_AUTOCONFIG_LAST_DETECT_URL,
]);

interface Listed {
  readonly option: number;
  /** Of its Value. */
  readonly at: Address;
}

/** The options that a list names; a RAS connection is none that there is here. @throws MemoryFault */
function listed(list: Uint8Array, memory: MemoryReader): Result<readonly Listed[], ErrorCode> {
  const view = new DataView(list.buffer, list.byteOffset, list.byteLength);
  if (view.getUint32(0, true) !== LIST.size) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
  const options = view.getBigUint64(LIST.options, true);
  const count = view.getUint32(LIST.count, true);
  if (view.getBigUint64(LIST.connection, true) !== 0n || (options === 0n && count > 0)) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  return ok(Array.from({ length: count }, (_, index) => {
    const at = options + BigInt(index * OPTION.size);
    return { option: readUint(memory, at, 4), at: at + BigInt(OPTION.value) };
  }));
}

function changesOf(items: readonly Listed[], memory: MemoryReader, width: Width): Result<ReadonlyMap<number, ProxySetting>, ErrorCode> {
  const changes = new Map<number, ProxySetting>();
  for (const { option, at } of items) {
    if (NUMBERS.has(option)) changes.set(option, readUint(memory, at, 4));
    else if (TEXTS.has(option)) {
      const text = readUint64(memory, at);
      changes.set(option, text === 0n ? '' : readText(memory, text, width));
    } else return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  }
  return ok(changes);
}

/**
 * "Causes the settings to be changed on a system-wide basis when a NULL handle is used"; on a session "for the entire
 * process without affecting the global settings".
 */
function set(owner: OptionOwner, { bytes, memory, width }: OptionInput, core: WinInetCore): Result<undefined, ErrorCode> {
  if (bytes.length !== LIST.size) return err(WININET_ERRORS.ERROR_INTERNET_BAD_OPTION_LENGTH);
  const items = listed(bytes, memory);
  if (!items.ok) return items;
  const changes = changesOf(items.value, memory, width);
  if (!changes.ok) return changes;
  if ('kind' in owner && owner.kind === 'session') core.changeProcessProxy(owner, changes.value);
  else core.systemProxy = core.systemProxy.with(changes.value);
  return ok(undefined);
}

/** Fills in the Value of each option that the list names; texts lie in memory that on Windows GlobalFree gives back. */
function fill(owner: OptionOwner, { address, length, call }: OptionBuffer, core: WinInetCore): Result<undefined, ErrorCode> {
  if (address === 0n || call.dword(length) < LIST.size) {
    call.writeDword(length, LIST.size);
    return err(WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER);
  }
  const items = listed(call.memory.read(address, LIST.size), call.memory);
  if (!items.ok) return items;
  const settings = 'kind' in owner ? core.processProxy ?? core.systemProxy : core.systemProxy;
  for (const [index, { option, at }] of items.value.entries()) {
    if (NUMBERS.has(option)) call.writeDword(at, settings.number(option));
    else if (TEXTS.has(option)) call.memory.write(at, uintBytes(placed(core.memory, settings.text(option), call.width), 8));
    else if (TOLD_ONLY.has(option)) call.memory.write(at, uintBytes(0n, 8));
    else {
      call.writeDword(address + BigInt(LIST.error), index);
      return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    }
  }
  call.writeDword(length, LIST.size);
  return ok(undefined);
}

function placed(memory: PortableMemory, text: string | undefined, width: Width): Address {
  if (text === undefined) return 0n;
  const bytes = textBytes(`${text}\0`, width);
  const address = memory.alloc(bytes.length);
  memory.write(address, bytes);
  return address;
}

/** INTERNET_OPTION_PER_CONNECTION_OPTION (WinInet/option-flags; wininet/ns-wininet-internet_per_conn_option_listw). */
export const PER_CONNECTION: OptionRule = {
  on: ['session'], process: true, set, fill,
  get: () => err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION),
};
