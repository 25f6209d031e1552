import { STATUS_PAYLOAD } from './constants/status';
import { textFromBytes } from './memory';
import type { Width } from './signature';

/** lpvStatusInformation of one callback, decoded; the raw bytes are kept beside it, never instead of it. */
export type StatusPayload =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'dword'; readonly value: number }
  /** The raw HINTERNET that was made or is closing. */
  | { readonly kind: 'handle'; readonly raw: bigint }
  | { readonly kind: 'async-result'; readonly dwResult: bigint; readonly dwError: number }
  | { readonly kind: 'bytes' };

/**
 * Decodes a status payload copied inside the callback.
 * Names and URLs have the width of the callback; IP addresses are ANSI whatever the width (MicrosoftDocs/feedback#2972).
 * A payload shorter than its kind needs reads as plain bytes: a record is never bent to fit.
 */
export function decodeStatusPayload(status: number, bytes: Uint8Array, width: Width): StatusPayload {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (STATUS_PAYLOAD[status] ?? 'struct') {
    case 'none': return bytes.length === 0 ? { kind: 'none' } : { kind: 'bytes' };
    case 'name': case 'url': case 'string': return { kind: 'text', text: upToNul(textFromBytes(bytes, width)) };
    case 'ip': return { kind: 'text', text: upToNul(textFromBytes(bytes, 'A')) };
    case 'dword': return bytes.length >= 4 ? { kind: 'dword', value: view.getUint32(0, true) } : { kind: 'bytes' };
    case 'handle': return bytes.length >= 8 ? { kind: 'handle', raw: view.getBigUint64(0, true) } : { kind: 'bytes' };
    case 'async_result':
      return bytes.length >= 12 ? { kind: 'async-result', dwResult: view.getBigUint64(0, true), dwError: view.getUint32(8, true) } : { kind: 'bytes' };
    case 'struct': return { kind: 'bytes' };
  }
}

function upToNul(text: string): string {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}
