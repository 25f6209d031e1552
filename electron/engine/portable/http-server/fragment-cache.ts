import type { UrlPrefix } from './url-prefix';

/** HTTP_CACHE_POLICY_TYPE. */
export const CACHE_POLICY = { NO_CACHE: 0, USER_INVALIDATES: 1, TIME_TO_LIVE: 2 } as const;

interface Fragment {
  readonly data: Uint8Array;
  /** In milliseconds since the epoch; undefined until someone flushes it. */
  readonly expires: number | undefined;
}

/** The response fragments of one request queue, by the UrlPrefix that names them (HttpAddFragmentToCache). */
export class FragmentCache {
  private readonly fragments = new Map<string, Fragment>();

  /** Caches data, or what replaces it, under a name. `seconds` undefined: until it is flushed. */
  put(name: UrlPrefix, data: Uint8Array, seconds: number | undefined): void {
    this.fragments.set(keyOf(name), { data, expires: seconds === undefined ? undefined : Date.now() + seconds * 1000 });
  }

  get(name: UrlPrefix): Uint8Array | undefined {
    const key = keyOf(name);
    const fragment = this.fragments.get(key);
    if (fragment?.expires === undefined || fragment.expires > Date.now()) return fragment?.data;
    this.fragments.delete(key);
    return undefined;
  }

  /** Removes the fragment of a name and, when `recursive`, those below it. */
  flush(name: UrlPrefix, recursive: boolean): void {
    const key = keyOf(name);
    const below = key.endsWith('/') ? key : `${key}/`;
    for (const candidate of [...this.fragments.keys()]) {
      if (candidate === key || (recursive && candidate.startsWith(below))) this.fragments.delete(candidate);
    }
  }
}

function keyOf({ scheme, host, port, path }: UrlPrefix): string {
  return `${scheme}://${host}:${port}${path}`;
}
