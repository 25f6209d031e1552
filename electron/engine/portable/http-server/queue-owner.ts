import type { RequestQueue } from './request-queue';
import { DEFAULT_SEND_RATE } from './server-limits';
import type { UrlOwner } from './url-registry';

/** A version 1 queue as the owner of the URLs that HttpAddUrl gave it: it has no limits of its own. */
export function queueAsOwner(queue: RequestQueue): UrlOwner {
  return {
    queue: () => queue,
    timer: (_, otherwise) => otherwise,
    minSendRate: () => DEFAULT_SEND_RATE,
    throttles: () => [],
    admit: () => true,
    leave: () => undefined,
  };
}
