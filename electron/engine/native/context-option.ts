import { INTERNET_OPTION } from '../../../preload/contract/win32/constants/options';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import { readUint, readUint64, uintBytes, type Memory } from '../../../preload/contract/win32/memory';
import type { ArgValue } from '../../../preload/contract/win32/signature';
import type { HandleRecord, HandleRecords } from './handle-records';

type Args = Readonly<Record<string, ArgValue>>;

const CONTEXT_BYTES = 8;

function concernsContext(name: FunctionName, args: Args): boolean {
  return (name === 'InternetSetOption' || name === 'InternetQueryOption') && args['dwOption'] === INTERNET_OPTION.INTERNET_OPTION_CONTEXT_VALUE;
}

/**
 * INTERNET_OPTION_CONTEXT_VALUE passes through the same door as dwContext: Windows is given the engine's token and the
 * caller is given back its own value.
 *
 * @returns the arguments as Windows is to see them, and what undoes the new context when the call fails
 */
export function tokenForOption(
  name: FunctionName, args: Args, record: HandleRecord | undefined, records: HandleRecords, memory: Memory,
): { readonly args: Args; readonly undo: () => void } {
  const unchanged = { args, undo: () => undefined };
  if (name !== 'InternetSetOption' || record === undefined || !concernsContext(name, args) || args['dwBufferLength'] !== CONTEXT_BYTES) return unchanged;
  const given = args['lpBuffer'];
  const bytes = typeof given === 'bigint' && given !== 0n ? memory.read(given, CONTEXT_BYTES) : given;
  if (!(bytes instanceof Uint8Array) || bytes.length < CONTEXT_BYTES) return unchanged;
  const { context, token } = record;
  records.setContext(record, new DataView(bytes.buffer, bytes.byteOffset, CONTEXT_BYTES).getBigUint64(0, true));
  const undo = (): undefined => {
    record.context = context;
    record.token = token;
  };
  return { args: { ...args, lpBuffer: uintBytes(record.token, CONTEXT_BYTES) }, undo };
}

/** Puts the caller's context where a successful query left the engine's token. */
export function contextForToken(name: FunctionName, args: Args, records: HandleRecords, memory: Memory): void {
  if (name !== 'InternetQueryOption' || !concernsContext(name, args)) return;
  const { lpBuffer: buffer, lpdwBufferLength: length } = args;
  if (typeof buffer !== 'bigint' || buffer === 0n || typeof length !== 'bigint' || length === 0n || readUint(memory, length, 4) < CONTEXT_BYTES) return;
  const record = records.findToken(readUint64(memory, buffer));
  if (record !== undefined) memory.write(buffer, uintBytes(record.context, CONTEXT_BYTES));
}
