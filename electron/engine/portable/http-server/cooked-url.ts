/** The parts of a request URL in canonical form (HTTP_COOKED_URL). */
export interface CookedPath {
  /** Percent-decoded, dot segments removed; begins with a slash, or is "*". */
  readonly absPath: string;
  /** With its question mark, as it came; empty when there is none. */
  readonly query: string;
}

const ABSOLUTE = /^https?:\/\/([^/?]+)(\/[^?]*)?(\?.*)?$/i;

/** The path and query of a request target, and the host of an absolute one; undefined for a target that is no URL. */
export function cookUrl(verb: string, rawUrl: string): { readonly path: CookedPath; readonly host: string | undefined } | undefined {
  if (rawUrl === '*' && verb === 'OPTIONS') return { path: { absPath: '*', query: '' }, host: undefined };
  const absolute = ABSOLUTE.exec(rawUrl);
  const [, host, rawPath = '/', query = ''] = absolute ?? [];
  if (absolute !== null) {
    const absPath = canonicalPath(rawPath);
    return absPath === undefined ? undefined : { path: { absPath, query }, host };
  }
  if (!rawUrl.startsWith('/')) return undefined;
  const mark = rawUrl.indexOf('?');
  const absPath = canonicalPath(mark < 0 ? rawUrl : rawUrl.slice(0, mark));
  return absPath === undefined ? undefined : { path: { absPath, query: mark < 0 ? '' : rawUrl.slice(mark) }, host: undefined };
}

/** Limits of http.sys on a path: UrlSegmentMaxLength, in characters, and UrlSegmentMaxCount (Http.sys registry settings). */
const MOST_CHARACTERS = 260;
const MOST_SEGMENTS = 255;

function canonicalPath(raw: string): string | undefined {
  const decoded = percentDecode(raw.replaceAll('\\', '/'));
  if (decoded === undefined) return undefined;
  const kept: string[] = [];
  const segments = decoded.split('/').slice(1);
  if (segments.length > MOST_SEGMENTS || segments.some((segment) => segment.length > MOST_CHARACTERS)) return undefined;
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..' && kept.pop() === undefined) return undefined;
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (last) kept.push('');
  }
  return `/${kept.join('/')}`;
}

/** Escapes that are none: percent signs without two digits behind them, or four behind %u (PercentUAllowed). */
const WRONG_ESCAPE = /%(?!u[0-9a-f]{4}|[0-9a-f]{2})/i;
/** Characters that may not even come escaped (AllowRestrictedChars). */
const RESTRICTED = /\p{Cc}/u;

/** UTF-8 where the escaped bytes are that, else one character a byte. */
function percentDecode(raw: string): string | undefined {
  if (WRONG_ESCAPE.test(raw)) return undefined;
  const text = raw.split(/(%u[0-9a-f]{4})/i).map((part, index) =>
    (index % 2 === 1 ? String.fromCharCode(parseInt(part.slice(2), 16)) : decodeBytes(part))).join('');
  return RESTRICTED.test(text) ? undefined : text;
}

function decodeBytes(raw: string): string {
  const bytes = Buffer.from(raw.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}
