import { err, ok, type Result } from '../../../../preload/contract/result';
import { ICU } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { WIN32_ERRORS } from '../../../../preload/contract/win32/constants/win32-errors';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import type { FunctionArgs } from '../../../../preload/contract/win32/functions';
import type { Outcome } from '../../engine';
import { guarded, type Call, type ErrorCode } from './call';
import { canonicalUrl, combinedUrl, escaped } from './url-canon';
import { crackInto } from './url-components';
import { readComponents, type ReadComponents } from './url-components-in';
import { crackUrl, SCHEMES } from './url-parts';
import { fillCounted } from './text-output';

const INVALID_PARAMETER = err(WIN32_ERRORS.ERROR_INVALID_PARAMETER);

/** InternetCrackUrl (wininet/nf-wininet-internetcrackurlw). */
export function internetCrackUrl(args: FunctionArgs<'InternetCrackUrl'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    const url = call.text(args.lpszUrl, args.dwUrlLength === 0 ? undefined : args.dwUrlLength);
    if (url === undefined || url === '' || args.lpUrlComponents === 0n) return call.bool(INVALID_PARAMETER);
    const parts = crackUrl(url);
    return call.bool(parts.ok ? crackInto(call, args.lpUrlComponents, args.lpszUrl, parts.value, args.dwFlags) : parts);
  });
}

/** InternetCreateUrl (wininet/nf-wininet-internetcreateurlw). */
export function internetCreateUrl(args: FunctionArgs<'InternetCreateUrl'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    const parts = readComponents(call, args.lpUrlComponents);
    if (!parts.ok || args.lpdwUrlLength === 0n) return call.bool(INVALID_PARAMETER);
    // Observed on Windows: a password belongs to a user name, though that may be empty.
    if (parts.value.password !== undefined && parts.value.userName === undefined) return call.bool(INVALID_PARAMETER);
    const url = created(parts.value, args.dwFlags);
    // "If GetLastError returns ERROR_INSUFFICIENT_BUFFER, this parameter receives the number of bytes required".
    return call.bool(fillCounted(call, args.lpszUrl, args.lpdwUrlLength, url, url.length, (url.length + 1) * (call.width === 'W' ? 2 : 1)));
  });
}

function created(parts: ReadComponents, flags: number): string {
  const named = Object.entries(SCHEMES).find(([, known]) => known.nScheme === parts.nScheme);
  const scheme = parts.scheme ?? named?.[0] ?? 'http';
  const known = Object.hasOwn(SCHEMES, scheme.toLowerCase()) ? SCHEMES[scheme.toLowerCase()] : undefined;
  const user = parts.userName === undefined ? '' : `${parts.userName}${parts.password === undefined ? '' : `:${parts.password}`}@`;
  const port = parts.port === 0 || parts.port === known?.port ? '' : `:${parts.port}`;
  const authority = parts.hostName === undefined ? '' : `${user}${parts.hostName}${port}`;
  const path = parts.urlPath ?? '';
  const slash = authority !== '' && path !== '' && !/^[/\\]/u.test(path) ? '/' : '';
  // "Converts all unsafe characters": those of path and extra information.
  const tail = `${path}${parts.extraInfo ?? ''}`;
  return `${scheme}:${known?.hierarchical === false ? '' : '//'}${authority}${slash}${(flags & ICU.ICU_ESCAPE) === 0 ? tail : escaped(tail)}`;
}

/** InternetCanonicalizeUrl (wininet/nf-wininet-internetcanonicalizeurlw). */
export function internetCanonicalizeUrl(args: FunctionArgs<'InternetCanonicalizeUrl'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    const url = call.text(args.lpszUrl);
    if (url === undefined || args.lpdwBufferLength === 0n) return call.bool(INVALID_PARAMETER);
    const valid = asUrl(url);
    return call.bool(valid.ok ? fillCounted(call, args.lpszBuffer, args.lpdwBufferLength, canonicalUrl(url, args.dwFlags)) : valid);
  });
}

/** InternetCombineUrl (wininet/nf-wininet-internetcombineurlw). */
export function internetCombineUrl(args: FunctionArgs<'InternetCombineUrl'>, call: Call): Outcome {
  return guarded(call, 0, () => {
    const [base, relative] = [call.text(args.lpszBaseUrl), call.text(args.lpszRelativeUrl)];
    if (base === undefined || relative === undefined || args.lpdwBufferLength === 0n) return call.bool(INVALID_PARAMETER);
    const combined = combinedUrl(base, relative);
    const valid = asUrl(combined);
    return call.bool(valid.ok ? fillCounted(call, args.lpszBuffer, args.lpdwBufferLength, canonicalUrl(combined, args.dwFlags)) : valid);
  });
}

/** What has no scheme is relative, and as good as any; what has one must be a URL. */
function asUrl(url: string): Result<undefined, ErrorCode> {
  const parts = crackUrl(url.trim());
  return !parts.ok && parts.error === WININET_ERRORS.ERROR_INTERNET_INVALID_URL ? parts : ok(undefined);
}
