import { ANY, type FilterSubject } from '../../preload/contract/filter/meets';
import type { EventFields, EventKind, TraceEvent } from '../../preload/contract/event';
import { describeError } from '../../preload/contract/win32/constant-table';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { WIN32_ERRORS } from '../../preload/contract/win32/constants/win32-errors';
import { FUNCTION_NAMES } from '../../preload/contract/win32/functions';
import { rowWords } from './event-rows';
import { statusTitle } from './event-words';
import type { HandleTree } from './handle-tree';

/**
 * What a filter can ask of an event's columns.
 * @param name a function's place in FUNCTION_NAMES, or an INTERNET_STATUS
 * @param code its Win32 error, 0 for none
 */
export function columnSubject(kind: EventKind, name: number, code: number): FilterSubject {
  const fn = kind === 'call' || kind === 'return' || kind === 'completion' ? FUNCTION_NAMES[name]?.toLowerCase() : undefined;
  const status = kind === 'callback' || kind === 'callback-return' ? [`internet_status_${statusTitle(name).toLowerCase()}`, String(name)] : [];
  return { names: { kind: [kind], fn: fn === undefined ? [] : [fn], status, error: errorNames(code) } };
}

/** What a filter can ask of an event's payload. */
export function payloadSubject(event: TraceEvent, tree: HandleTree): FilterSubject {
  const completes = event.kind === 'callback' && event.payload.kind === 'async-result' && event.payload.dwResult === '0x0';
  return {
    text: rowWords(event, tree).toLowerCase(), size: bytesMoved(event),
    names: completes && event.payload.kind === 'async-result' ? { error: errorNames(event.payload.dwError) } : {},
  };
}

/** ERROR_IO_PENDING is a code like the others, and no failure. */
function errorNames(code: number): readonly string[] {
  if (code === 0) return [];
  const { name } = describeError(code);
  return [String(code), ...(name === undefined ? [] : [name.toLowerCase()]), ...(code === WIN32_ERRORS.ERROR_IO_PENDING ? [] : [ANY])];
}

const COUNTS_BYTES: ReadonlySet<number> = new Set([INTERNET_STATUS.INTERNET_STATUS_REQUEST_SENT, INTERNET_STATUS.INTERNET_STATUS_RESPONSE_RECEIVED]);

/** Bytes that the event says were read, written, sent or received; undefined for one that says nothing of it. */
function bytesMoved(event: TraceEvent): number | undefined {
  switch (event.kind) {
    case 'completion': return event.bytes;
    case 'return': return bytesOf(event.out);
    case 'callback': return event.payload.kind === 'dword' && COUNTS_BYTES.has(event.status) ? event.payload.value : bytesOf(event.out);
    default: return undefined;
  }
}

/** lpdwNumberOfBytesRead, lpdwNumberOfBytesWritten, BytesReturned, BytesSent …: the page's names for a count of bytes. */
function bytesOf(out: EventFields): number | undefined {
  for (const [name, value] of Object.entries(out)) if (typeof value === 'number' && /NumberOfBytes|Bytes(Returned|Received|Sent|Read)/.test(name)) return value;
  return undefined;
}
