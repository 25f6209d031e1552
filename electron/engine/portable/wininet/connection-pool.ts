import { ConnectionSlots, type ServerName } from './connection-slots';
import type { Transport } from './transport';

/** How long WinINet keeps an idle connection (KeepAliveTimeout, one minute). */
const IDLE_LIMIT = 60_000;

interface Idle {
  readonly transport: Transport;
  readonly timer: NodeJS.Timeout;
}

/**
 * The idle connections of one engine, each ready for one more request to its server. Like WinINet's they belong to the
 * process, not to a session: a second session goes on over the connection that the first one left.
 */
export class ConnectionPool {
  readonly slots = new ConnectionSlots();
  private readonly idle = new Map<string, Idle[]>();

  get size(): number {
    let size = 0;
    for (const entries of this.idle.values()) size += entries.length;
    return size;
  }

  /** The connection that was idle for the shortest time, if one is there. */
  take(origin: string): Transport | undefined {
    const entry = this.idle.get(origin)?.pop();
    if (entry === undefined) return undefined;
    clearTimeout(entry.timer);
    entry.transport.idle(false);
    return entry.transport;
  }

  put(transport: Transport): void {
    if (!transport.alive || !transport.takesRequests) {
      transport.destroy();
      return;
    }
    const drop = (): void => this.drop(transport);
    const timer = setTimeout(drop, IDLE_LIMIT);
    timer.unref();
    transport.idle(true);
    this.idle.set(transport.origin, [...(this.idle.get(transport.origin) ?? []), { transport, timer }]);
    transport.resume();
    // Whatever an idle connection brings, an end or bytes that nobody asked for, it is of no more use.
    transport.serve({ received: drop, ended: drop });
    this.slots.wake(transport.server);
  }

  /** Closes an idle connection to a server, whatever it was kept for; false when there is none. */
  sacrifice(server: ServerName): boolean {
    for (const entries of this.idle.values()) {
      const entry = entries.find(({ transport }) => transport.server === server);
      if (entry === undefined) continue;
      this.drop(entry.transport);
      return true;
    }
    return false;
  }

  private drop(transport: Transport): void {
    const entries = this.idle.get(transport.origin) ?? [];
    const entry = entries.find((candidate) => candidate.transport === transport);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    entries.splice(entries.indexOf(entry), 1);
    if (entries.length === 0) this.idle.delete(transport.origin);
    transport.destroy();
  }
}
