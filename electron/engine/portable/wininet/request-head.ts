import { INTERNET_FLAG } from '../../../../preload/contract/win32/constants/wininet-flags';
import { textBytes } from '../../../../preload/contract/win32/memory';
import type { RequestHandle } from './handle';
import { HeaderList } from './header-list';
import { proxyFor } from './proxy-list';
import { authority, urlText } from './request-url';
import type { Sending } from './sending';

/** Verbs whose requests say that they have no body, where they have none. */
const WITH_LENGTH: readonly string[] = ['POST', 'PUT', 'PATCH', 'RPC_IN_DATA', 'RPC_OUT_DATA'];

export function requestLine(request: RequestHandle, sending: Sending): string {
  return `${sending.verb} ${requestTargetOf(request, sending)} ${request.version}`;
}

/** To a proxy the whole URL goes (RFC 9112, 3.2.2), but what goes through a tunnel. */
export function requestTargetOf(request: RequestHandle, { url }: Pick<Sending, 'url'>): string {
  return url.secure || proxyFor(request.session.proxies, url) === undefined ? url.target : urlText(url);
}

/**
 * The fields of a request in WinINet's order: the application's, then User-Agent, Host, Content-Length, Connection and
 * what forbids an answer from a cache. A field that the application added itself is not added again.
 */
export function requestFields(request: RequestHandle, { verb, url, bodyLength, redirected, added = [] }: Sending): HeaderList {
  const fields = new HeaderList(request.headers);
  if (redirected) {
    fields.remove('Host');
    if (verb !== request.verb) for (const name of ['Content-Length', 'Content-Type']) fields.remove(name);
  }
  const add = (name: string, value: string): void => {
    if (!fields.has(name)) fields.append(name, value);
  };
  const asked = (flag: number): boolean => (request.flags & flag) !== 0;
  const { agent } = request.session;
  if (agent !== undefined && agent !== '') add('User-Agent', agent);
  add('Host', authority(url));
  if ((bodyLength > 0 || WITH_LENGTH.includes(verb)) && !fields.has('Transfer-Encoding')) add('Content-Length', String(bodyLength));
  if (asked(INTERNET_FLAG.INTERNET_FLAG_KEEP_CONNECTION)) add('Connection', 'Keep-Alive');
  for (const { name, value } of added) add(name, value);
  const uncached = asked(INTERNET_FLAG.INTERNET_FLAG_NO_CACHE_WRITE) && verb !== 'GET';
  if (asked(INTERNET_FLAG.INTERNET_FLAG_RELOAD) || uncached) add(request.version === 'HTTP/1.0' ? 'Pragma' : 'Cache-Control', 'no-cache');
  if (asked(INTERNET_FLAG.INTERNET_FLAG_PRAGMA_NOCACHE)) add('Pragma', 'no-cache');
  return fields;
}

export function headText(line: string, fields: Iterable<{ readonly name: string; readonly value: string }>): string {
  return `${line}\r\n${Array.from(fields, ({ name, value }) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

export function requestBytes(request: RequestHandle, sending: Sending, body: Uint8Array): Uint8Array {
  const head = textBytes(headText(requestLine(request, sending), requestFields(request, sending)), 'A');
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}
