import type { RequestHead } from './request-head';

/** The host that a request is for, without its port, in lower case; undefined when it names none. */
export function requestHost(head: RequestHead): string | undefined {
  return head.host?.replace(/:\d*$/, '').toLowerCase();
}
