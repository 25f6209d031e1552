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

function canonicalPath(raw: string): string | undefined {
  const decoded = percentDecode(raw.replaceAll('\\', '/'));
  if (decoded === undefined || decoded.includes('\0')) return undefined;
  const kept: string[] = [];
  const segments = decoded.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..' && kept.pop() === undefined) return undefined;
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (last) kept.push('');
  }
  return `/${kept.join('/')}`;
}

/** UTF-8 where the bytes are that, else one character a byte. */
function percentDecode(raw: string): string | undefined {
  if (/%(?![0-9a-f]{2})/i.test(raw)) return undefined;
  const bytes = Buffer.from(raw.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}
