import { err, ok, type Result } from '../../../../preload/contract/result';
import { FILE_MOVE_METHOD } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { Exchange } from './exchange';
import type { RequestHandle } from './handle';
import type { WinInetCore } from './wininet-core';

/** INVALID_SET_FILE_POINTER */
const FAILED = 0xffff_ffff;
const LOW = 0x1_0000_0000;

/**
 * InternetSetFilePointer (wininet/nf-wininet-internetsetfilepointer): for a GET or HEAD that may be cached, and until
 * its end was reached; FILE_END needs a content length.
 */
export function internetSetFilePointer(core: WinInetCore, args: FunctionArgs<'InternetSetFilePointer'>, call: Call): Outcome {
  return guarded(call, FAILED, () => {
    const found = core.table.of('http-request', args.hFile);
    if (!found.ok) return call.outcome(FAILED, found.error);
    const request = found.value;
    const { exchange } = request;
    // "This parameter is reserved and must be 0."
    if (args.dwContext !== 0n) return call.outcome(FAILED, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    if (exchange === undefined || request.operations.size > 0) return call.outcome(FAILED, WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE);
    const high = args.lpDistanceToMoveHigh === 0n ? undefined : call.dword(args.lpDistanceToMoveHigh) | 0;
    const distance = high === undefined ? distanceOf(args) : high * LOW + (args.lDistanceToMove >>> 0);
    const target = targetOf(request, exchange, distance, args);
    if (!target.ok) return call.outcome(FAILED, target.error);
    // "If lpDistanceToMoveHigh is NULL and the new file position does not fit in a 32-bit value the function fails."
    if (high === undefined && target.value >= LOW) return call.outcome(FAILED, WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    if (!exchange.seek(target.value)) return call.outcome(FAILED, WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION);
    if (high !== undefined) call.memory.write(args.lpDistanceToMoveHigh, uintBytes(Math.floor(target.value / LOW), 4));
    return call.outcome(target.value % LOW);
  });
}

/** Only of what may go into the cache, and was asked for with GET or HEAD, is a position kept. */
export function isSeekable({ flags, verb }: RequestHandle): boolean {
  const uncached = INTERNET_FLAG.INTERNET_FLAG_NO_CACHE_WRITE | INTERNET_FLAG.INTERNET_FLAG_DONT_CACHE;
  return (flags & uncached) === 0 && ['GET', 'HEAD'].includes(verb.toUpperCase());
}

/** "If FILE_BEGIN is specified, lDistanceToMove is interpreted as an unsigned location for the new file pointer." */
function distanceOf({ lDistanceToMove, dwMoveMethod }: FunctionArgs<'InternetSetFilePointer'>): number {
  return dwMoveMethod === FILE_MOVE_METHOD.FILE_BEGIN ? lDistanceToMove >>> 0 : lDistanceToMove | 0;
}

function targetOf(request: RequestHandle, exchange: Exchange, distance: number, args: FunctionArgs<'InternetSetFilePointer'>): Result<number, ErrorCode> {
  if (!isSeekable(request)) return err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION);
  if (exchange.exhausted && exchange.position > 0) return err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION);
  const from = startOf(exchange, args.dwMoveMethod);
  if (!from.ok) return from;
  return from.value + distance < 0 ? err(WIN32_ERRORS.ERROR_NEGATIVE_SEEK) : ok(from.value + distance);
}

function startOf(exchange: Exchange, method: number): Result<number, ErrorCode> {
  switch (method) {
    case FILE_MOVE_METHOD.FILE_BEGIN: return ok(0);
    case FILE_MOVE_METHOD.FILE_CURRENT: return ok(exchange.position);
    case FILE_MOVE_METHOD.FILE_END: {
      const length = exchange.head?.headers.first('content-length');
      return length === undefined ? err(WININET_ERRORS.ERROR_INTERNET_INVALID_OPERATION) : ok(Number(length));
    }
    default: return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  }
}
