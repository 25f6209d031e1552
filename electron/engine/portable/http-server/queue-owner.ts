import type { RequestQueue } from './request-queue';
import { HTTP_LIMIT_INFINITE } from './server-limits';
import type { UrlOwner } from './url-registry';

/** A version 1 queue as the owner of the URLs that HttpAddUrl gave it: it has no limits of its own. */
export function queueAsOwner(queue: RequestQueue): UrlOwner {
  return {
    queue: () => queue,
    timer: (_, otherwise) => otherwise,
    bandwidth: () => HTTP_LIMIT_INFINITE,
    admit: () => true,
    leave: () => undefined,
  };
}
