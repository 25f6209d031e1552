import type { RequestQueue } from './request-queue';
import type { UrlOwner } from './url-registry';

/** A URL group: URLs that share a queue, a state and limits (HttpCreateUrlGroup). */
export class UrlGroup implements UrlOwner {
  /** HttpServerBindingProperty. */
  binding: RequestQueue | undefined;
  /** HttpServerStateProperty. */
  active = true;
  /** HTTP_TIMEOUT_LIMIT_INFO.IdleConnection in seconds; 0 is the default. */
  idleConnection = 0;

  constructor(
    readonly id: bigint,
    readonly session: ServerSession,
  ) {}

  queue(): RequestQueue | undefined {
    return this.active && this.session.active ? this.binding : undefined;
  }

  idleSeconds(): number | undefined {
    return this.idleConnection === 0 ? undefined : this.idleConnection;
  }
}

/** A server session: what owns URL groups (HttpCreateServerSession). */
export class ServerSession {
  active = true;
  readonly groups = new Set<UrlGroup>();

  constructor(readonly id: bigint) {}
}
