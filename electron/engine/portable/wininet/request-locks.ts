import { err, ok } from '../../../../preload/contract/result';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import { uintBytes } from '../../../../preload/contract/win32/memory';
import type { Outcome } from '../../engine';
import { guarded, type Call } from './call';
import type { RequestHandle } from './handle';
import type { WinInetCore } from './wininet-core';

/** Lock handles, apart from every HINTERNET. */
const FIRST_LOCK = 0x00dd_0000n;

/**
 * InternetLockRequestFile and InternetUnlockRequestFile (wininet/nf-wininet-internetlockrequestfile): the entity of a
 * response is held in memory here, not in a file, and a lock on it outlives the request's handle.
 */
export class RequestLocks {
  private readonly counts = new Map<bigint, number>();
  private readonly ofRequest = new WeakMap<RequestHandle, bigint>();
  private last = FIRST_LOCK;

  constructor(private readonly core: WinInetCore) {}

  /** Not for a secure resource that is not to be written to the cache: "InternetLockRequestFile fails". */
  lock(args: FunctionArgs<'InternetLockRequestFile'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const found = this.core.table.of('http-request', args.hInternet);
      if (!found.ok) return call.bool(found);
      const request = found.value;
      if (args.lphLockRequestInfo === 0n) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_PARAMETER));
      if (request.exchange === undefined) return call.bool(err(WININET_ERRORS.ERROR_INTERNET_INCORRECT_HANDLE_STATE));
      const uncached = INTERNET_FLAG.INTERNET_FLAG_NO_CACHE_WRITE | INTERNET_FLAG.INTERNET_FLAG_DONT_CACHE;
      if (request.url.secure && (request.flags & uncached) !== 0) return call.bool(err(WIN32_ERRORS.ERROR_FILE_NOT_FOUND));
      const lock = this.handleOf(request);
      this.counts.set(lock, (this.counts.get(lock) ?? 0) + 1);
      call.memory.write(args.lphLockRequestInfo, uintBytes(lock, 8));
      return call.bool(ok(undefined));
    });
  }

  unlock(args: FunctionArgs<'InternetUnlockRequestFile'>, call: Call): Outcome {
    const count = this.counts.get(args.hLockRequestInfo);
    if (count === undefined) return call.bool(err(WIN32_ERRORS.ERROR_INVALID_HANDLE));
    if (count > 1) this.counts.set(args.hLockRequestInfo, count - 1);
    else this.counts.delete(args.hLockRequestInfo);
    return call.bool(ok(undefined));
  }

  /** The locks of one request are one, counted. */
  private handleOf(request: RequestHandle): bigint {
    const known = this.ofRequest.get(request);
    if (known !== undefined) return known;
    this.last += 4n;
    this.ofRequest.set(request, this.last);
    return this.last;
  }
}
