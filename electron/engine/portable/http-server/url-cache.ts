import type { UrlPrefix } from './url-prefix';

/** HTTP_CACHE_POLICY_TYPE. */
export const CACHE_POLICY = { NO_CACHE: 0, USER_INVALIDATES: 1, TIME_TO_LIVE: 2 } as const;

interface Entry<T> {
  readonly data: T;
  /** In milliseconds since the epoch; undefined until someone flushes it. */
  readonly expires: number | undefined;
}

/** What a request queue has cached, by the UrlPrefix that names it: fragments, or whole responses. */
export class UrlCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  /** Caches data, or what replaces it, under a name. `seconds` undefined: until it is flushed. */
  put(name: UrlPrefix, data: T, seconds: number | undefined): void {
    this.entries.set(keyOf(name), { data, expires: seconds === undefined ? undefined : performance.now() + seconds * 1000 });
  }

  get(name: UrlPrefix): T | undefined {
    const key = keyOf(name);
    const entry = this.entries.get(key);
    if (entry?.expires === undefined || entry.expires > performance.now()) return entry?.data;
    this.entries.delete(key);
    return undefined;
  }

  /** Removes what has a name and, when `recursive`, those below it. */
  flush(name: UrlPrefix, recursive: boolean): void {
    const key = keyOf(name);
    const below = key.endsWith('/') ? key : `${key}/`;
    for (const candidate of [...this.entries.keys()]) {
      if (candidate === key || (recursive && candidate.startsWith(below))) this.entries.delete(candidate);
    }
  }
}

function keyOf({ scheme, host, port, path }: UrlPrefix): string {
  return `${scheme}://${host}:${port}${path}`;
}

/** Response fragments, by the names that the application gave them (HttpAddFragmentToCache). */
export type FragmentCache = UrlCache<Uint8Array>;
