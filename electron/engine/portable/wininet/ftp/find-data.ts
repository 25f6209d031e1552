import { textBytes, uintBytes } from '../../../../../preload/contract/win32/memory';
import type { Width } from '../../../../../preload/contract/win32/signature';
import { layoutOf, structOfWidth } from '../../../../../preload/contract/win32/struct-codec';
import { fileTime } from '../file-time';
import type { ListEntry } from './list-parser';

/** Where the fields lie that a listing fills; the first eleven are the same in both widths. */
const AT = { attributes: 0, created: 4, accessed: 12, written: 20, sizeHigh: 28, sizeLow: 32, name: 44 } as const;
const MOST_NAME = 259;

/**
 * A WIN32_FIND_DATA of 320 bytes (A) or 592 (W). Times are in the zone of the listing; a listing has only one, which then
 * stands for all three (wininet/nf-wininet-ftpfindfirstfilew, remarks).
 */
export function findDataBytes(entry: ListEntry, width: Width): Uint8Array {
  const bytes = new Uint8Array(layoutOf(structOfWidth('WIN32_FIND_DATA', width)).size);
  bytes.set(uintBytes(entry.attributes, 4), AT.attributes);
  const time = entry.modified === 0 ? uintBytes(0n, 8) : fileTime(entry.modified);
  for (const at of [AT.created, AT.accessed, AT.written]) bytes.set(time, at);
  bytes.set(uintBytes(entry.size >> 32n, 4), AT.sizeHigh);
  bytes.set(uintBytes(entry.size & 0xffff_ffffn, 4), AT.sizeLow);
  bytes.set(textBytes(entry.name.slice(0, MOST_NAME), width), AT.name);
  return bytes;
}
