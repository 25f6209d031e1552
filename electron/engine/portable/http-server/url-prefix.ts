import { isIPv6, SocketAddress } from 'node:net';
import { domainToASCII } from 'node:url';

/** Where a UrlPrefix is looked for, in the order in which requests are routed (UrlPrefix Strings). */
export type HostCategory = 'strong-wildcard' | 'explicit' | 'ip' | 'weak-wildcard';

export interface UrlPrefix {
  readonly scheme: 'http' | 'https';
  readonly category: HostCategory;
  /** Lower case; an IPv6 address stands in brackets, in its shortest form; '+' or '*' for a wildcard. */
  readonly host: string;
  readonly port: number;
  /** Lower case, from its first slash to its last character, which is one too. */
  readonly path: string;
}

const FORM = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^/:?#[\]]+):([1-9]\d{0,4})(\/.*)$/i;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const HOST_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u;
const FORBIDDEN_IN_PATH = /[?#*]|[^\P{C}]/u;

/** Reads a UrlPrefix, or gives undefined for a text that is none: ERROR_INVALID_PARAMETER (UrlPrefix Strings). */
export function parseUrlPrefix(text: string): UrlPrefix | undefined {
  return text.endsWith('/') ? parseFragmentName(text) : undefined;
}

/** Reads the name of a cached fragment: of the form of a UrlPrefix, but its last segment may be a resource's. */
export function parseFragmentName(text: string): UrlPrefix | undefined {
  const [, scheme, host = '', portText, path = ''] = FORM.exec(text) ?? [];
  if (scheme !== 'http' && scheme !== 'https') return undefined;
  const port = Number(portText);
  const category = categoryOf(host);
  const canonical = canonicalHost(host);
  if (category === undefined || canonical === undefined || port > 65535 || FORBIDDEN_IN_PATH.test(path)) return undefined;
  return { scheme, category, host: canonical, port, path: path.toLowerCase() };
}

/** An IPv6 address has many forms; undefined for one in brackets that is none. */
function canonicalHost(host: string): string | undefined {
  if (!host.startsWith('[')) return host.toLowerCase();
  const address = host.slice(1, -1);
  return isIPv6(address) ? `[${new SocketAddress({ address, family: 'ipv6' }).address}]` : undefined;
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };
const LOOSE = /^(https?):\/\/([^/?#]*?)(?::(\d+))?(\/[^?#]*)?$/i;

/**
 * A URL in the form that the other functions take: scheme and host in lower case, the host's name in punycode as it
 * comes in a Host header, the port written out, a slash at the end. Undefined for what cannot become one (HttpPrepareUrl).
 */
export function prepareUrl(text: string): string | undefined {
  const [, scheme = '', host = '', port, path = '/'] = LOOSE.exec(text.normalize('NFC')) ?? [];
  const plainHost = host === '+' || host === '*' || host.startsWith('[') ? host : domainToASCII(host);
  const written = port ?? String(DEFAULT_PORTS[scheme.toLowerCase()] ?? '');
  const url = `${scheme.toLowerCase()}://${plainHost.toLowerCase()}:${written}${path.endsWith('/') ? path : `${path}/`}`;
  return parseUrlPrefix(url) === undefined ? undefined : url;
}

function categoryOf(host: string): HostCategory | undefined {
  if (host === '+') return 'strong-wildcard';
  if (host === '*') return 'weak-wildcard';
  if (host.startsWith('[')) return 'ip';
  if (IPV4.test(host)) return host.split('.').every((part) => Number(part) <= 255) ? 'ip' : undefined;
  return HOST_NAME.test(host) ? 'explicit' : undefined;
}
