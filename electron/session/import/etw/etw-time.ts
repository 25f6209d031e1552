const ISO = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d{1,3}:\d\d)?$/;

/**
 * Milliseconds since 1970 with their fraction, to a quarter of a microsecond; undefined for what is no time. tracerpt writes
 * nine digits of a second, and offsets from UTC whose hours need not be two digits.
 */
export function isoTime(text: string): number | undefined {
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = ISO.exec(text.trim()) ?? [];
  if (year === undefined) return undefined;
  const whole = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const [, sign, hours, minutes] = /^([+-])(\d+):(\d+)$/.exec(zone) ?? [];
  const offset = sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return whole - offset + Number(`0.${fraction || '0'}`) * 1000;
}

/** A FILETIME (100 ns since 1601) as a number of 100 ns steps; undefined for what is none. */
export function fileTime(text: string): bigint | undefined {
  return /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
}

/** 1970 as a FILETIME. */
export const UNIX_EPOCH = 116_444_736_000_000_000n;
