import { isEnded } from '../../preload/contract/handle';
import type { HandleId, Seq } from '../../preload/contract/ids';
import type { CallRecord, Inspector } from './inspector';

/** INTERNET_ASYNC_RESULT of a call that pended. */
export interface AsyncResult {
  readonly succeeded: boolean;
  readonly dwError: number;
}

interface Waiting {
  readonly handle: HandleId;
  readonly tell: (result: AsyncResult | undefined) => void;
}

/** Results that came before anybody waited for them: Windows does not order a return and its completion. */
const MOST_EARLY = 256;

/** Lets a driver go on where a call of its own completed that had answered ERROR_IO_PENDING. */
export class Completions {
  private readonly waiting = new Map<Seq, Waiting>();
  private readonly early = new Map<Seq, AsyncResult>();

  /** @param via the recorder whose callbacks are meant */
  constructor(private readonly inspector: Inspector, via: string) {
    inspector.onCallback(({ event }) => {
      if (event.via !== via || event.completes === undefined || event.payload.kind !== 'async-result') return;
      const result = { succeeded: event.payload.dwResult !== '0x0', dwError: event.payload.dwError };
      if (this.waiting.has(event.completes)) this.settle(event.completes, result);
      else this.keep(event.completes, result);
    });
    // Not by HANDLE_CLOSING: with a NULL context there is none.
    inspector.trace.listen((_event, changed) => {
      if (this.waiting.size === 0) return;
      for (const [call, { handle }] of this.waiting) if (changed.has(handle) && this.isGone(handle)) this.settle(call, undefined);
    });
  }

  /** How a call ended that has returned; undefined where its handle went and nothing told. */
  of({ call, returned }: CallRecord, handle: HandleId): Promise<AsyncResult | undefined> {
    if (returned.outcome !== 'pending') return Promise.resolve({ succeeded: returned.outcome === 'success', dwError: returned.error });
    const known = this.early.get(call);
    this.early.delete(call);
    if (known !== undefined || this.isGone(handle)) return Promise.resolve(known);
    return new Promise((resolve) => { this.waiting.set(call, { handle, tell: resolve }); });
  }

  private isGone(handle: HandleId): boolean {
    return isEnded(this.inspector.trace.tree.get(handle)?.state ?? 'closed');
  }

  private settle(call: Seq, result: AsyncResult | undefined): void {
    const waiting = this.waiting.get(call);
    this.waiting.delete(call);
    // Not inside the callback: the thread of WinINet is not ours to hold.
    if (waiting !== undefined) setImmediate(() => waiting.tell(result));
  }

  private keep(call: Seq, result: AsyncResult): void {
    this.early.set(call, result);
    const [oldest] = this.early.keys();
    if (this.early.size > MOST_EARLY && oldest !== undefined) this.early.delete(oldest);
  }
}
