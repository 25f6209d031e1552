import { uintBytes } from '../../../../preload/contract/win32/memory';

/** A date of RFC 9110, 5.6.7, in any of its three forms (always GMT); undefined for other text. */
export function parseHttpDate(text: string): Date | undefined {
  if (!/^[A-Za-z]{3,9},? /u.test(text)) return undefined;
  const time = Date.parse(/GMT|UTC|[+-]\d{4}$/u.test(text) ? text : `${text} GMT`);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** SYSTEMTIME: eight WORDs, 16 bytes, in UTC. */
export function systemTimeBytes(time: Date): Uint8Array {
  const words = [
    time.getUTCFullYear(), time.getUTCMonth() + 1, time.getUTCDay(), time.getUTCDate(),
    time.getUTCHours(), time.getUTCMinutes(), time.getUTCSeconds(), time.getUTCMilliseconds(),
  ];
  return Uint8Array.from(words.flatMap((word) => [...uintBytes(word, 2)]));
}
