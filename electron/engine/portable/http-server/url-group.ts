import type { RequestQueue } from './request-queue';
import type { ServerConnection } from './server-connection';
import { DEFAULT_SEND_RATE, effectiveTimer, HTTP_LIMIT_INFINITE, ServerLimits, type Timer } from './server-limits';
import { Throttle } from './throttle';
import type { UrlOwner } from './url-registry';

/** A URL group: URLs that share a queue, a state and limits (HttpCreateUrlGroup). */
export class UrlGroup implements UrlOwner {
  readonly limits = new ServerLimits();
  private readonly throttle = new Throttle(() => this.limits.bandwidth);
  /** Connections on which a request of the group came, as long as they are open. */
  readonly connections = new Set<ServerConnection>();
  /** HttpServerBindingProperty. */
  binding: RequestQueue | undefined;

  constructor(
    readonly id: bigint,
    readonly session: ServerSession,
  ) {}

  queue(): RequestQueue | undefined {
    return this.limits.active && this.session.limits.active ? this.binding : undefined;
  }

  /** The group's own setting goes before that of its session (HTTP_TIMEOUT_LIMIT_INFO, remarks). */
  timer(timer: Timer, otherwise: number): number {
    return effectiveTimer(timer, [this.limits.timers, this.session.limits.timers], otherwise);
  }

  minSendRate(): number {
    return effectiveTimer('MinSendRate', [this.limits.timers, this.session.limits.timers], DEFAULT_SEND_RATE);
  }

  throttles(): readonly Throttle[] {
    return [this.throttle, this.session.throttle];
  }

  /** Counts a connection as served by the group; false when it serves as many as it may. */
  admit(connection: ServerConnection): boolean {
    const { connections: limit } = this.limits;
    if (limit !== HTTP_LIMIT_INFINITE && !this.connections.has(connection) && this.connections.size >= limit) return false;
    this.connections.add(connection);
    return true;
  }

  leave(connection: ServerConnection): void {
    this.connections.delete(connection);
  }
}

/** A server session: what owns URL groups (HttpCreateServerSession). */
export class ServerSession {
  readonly limits = new ServerLimits();
  readonly throttle = new Throttle(() => this.limits.bandwidth);
  readonly groups = new Set<UrlGroup>();

  constructor(readonly id: bigint) {}
}
