import { parseHttpDate } from './http-date';
import type { RequestUrl } from './request-url';

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  /** Whether hosts below the domain get it too. */
  readonly below: boolean;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  /** When it ends, in milliseconds; undefined at the end of the process. */
  readonly until: number | undefined;
}

/** What a request may be sent: the text of its Cookie field, and how many cookies stand in it. */
export interface SentCookies {
  readonly text: string;
  readonly count: number;
}

/** Where a cookie is set or wanted. */
export type CookiePlace = Pick<RequestUrl, 'host' | 'secure' | 'target'>;

/** The cookies of a process (WinInet/http-cookies), kept in memory, by the rules of RFC 6265. */
export class CookieJar {
  private cookies: readonly Cookie[] = [];
  /** Whether a cookie may outlast the session it was set in (INTERNET_SUPPRESS_COOKIE_PERSIST). */
  persists = true;

  /** Takes a Set-Cookie field in, or says why it does not. `byScript`: not by a response, but InternetSetCookie. */
  set(place: CookiePlace, field: string, byScript = false): 'kept' | 'not for this place' | 'for HTTP only' {
    const cookie = parseCookie(place, field);
    if (cookie === undefined) return 'not for this place';
    if (byScript && cookie.httpOnly) return 'for HTTP only';
    const same = (other: Cookie): boolean => other.name === cookie.name && other.domain === cookie.domain && other.path === cookie.path;
    // RFC 6265, 5.3: a cookie that only HTTP may see is not for others to replace.
    if (byScript && this.cookies.some((other) => same(other) && other.httpOnly)) return 'for HTTP only';
    const others = this.cookies.filter((other) => !same(other));
    this.cookies = cookie.until !== undefined && cookie.until <= Date.now() ? others : [...others, this.persists ? cookie : { ...cookie, until: undefined }];
    return 'kept';
  }

  /** The cookies for a request, longer paths first; undefined when there is none. `withHttpOnly`: those that are for HTTP alone too. */
  for(place: CookiePlace, withHttpOnly: boolean, name?: string): SentCookies | undefined {
    const now = Date.now();
    const path = pathOf(place.target);
    const matching = this.cookies.filter((cookie) => (cookie.until === undefined || cookie.until > now)
      && hostMatches(place.host, cookie) && pathMatches(path, cookie.path) && (!cookie.secure || place.secure)
      && (withHttpOnly || !cookie.httpOnly) && (name === undefined || cookie.name === name));
    if (matching.length === 0) return undefined;
    const ordered = [...matching].sort((a, b) => b.path.length - a.path.length);
    return { text: ordered.map((cookie) => (cookie.name === '' ? cookie.value : `${cookie.name}=${cookie.value}`)).join('; '), count: matching.length };
  }

  /** Ends what was to last as long as the process (INTERNET_OPTION_END_BROWSER_SESSION). */
  endSession(): void {
    this.cookies = this.cookies.filter((cookie) => cookie.until !== undefined);
  }
}

function parseCookie(place: CookiePlace, field: string): Cookie | undefined {
  const [pair = '', ...attributes] = field.split(';');
  const equals = pair.indexOf('=');
  const name = equals < 0 ? '' : pair.slice(0, equals).trim();
  const value = (equals < 0 ? pair : pair.slice(equals + 1)).trim();
  if (name === '' && value === '') return undefined;
  const given = new Map(attributes.map((attribute): [string, string] => {
    const at = attribute.indexOf('=');
    return at < 0 ? [attribute.trim().toLowerCase(), ''] : [attribute.slice(0, at).trim().toLowerCase(), attribute.slice(at + 1).trim()];
  }));
  const host = place.host.toLowerCase();
  const domain = (given.get('domain') ?? '').replace(/^\./u, '').toLowerCase();
  // A domain without a dot would be everybody's below it.
  if (domain !== '' && domain !== host && (!host.endsWith(`.${domain}`) || !domain.includes('.'))) return undefined;
  const path = given.get('path') ?? '';
  return {
    name, value, domain: domain === '' ? host : domain, below: domain !== '', path: path.startsWith('/') ? path : defaultPath(place.target),
    secure: given.has('secure'), httpOnly: given.has('httponly'), until: expiry(given),
  };
}

/** Max-Age before Expires; what cannot be read counts as not given. */
function expiry(given: ReadonlyMap<string, string>): number | undefined {
  const age = given.get('max-age');
  if (age !== undefined && /^-?\d+$/u.test(age)) return Date.now() + Number(age) * 1000;
  const expires = given.get('expires');
  return expires === undefined ? undefined : parseHttpDate(expires)?.getTime();
}

function pathOf(target: string): string {
  return target.split(/[?#]/u, 1)[0] ?? '/';
}

/** RFC 6265, 5.1.4: up to the last slash, which is left off. */
function defaultPath(target: string): string {
  const path = pathOf(target);
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

function pathMatches(path: string, cookiePath: string): boolean {
  return path === cookiePath || (path.startsWith(cookiePath) && (cookiePath.endsWith('/') || path[cookiePath.length] === '/'));
}

function hostMatches(host: string, { domain, below }: Cookie): boolean {
  const wanted = host.toLowerCase();
  return wanted === domain || (below && wanted.endsWith(`.${domain}`));
}
