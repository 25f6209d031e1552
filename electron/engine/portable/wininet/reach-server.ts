import type { Socket } from 'node:net';
import { err, ok, type Result } from '../../../../preload/contract/result';
import { INTERNET_OPTION } from '../../../../preload/contract/win32/constants/options';
import { INTERNET_STATUS } from '../../../../preload/contract/win32/constants/status';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { ErrorCode } from './call';
import type { InternetHandle } from './handle';
import type { Addresses } from './host-names';
import { settingOf } from './kept-setting';
import type { Operation } from './operation';
import type { Speaker } from './status-notifier';
import { dial } from './transport';
import type { WinInetCore } from './wininet-core';

/** What INTERNET_OPTION_CONNECT_RETRIES starts from. */
const MOST_ADDRESSES = 5;

export interface Destination {
  /** Whose INTERNET_OPTION_CONNECT_RETRIES counts. */
  readonly handle: InternetHandle;
  readonly host: string;
  readonly port: number;
  /** In milliseconds, for all addresses of the host together; 0 is no limit. */
  readonly timeout: number;
}

/** A connection to the first address that takes one, told of by the four callbacks of resolving and connecting. */
export async function reachServer(core: WinInetCore, operation: Operation, speaker: Speaker, { handle, host, port, timeout }: Destination): Promise<Result<Socket, ErrorCode>> {
  const addresses = await resolve(core, operation, speaker, host, timeout);
  if (!addresses.ok) return addresses;
  const { notifier, sockets } = core;
  const retries = settingOf(handle, core, INTERNET_OPTION.INTERNET_OPTION_CONNECT_RETRIES) ?? MOST_ADDRESSES;
  await notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_CONNECTING_TO_SERVER, operation.thread, { ansi: addresses.value[0] });
  const until = performance.now() + timeout;
  let failed: Result<never, ErrorCode> = err(WININET_ERRORS.ERROR_INTERNET_CANNOT_CONNECT);
  // "It only attempts once per IP address", and of a host with more addresses only as many as that.
  for (const address of addresses.value.slice(0, Math.max(1, retries))) {
    const socket = await dial(operation, sockets, address, port, timeout === 0 ? 0 : Math.max(1, until - performance.now()));
    if (socket.ok) {
      const unhook = operation.whenCancelled(() => socket.value.destroy());
      await notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_CONNECTED_TO_SERVER, operation.thread, { ansi: address });
      unhook();
      return socket;
    }
    failed = socket;
    if (operation.cancelled) break;
  }
  return failed;
}

async function resolve(core: WinInetCore, operation: Operation, speaker: Speaker, host: string, timeout: number): Promise<Result<Addresses, ErrorCode>> {
  const known = core.names.remembered(host);
  if (known !== undefined) return ok(known);
  await core.notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_RESOLVING_NAME, operation.thread, { text: host });
  const found = await core.names.resolve(operation, host, timeout);
  if (!found.ok) return found;
  await core.notifier.progress(speaker, INTERNET_STATUS.INTERNET_STATUS_NAME_RESOLVED, operation.thread, { ansi: found.value[0] });
  return found;
}
