import { ICU } from '../../../../preload/contract/win32/constants/url-and-cookie';
import { SCHEMES } from './url-parts';

/** What has no place in a URL as it is (RFC 3986, 2; the "unsafe characters" of InternetCanonicalizeUrl). */
const UNSAFE = /[^!#-;=?-Z[\]_a-z~\u0080-\uffff]/gu;

/**
 * A URL in its canonical form (wininet/nf-wininet-internetcanonicalizeurlw). As in every WinINet since Internet Explorer
 * 4, what follows the first ? or # is left as it is: "always functions as if the ICU_BROWSER_MODE flag is set".
 */
export function canonicalUrl(given: string, flags: number): string {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const url = has(ICU.ICU_DECODE) ? unescaped(given.trim()) : given.trim();
  const extra = url.search(/[?#]/u);
  const before = extra < 0 ? url : url.slice(0, extra);
  const match = /^([a-z][a-z0-9+.-]*):(\/\/[^/\\]*)?(.*)$/isu.exec(before);
  const scheme = match?.[1]?.toLowerCase() ?? '';
  const hierarchical = Object.hasOwn(SCHEMES, scheme) && SCHEMES[scheme]?.hierarchical === true;
  const authority = (match?.[2] ?? '').replace(/[^@]*$/u, (host) => host.toLowerCase());
  const written = match === null ? before : match[3] ?? '';
  const slashed = hierarchical ? written.replaceAll('\\', '/') : written;
  const meta = has(ICU.ICU_NO_META) || (match !== null && !hierarchical) ? slashed : withoutDots(slashed);
  const path = meta === '' && hierarchical ? '/' : meta;
  return `${match === null ? '' : `${scheme}:`}${authority}${encoded(path, flags)}${extra < 0 ? '' : url.slice(extra)}`;
}

function encoded(path: string, flags: number): string {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const percent = has(ICU.ICU_ENCODE_PERCENT) ? path.replaceAll('%', '%25') : path;
  if (has(ICU.ICU_NO_ENCODE)) return percent;
  if (has(ICU.ICU_ENCODE_SPACES_ONLY)) return percent.replaceAll(' ', '%20');
  return escaped(percent);
}

export function escaped(text: string): string {
  return text.replaceAll(UNSAFE, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
}

/** Every %XX as the character it stands for. */
export function unescaped(text: string): string {
  return text.replaceAll(/%([0-9a-f]{2})/giu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** RFC 3986, 5.2.4, for a path that begins with a slash; another one is left as it is. */
function withoutDots(path: string): string {
  if (!path.startsWith('/')) return path;
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (last) kept.push('');
  }
  return `/${kept.join('/')}`;
}

interface Pieces {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

/** RFC 3986, appendix B. */
function piecesOf(url: string): Pieces {
  const match = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/isu.exec(url);
  return { scheme: match?.[1], authority: match?.[2], path: match?.[3] ?? '', query: match?.[4] ?? '', fragment: match?.[5] ?? '' };
}

/** A relative URL taken from a base (RFC 3986, 5.2.2). */
export function combinedUrl(base: string, relative: string): string {
  const from = piecesOf(base.trim());
  const to = piecesOf(relative.trim());
  if (to.scheme !== undefined) return relative.trim();
  const written = (authority: string | undefined, path: string, query: string): string =>
    `${from.scheme === undefined ? '' : `${from.scheme}:`}${authority === undefined ? '' : `//${authority}`}${path}${query}${to.fragment}`;
  if (to.authority !== undefined) return written(to.authority, to.path, to.query);
  if (to.path === '') return written(from.authority, from.path, to.query === '' ? from.query : to.query);
  const path = to.path.startsWith('/') ? to.path : `${from.path.slice(0, from.path.lastIndexOf('/') + 1) || '/'}${to.path}`;
  return written(from.authority, path, to.query);
}
