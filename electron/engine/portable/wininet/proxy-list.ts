import type { RequestUrl } from './request-url';

export interface ProxyServer {
  readonly host: string;
  readonly port: number;
}

/** The named proxies of a session, by the scheme they serve, and the hosts that are reached without them. */
export interface ProxyList {
  readonly byScheme: ReadonlyMap<string, ProxyServer>;
  readonly any: ProxyServer | undefined;
  readonly bypassed: (host: string) => boolean;
  /** Both lists as they were written. */
  readonly text: string;
  readonly bypassText: string;
}

export const NO_PROXY: ProxyList = { byScheme: new Map(), any: undefined, bypassed: () => false, text: '', bypassText: '' };

/** Where a list names no port (WinInet: INTERNET_DEFAULT_HTTP_PORT). */
const DEFAULT_PORT = 80;

/**
 * Reads "[scheme=][http://]server[:port]" entries, separated by blanks or semicolons, and a bypass list of host names
 * with * for anything and <local> for names without a dot (WinInet/enabling-internet-functionality).
 */
export function parseProxies(list: string, bypass: string): ProxyList {
  const byScheme = new Map<string, ProxyServer>();
  let any: ProxyServer | undefined;
  for (const entry of list.split(/[\s;]+/u)) {
    const match = /^(?:([a-z]+)=)?(?:[a-z]+:\/\/)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/iu.exec(entry);
    if (match === null) continue;
    const server = { host: (match[2] ?? '').replace(/^\[|\]$/gu, ''), port: Number(match[3] ?? DEFAULT_PORT) };
    if (match[1] === undefined) any ??= server;
    else byScheme.set(match[1].toLowerCase(), server);
  }
  const patterns = bypass.split(/[\s;]+/u).filter((pattern) => pattern !== '').map((pattern) => pattern.toLowerCase());
  return { byScheme, any, bypassed: (host) => patterns.some((pattern) => matches(pattern, host.toLowerCase())), text: list, bypassText: bypass };
}

/** The proxy that a request to a URL goes through, or undefined when it goes there itself. */
export function proxyFor(proxies: ProxyList, url: RequestUrl): ProxyServer | undefined {
  if (proxies.bypassed(url.host)) return undefined;
  return proxies.byScheme.get(url.secure ? 'https' : 'http') ?? proxies.any;
}

function matches(pattern: string, host: string): boolean {
  if (pattern === '<local>') return !host.includes('.') && !host.includes(':');
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u').test(host);
}
