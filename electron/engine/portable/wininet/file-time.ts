import { uintBytes } from '../../../../preload/contract/win32/memory';

/** 1970 on the clock of FILETIME, which counts 100 nanoseconds since 1601. */
const EPOCH = 116_444_736_000_000_000n;

/** A FILETIME of 8 bytes. @param time in milliseconds since 1970 */
export function fileTime(time: number): Uint8Array {
  return uintBytes(EPOCH + BigInt(time) * 10_000n, 8);
}
