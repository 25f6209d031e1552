import { err, ok, type Result } from '../../../../preload/contract/result';
import { COOKIE_STATE, INTERNET_COOKIE } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import type { CookiePlace } from './cookie-jar';
import { fillCounted } from './text-output';
import { crackUrl } from './url-parts';
import type { WinInetCore } from './wininet-core';

type SetArgs = Pick<FunctionArgs<'InternetSetCookie'>, 'lpszUrl' | 'lpszCookieName' | 'lpszCookieData'>;
type GetArgs = Pick<FunctionArgs<'InternetGetCookie'>, 'lpszUrl' | 'lpszCookieName' | 'lpszCookieData' | 'lpdwSize'>;

const DECLINED = err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
const FOR_HTTP_ONLY = err(WIN32_ERRORS.ERROR_INVALID_OPERATION);

/** InternetSetCookie, InternetGetCookie and their Ex (wininet/nf-wininet-internetsetcookiew and its kin; WinInet/http-cookies). */
export class CookieFunctions {
  constructor(private readonly core: WinInetCore) {}

  set(args: SetArgs, call: Call): Outcome {
    return guarded(call, 0, () => call.bool(this.keep(args, call, false)));
  }

  /** An InternetCookieState; 0 with the last error where the arguments are wrong. */
  setEx(args: FunctionArgs<'InternetSetCookieEx'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const kept = this.keep(args, call, (args.dwFlags & INTERNET_COOKIE.INTERNET_COOKIE_HTTPONLY) !== 0);
      if (kept.ok) return call.outcome(COOKIE_STATE.COOKIE_STATE_ACCEPT);
      return kept === DECLINED || kept === FOR_HTTP_ONLY
        ? call.outcome(COOKIE_STATE.COOKIE_STATE_REJECT, kept.error) : call.outcome(COOKIE_STATE.COOKIE_STATE_UNKNOWN, kept.error);
    });
  }

  get(args: GetArgs, call: Call): Outcome {
    return guarded(call, 0, () => call.bool(this.tell(args, call, undefined, false)));
  }

  /** Of one name, or of all; INTERNET_COOKIE_HTTPONLY tells of those too that scripts may not see. */
  getEx(args: FunctionArgs<'InternetGetCookieEx'>, call: Call): Outcome {
    return guarded(call, 0, () => {
      const name = call.text(args.lpszCookieName);
      return call.bool(this.tell(args, call, name === '' ? undefined : name, (args.dwFlags & INTERNET_COOKIE.INTERNET_COOKIE_HTTPONLY) !== 0));
    });
  }

  private keep(args: SetArgs, call: Call, httpOnly: boolean): Result<undefined, ErrorCode> {
    const data = call.text(args.lpszCookieData);
    const place = placeOf(call, args.lpszUrl);
    if (data === undefined) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    if (!place.ok) return place;
    const name = call.text(args.lpszCookieName);
    const field = name === undefined ? data : `${name}=${data}`;
    const result = this.core.cookies.set(place.value, httpOnly && !/;\s*httponly/iu.test(field) ? `${field}; HttpOnly` : field, !httpOnly);
    switch (result) {
      case 'kept': return ok(undefined);
      // Both codes were observed on Windows.
      case 'not for this place': return DECLINED;
      case 'for HTTP only': return FOR_HTTP_ONLY;
    }
  }

  private tell(args: GetArgs, call: Call, name: string | undefined, withHttpOnly: boolean): Result<undefined, ErrorCode> {
    const place = placeOf(call, args.lpszUrl);
    if (!place.ok) return place;
    if (args.lpdwSize === 0n) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
    const cookies = this.core.cookies.for(place.value, withHttpOnly, name);
    if (cookies === undefined) return err(WIN32_ERRORS.ERROR_NO_MORE_ITEMS);
    if (args.lpszCookieData !== 0n) return fillCounted(call, args.lpszCookieData, args.lpdwSize, cookies.text, cookies.text.length + 1);
    // "If lpszCookieData is NULL", the size needed, "expressed as a byte count".
    call.writeDword(args.lpdwSize, (cookies.text.length + 1) * (call.width === 'W' ? 2 : 1));
    return ok(undefined);
  }
}

function placeOf(call: Call, given: string | bigint | undefined): Result<CookiePlace, ErrorCode> {
  const url = call.text(given);
  if (url === undefined) return err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);
  const parts = crackUrl(url.trim());
  if (!parts.ok) return parts;
  const { hostName, scheme, urlPath } = parts.value;
  if (hostName.text === '') return err(WININET_ERRORS.ERROR_INTERNET_INVALID_URL);
  return ok({ host: hostName.text.replace(/^\[|\]$/gu, ''), secure: scheme.text.toLowerCase() === 'https', target: urlPath.text === '' ? '/' : urlPath.text });
}
