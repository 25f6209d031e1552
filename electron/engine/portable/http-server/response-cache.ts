import type { RequestHead } from './request-head';
import { requestHost } from './request-host';
import type { ApplicationResponse } from './response-message';
import type { ServerConnection } from './server-connection';
import type { UrlPrefix } from './url-prefix';

/** Bytes of the largest response that is cached, unless HttpServiceConfigCache says otherwise (UriMaxUriBytes). */
export const LARGEST_CACHED = 262_144;

/** The name under which the answer to a request is cached; undefined for a request whose answer is its own. */
export function cacheName(head: RequestHead, { localPort: port, tls }: Pick<ServerConnection, 'localPort' | 'tls'>): UrlPrefix | undefined {
  const personal = head.headers.some(({ name }) => PERSONAL.has(name.toLowerCase()));
  const host = requestHost(head);
  if ((head.verb !== 'GET' && head.verb !== 'HEAD') || personal || head.framing.kind !== 'none' || host === undefined) return undefined;
  return { scheme: tls === undefined ? 'http' : 'https', category: 'explicit', host, port, path: head.path.absPath.toLowerCase() + head.path.query };
}

/** Headers that make the answer depend on who asks, or on what part is asked for. */
const PERSONAL: ReadonlySet<string> = new Set(['authorization', 'range', 'expect', 'upgrade']);

/** Whether an answer may be given again: a whole 200 to a GET that is not too large. */
export function isCacheable(response: ApplicationResponse, head: RequestHead, largest: number): boolean {
  return head.verb === 'GET' && response.status === 200 && response.body.length <= largest && response.trailers.length === 0;
}
