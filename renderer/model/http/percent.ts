/** A text with its percent-encoding undone, or the text as it stands and what is wrong with it. */
export interface Decoded {
  readonly text: string;
  /** Undefined where everything could be undone. */
  readonly problem: string | undefined;
}

const ESCAPE = /%([0-9A-Fa-f]{2})?/g;

/**
 * Undoes percent-encoding as UTF-8 (RFC 3986 section 2.1, WHATWG URL). What is no escape, or no UTF-8, is not guessed at:
 * the text stays as it was written and the problem says where.
 */
export function percentDecoded(text: string): Decoded {
  if (!text.includes('%')) return { text, problem: undefined };
  for (const match of text.matchAll(ESCAPE)) {
    if (match[1] === undefined) return { text, problem: `“${text.slice(match.index, match.index + 3)}” at ${match.index + 1} is no escape` };
  }
  try {
    return { text: decodeURIComponent(text), problem: undefined };
  } catch {
    return { text, problem: 'its escapes are no UTF-8' };
  }
}

export interface Pair {
  readonly name: Decoded;
  readonly value: Decoded;
  /** As they stand, with the sign between them. */
  readonly raw: string;
}

/** Pairs shown of one query or form. */
const MOST_PAIRS = 1000;

export interface Pairs {
  readonly pairs: readonly Pair[];
  /** Those that are not shown. */
  readonly more: number;
}

/** application/x-www-form-urlencoded, which is also what a query is by custom (WHATWG URL section 5): "+" is a space. */
export function formPairs(text: string): Pairs {
  const parts = text.split('&').filter((part) => part !== '');
  return { pairs: parts.slice(0, MOST_PAIRS).map((part) => pairOf(part)), more: Math.max(0, parts.length - MOST_PAIRS) };
}

function pairOf(raw: string): Pair {
  const equals = raw.indexOf('=');
  const [name, value] = equals < 0 ? [raw, ''] : [raw.slice(0, equals), raw.slice(equals + 1)];
  return { name: percentDecoded(name.replaceAll('+', ' ')), value: percentDecoded(value.replaceAll('+', ' ')), raw };
}

/** The query of a URL as it stands, without its question mark; undefined for none. */
export function queryOf(url: string): string | undefined {
  const end = url.indexOf('#');
  const bare = end < 0 ? url : url.slice(0, end);
  const mark = bare.indexOf('?');
  return mark < 0 ? undefined : bare.slice(mark + 1);
}
