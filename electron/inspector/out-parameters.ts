import type { EventFields, EventValue } from '../../preload/contract/event';
import { constantName } from '../../preload/contract/win32/constant-table';
import { INTERNET_OPTION } from '../../preload/contract/win32/constants/options';
import { HTTP_QUERY } from '../../preload/contract/win32/constants/http-query';
import { parametersOf, signatureOf, type FunctionName } from '../../preload/contract/win32/functions';
import { chosenType, SCALAR_SIZES } from '../../preload/contract/win32/http-config-structs';
import { MemoryFault, readText, readUint, readUint64, textFromBytes, type MemoryReader } from '../../preload/contract/win32/memory';
import type { ArgValue, Param, Pointee, Width } from '../../preload/contract/win32/signature';
import { decodeStruct, structOfWidth } from '../../preload/contract/win32/struct-codec';
import { certificateOption } from './certificate-option';
import { bytesValue, hex, structValue, type BytesKeeper } from './event-values';

type Args = Readonly<Record<string, ArgValue>>;

/** What a call left in its OUT parameters. What cannot be read any more (freed, never valid) is left out. */
export function readOut(api: FunctionName, width: Width, args: Args, memory: MemoryReader, keep: BytesKeeper, transferred?: number): EventFields {
  const fields: Record<string, EventValue> = {};
  const { params } = signatureOf(api);
  const reading: Reading = { params, args, width, memory, keep, transferred, counts: new Map() };
  for (const [name, param] of parametersOf(api)) {
    const address = args[name];
    if (typeof address !== 'bigint' || address === 0n) continue;
    try {
      const value = reading.counts.get(name) ?? readOne(param, address, reading);
      if (value !== undefined) fields[name] = value;
    } catch (fault) {
      if (!(fault instanceof MemoryFault)) throw fault;
    }
  }
  return fields;
}

/** What an OUT parameter is read with. */
interface Reading {
  readonly params: Readonly<Record<string, Param>>;
  readonly args: Args;
  readonly width: Width;
  readonly memory: MemoryReader;
  readonly keep: BytesKeeper;
  /** Bytes that an OVERLAPPED was completed with. */
  readonly transferred: number | undefined;
  /** Lengths that were read for the buffers they measure, by their parameters: each read is a call out of JavaScript. */
  readonly counts: Map<string, number>;
}

function readOne(param: Param, address: bigint, reading: Reading): EventValue | undefined {
  const { args, width, memory, keep } = reading;
  if (param.kind === 'out') return scalar(memory, address, param.of);
  const writtenStruct = param.kind === 'in-struct' && param.inout === true;
  if (param.kind === 'out-struct' || writtenStruct) return structValue(decodeStruct(memory, structOfWidth(param.struct, width), address), keep);
  if (param.kind === 'out-text') return readText(memory, address, width);
  if (param.kind !== 'out-buffer') return undefined;
  if (param.struct !== undefined) return structValue(decodeStruct(memory, param.struct, address), keep);
  const chosen = param.chosen === undefined ? undefined : chosenType(param.chosen.of, Number(args[param.chosen.by] ?? -1));
  const scalarSize = chosen === undefined ? undefined : SCALAR_SIZES[chosen];
  if (scalarSize !== undefined) return readUint(memory, address, scalarSize);
  if (chosen !== undefined) return structValue(decodeStruct(memory, chosen, address), keep);
  const length = counted(param, reading);
  if (length === undefined) return undefined;
  // An option that is text comes with its length in characters, whatever their size (wininet/nf-wininet-internetqueryoptionw).
  if (param.typedBy === 'dwOption' && isTextQuery(Number(args[param.typedBy] ?? 0), param.typedBy)) return readText(memory, address, width, length);
  if (param.typedBy === 'dwOption') {
    const certificate = certificateOption(Number(args['dwOption'] ?? 0), memory, address);
    if (certificate !== undefined) return certificate;
  }
  const bytes = memory.read(address, length);
  return param.typedBy === undefined ? keep(bytes) : typedValue(Number(args[param.typedBy] ?? 0), param.typedBy, bytes, width);
}

/** The number of bytes that a length or count parameter says now, by value or behind its pointer. */
function counted({ count, length }: Extract<Param, { readonly kind: 'out-buffer' }>, { params, args, memory, transferred, counts }: Reading): number | undefined {
  const name = count ?? length;
  const value = args[name];
  // A caller that gives an OVERLAPPED leaves the count out; InternalHigh has it (minwinbase/ns-minwinbase-overlapped).
  if (count !== undefined && (value === undefined || value === 0n)) return transferred ?? internalHigh(args['Overlapped'], memory);
  if (typeof value === 'number') return value;
  const param = params[name];
  if (typeof value !== 'bigint' || value === 0n || param?.kind !== 'out') return undefined;
  const read = readUint(memory, value, 4);
  // Behind some pointers there is more than these four bytes.
  if (param.of === 'DWORD' || param.of === 'ULONG') counts.set(name, read);
  return read;
}

function internalHigh(overlapped: ArgValue, memory: MemoryReader): number | undefined {
  return typeof overlapped === 'bigint' && overlapped !== 0n ? Number(readUint64(memory, overlapped + 8n)) : undefined;
}

export function scalar(memory: MemoryReader, address: bigint, of: Pointee): EventValue {
  switch (of) {
    case 'DWORD': case 'ULONG': case 'BOOL': return readUint(memory, address, 4);
    case 'HANDLE': case 'HTTP_ID': case 'ULONGLONG': case 'DWORD_PTR': case 'POINTER': return hex(readUint64(memory, address));
    case 'PWSTR': {
      const text = readUint64(memory, address);
      return text === 0n ? hex(text) : readText(memory, text, 'W');
    }
  }
}

/** Options and attributes that are text; every other one of 4 or 8 bytes is a number. */
const TEXT_OPTIONS: ReadonlySet<number> = new Set([
  INTERNET_OPTION.INTERNET_OPTION_URL, INTERNET_OPTION.INTERNET_OPTION_USER_AGENT, INTERNET_OPTION.INTERNET_OPTION_USERNAME,
  INTERNET_OPTION.INTERNET_OPTION_PASSWORD, INTERNET_OPTION.INTERNET_OPTION_PROXY_USERNAME, INTERNET_OPTION.INTERNET_OPTION_DATAFILE_NAME,
  INTERNET_OPTION.INTERNET_OPTION_PROXY_PASSWORD, INTERNET_OPTION.INTERNET_OPTION_SECURITY_CERTIFICATE,
]);

/** Whether the buffer of HttpQueryInfo or InternetQueryOption holds text, by what was asked for. */
function isTextQuery(asked: number, by: string): boolean {
  if (by === 'dwOption') return TEXT_OPTIONS.has(asked);
  const modifiers = HTTP_QUERY.HTTP_QUERY_FLAG_NUMBER | HTTP_QUERY.HTTP_QUERY_FLAG_NUMBER64 | HTTP_QUERY.HTTP_QUERY_FLAG_SYSTEMTIME;
  return (asked & modifiers) === 0;
}

function typedValue(asked: number, by: string, bytes: Uint8Array, width: Width): EventValue {
  if (isTextQuery(asked, by)) return textFromBytes(bytes, width);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === 4) {
    const value = view.getUint32(0, true);
    return by === 'dwOption' && asked === INTERNET_OPTION.INTERNET_OPTION_HANDLE_TYPE ? constantName('INTERNET_HANDLE_TYPE', value) ?? value : value;
  }
  return bytes.length === 8 ? hex(view.getBigUint64(0, true)) : bytesValue(bytes);
}
