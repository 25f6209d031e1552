import type { Address } from '../../../preload/contract/win32/memory';
import type { FunctionName } from '../../../preload/contract/win32/functions';
import type { KeepAlive } from './keep-alive';
import type { NativeMemory } from './native-memory';

/** A call and the memory it may touch until it has ended: held on the day of the call, given back exactly once. */
export class PendingOperation {
  private ended = false;
  private keepsAlive = false;

  constructor(
    readonly name: FunctionName,
    private readonly memory: NativeMemory,
    private readonly alive: KeepAlive,
    private readonly leases: readonly Address[],
    /** Memory that the engine made for the call: texts and bytes that go in. */
    private readonly temporary: readonly Address[],
  ) {}

  /** From here on its end is owed, and the process waits for it. */
  pend(): void {
    if (this.ended || this.keepsAlive) return;
    this.keepsAlive = true;
    this.alive.hold();
  }

  /** Nothing will tell of its end: the process waits no longer, and the memory stays held. */
  unpend(): void {
    if (!this.keepsAlive) return;
    this.keepsAlive = false;
    this.alive.release();
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const start of this.leases) this.memory.unlease(start);
    for (const start of this.temporary) this.memory.free(start);
    this.unpend();
  }
}
