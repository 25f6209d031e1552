/** What FtpFindFirstFile asks a server for, and which of the answers it takes. */
export interface FindPattern {
  /** The argument of LIST, '' for the current directory. */
  readonly list: string;
  readonly takes: (name: string) => boolean;
}

/**
 * Splits lpszSearchFile: wildcards stand in its last part and are matched here, since servers differ in what LIST makes of
 * them; without any, LIST is given the name, and lists the directory or the one file of that name.
 */
export function findPattern(search: string): FindPattern {
  const slash = search.lastIndexOf('/');
  const last = search.slice(slash + 1);
  if (!/[*?]/u.test(last)) return { list: search, takes: () => true };
  const pattern = wildcard(last);
  return { list: slash === 0 ? '/' : search.slice(0, Math.max(slash, 0)), takes: (name) => pattern.test(name) };
}

/** As FindFirstFile matches: whatever the case, and *.* is everything. */
function wildcard(text: string): RegExp {
  const source = text === '*.*' ? '*' : text;
  const escaped = source.replaceAll(/[.+^${}()|[\]\\]/gu, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'iu');
}

/** Some servers list a file with the path it was asked for. */
export function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
