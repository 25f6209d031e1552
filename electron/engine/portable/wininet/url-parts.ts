import { err, ok, type Result } from '../../../../preload/contract/result';
import { WININET_ERRORS } from '../../../../preload/contract/win32/constants/wininet-errors';
import { INTERNET_SCHEME } from '../../../../preload/contract/win32/constants/wininet-flags';
import type { ErrorCode } from './call';

/** A part of a URL: where it begins, and its text. A part that is not there begins where it would. */
export interface UrlPart {
  readonly at: number;
  readonly text: string;
}

/** The parts that URL_COMPONENTS names. */
export interface UrlParts {
  readonly scheme: UrlPart;
  /** INTERNET_SCHEME */
  readonly nScheme: number;
  readonly userName: UrlPart;
  readonly password: UrlPart;
  readonly hostName: UrlPart;
  /** As written, or the scheme's own, or 0 (INTERNET_INVALID_PORT_NUMBER). */
  readonly port: number;
  readonly urlPath: UrlPart;
  /** From the first ? or # on. */
  readonly extraInfo: UrlPart;
}

interface Scheme {
  readonly nScheme: number;
  readonly port: number;
  /** Whether a host follows two slashes. */
  readonly hierarchical: boolean;
}

/** The schemes of INTERNET_SCHEME that have a name. */
export const SCHEMES: Readonly<Record<string, Scheme>> = {
  ftp: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_FTP, port: 21, hierarchical: true },
  gopher: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_GOPHER, port: 70, hierarchical: true },
  http: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_HTTP, port: 80, hierarchical: true },
  https: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_HTTPS, port: 443, hierarchical: true },
  file: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_FILE, port: 0, hierarchical: true },
  news: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_NEWS, port: 0, hierarchical: false },
  mailto: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_MAILTO, port: 0, hierarchical: false },
  socks: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_SOCKS, port: 1080, hierarchical: true },
  javascript: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_JAVASCRIPT, port: 0, hierarchical: false },
  vbscript: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_VBSCRIPT, port: 0, hierarchical: false },
  res: { nScheme: INTERNET_SCHEME.INTERNET_SCHEME_RES, port: 0, hierarchical: true },
};

const INVALID = err(WININET_ERRORS.ERROR_INTERNET_INVALID_URL);

/**
 * Takes a URL apart (wininet/nf-wininet-internetcrackurlw). No scheme is ERROR_INTERNET_UNRECOGNIZED_SCHEME; a host or
 * port that cannot be one is ERROR_INTERNET_INVALID_URL.
 */
export function crackUrl(url: string): Result<UrlParts, ErrorCode> {
  const colon = url.indexOf(':');
  const name = colon < 0 ? '' : url.slice(0, colon);
  if (!/^[a-z][a-z0-9+.-]*$/iu.test(name)) return err(WININET_ERRORS.ERROR_INTERNET_UNRECOGNIZED_SCHEME);
  const known = Object.hasOwn(SCHEMES, name.toLowerCase()) ? SCHEMES[name.toLowerCase()] : undefined;
  const part = (from: number, to: number): UrlPart => ({ at: from, text: url.slice(from, to) });
  const scheme = part(0, colon);
  const nScheme = known?.nScheme ?? INTERNET_SCHEME.INTERNET_SCHEME_UNKNOWN;
  const rest = colon + 1;
  const slashes = url.startsWith('//', rest);
  if (!slashes) {
    // A scheme that is nothing without a host.
    if (known?.hierarchical === true && known.port !== 0) return INVALID;
    return ok({ scheme, nScheme, userName: part(rest, rest), password: part(rest, rest), hostName: part(rest, rest), port: known?.port ?? 0, ...pathAndExtra(url, rest) });
  }
  const from = rest + 2;
  const end = authorityEnd(url, from);
  const at = url.slice(from, end).lastIndexOf('@');
  const host = at < 0 ? from : from + at + 1;
  const user = url.slice(from, Math.max(from, host - 1));
  const separator = user.indexOf(':');
  const userEnd = separator < 0 ? from + user.length : from + separator;
  const hostEnd = hostEndOf(url, host, end);
  const port = portOf(url.slice(hostEnd, end), known?.port ?? 0);
  if (!port.ok) return port;
  if (hostEnd === host && known !== undefined && known.port !== 0) return INVALID;
  return ok({
    scheme, nScheme, userName: part(from, userEnd), password: separator < 0 ? part(userEnd, userEnd) : part(userEnd + 1, from + user.length),
    hostName: part(host, hostEnd), port: port.value, ...pathAndExtra(url, end),
  });
}

function authorityEnd(url: string, from: number): number {
  const found = /[/\\?#]/u.exec(url.slice(from));
  return found === null ? url.length : from + found.index;
}

/** An IPv6 address has its colons in brackets. */
function hostEndOf(url: string, host: number, end: number): number {
  const bracket = url[host] === '[' ? url.indexOf(']', host) : -1;
  if (bracket >= 0 && bracket < end) return bracket + 1;
  const colon = url.slice(host, end).indexOf(':');
  return colon < 0 ? end : host + colon;
}

function portOf(written: string, own: number): Result<number, ErrorCode> {
  if (written === '' || written === ':') return ok(own);
  if (!/^:\d{1,5}$/u.test(written) || Number(written.slice(1)) > 0xffff) return INVALID;
  return ok(Number(written.slice(1)));
}

function pathAndExtra(url: string, from: number): Pick<UrlParts, 'urlPath' | 'extraInfo'> {
  const found = /[?#]/u.exec(url.slice(from));
  const extra = found === null ? url.length : from + found.index;
  return { urlPath: { at: from, text: url.slice(from, extra) }, extraInfo: { at: extra, text: url.slice(extra) } };
}
