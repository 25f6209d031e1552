import type { Address } from '../../../../preload/contract/win32/memory';
import type { MaybePromise } from '../../../../preload/contract/result';

/** One finished I/O as GetQueuedCompletionStatus hands it out. */
export interface Packet {
  /** NTSTATUS of the I/O. */
  readonly status: number;
  readonly bytes: number;
  readonly key: bigint;
  readonly overlapped: Address;
}

const LONGEST_TIMER = 0x7fffffff;

interface Waiter {
  readonly end: (what: Packet | 'timeout' | 'abandoned') => void;
}

/** An I/O completion port (ioapiset: CreateIoCompletionPort): packets first in, first out; the latest waiter is served first. */
export class CompletionPort {
  private readonly packets: Packet[] = [];
  private readonly waiters: Waiter[] = [];

  post(packet: Packet): void {
    const waiter = this.waiters.pop();
    if (waiter === undefined) this.packets.push(packet);
    else waiter.end(packet);
  }

  take(milliseconds: number): MaybePromise<Packet | 'timeout' | 'abandoned'> {
    const packet = this.packets.shift();
    if (packet !== undefined) return packet;
    if (milliseconds === 0) return 'timeout';
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const waiter: Waiter = {
        end: (what) => {
          clearTimeout(timer);
          const index = this.waiters.indexOf(waiter);
          if (index >= 0) this.waiters.splice(index, 1);
          resolve(what);
        },
      };
      this.waiters.push(waiter);
      if (milliseconds <= LONGEST_TIMER) timer = setTimeout(() => waiter.end('timeout'), milliseconds);
    });
  }

  /** The port's handle is closed: those who wait get ERROR_ABANDONED_WAIT_0. */
  abandon(): void {
    for (const waiter of [...this.waiters]) waiter.end('abandoned');
  }
}
