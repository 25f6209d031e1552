import { err, ok } from '../../../../preload/contract/result';
import { INTERNET_RFC1123 } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { readUint, textBytes } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call } from './call';
import { parseHttpDate, systemTimeBytes } from './http-date';

const SYSTEMTIME_WORDS = 8;

/** InternetTimeFromSystemTime (wininet/nf-wininet-internettimefromsystemtimew): "Sun, 06 Nov 1994 08:49:37 GMT"; cbTime in bytes. */
export function internetTimeFromSystemTime(args: FunctionArgs<'InternetTimeFromSystemTime'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    if (args.pst === 0n || args.lpszTime === 0n || args.dwRFC !== INTERNET_RFC1123.INTERNET_RFC1123_FORMAT) {
      return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
    }
    const words = Array.from({ length: SYSTEMTIME_WORDS }, (_, index) => readUint(call.memory, args.pst + BigInt(index * 2), 2));
    const [year = 0, month = 0, , day = 0, hour = 0, minute = 0, second = 0] = words;
    const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
    const exists = year >= 1601 && time.getUTCMonth() === month - 1 && time.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
    if (!exists) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
    const bytes = textBytes(`${time.toUTCString()}\0`, call.width);
    if (args.cbTime >>> 0 < bytes.length) return call.bool(err(WIN32_ERRORS.ERROR_INSUFFICIENT_BUFFER));
    call.memory.write(args.lpszTime, bytes);
    return call.bool(ok(undefined));
  });
}

/** InternetTimeToSystemTime (wininet/nf-wininet-internettimetosystemtimew). */
export function internetTimeToSystemTime(args: FunctionArgs<'InternetTimeToSystemTime'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    const text = call.text(args.lpszTime);
    if (text === undefined || args.pst === 0n || args.dwReserved !== 0) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
    // What is no date was observed to be taken for the present.
    call.memory.write(args.pst, systemTimeBytes(parseHttpDate(text.trim()) ?? new Date()));
    return call.bool(ok(undefined));
  });
}
