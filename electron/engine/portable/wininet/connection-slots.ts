import { ok, type Result } from '../../../../preload/contract/result';
import type { ErrorCode } from './call';
import type { Operation } from './operation';

/** Whom a connection is made to: a server or a proxy, as "host:port". */
export type ServerName = string;

interface Waiter {
  readonly server: ServerName;
  readonly priority: number;
  /** True once it has what it waited for. */
  readonly look: () => boolean;
}

/** How many connections there are to each server, and the requests that wait for one of them. */
export class ConnectionSlots {
  private readonly counts = new Map<ServerName, number>();
  private readonly waiting: Waiter[] = [];

  count(server: ServerName): number {
    return this.counts.get(server) ?? 0;
  }

  /** The returned function gives the slot back; to be called once. */
  take(server: ServerName): () => void {
    this.counts.set(server, this.count(server) + 1);
    return () => {
      const left = this.count(server) - 1;
      if (left > 0) this.counts.set(server, left);
      else this.counts.delete(server);
      this.wake(server);
    };
  }

  /**
   * What `attempt` gives, as soon as it gives something: at once, or when a connection to the server is free again. Of
   * several that wait, the one with the highest priority is served first (INTERNET_OPTION_REQUEST_PRIORITY), then the oldest.
   */
  obtain<T>(operation: Operation, server: ServerName, priority: number, attempt: () => T | undefined): Promise<Result<T, ErrorCode>> {
    return operation.wait<T>(0, (settle) => {
      const look = (): boolean => {
        const got = attempt();
        if (got !== undefined) settle(ok(got));
        return got !== undefined;
      };
      const waiter = { server, priority, look };
      const overtaken = this.waiting.some((other) => other.server === server && other.priority >= priority);
      if (overtaken || !look()) this.waiting.push(waiter);
      return () => {
        const at = this.waiting.indexOf(waiter);
        if (at >= 0) this.waiting.splice(at, 1);
      };
    });
  }

  /** A connection to the server is free, or one may be made. */
  wake(server: ServerName): void {
    const queue = this.waiting.filter((waiter) => waiter.server === server).sort((a, b) => b.priority - a.priority);
    for (const waiter of queue) if (!waiter.look()) return;
  }
}
