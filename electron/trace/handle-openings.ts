import type { HandleId, Seq } from '../../preload/contract/ids';
import { seq } from '../../preload/contract/ids';
import type { TraceEvent } from '../../preload/contract/event';
import type { Trace } from './trace';

/**
 * Which call made each handle. A node's createdBy is the event that told of it first, which may be a HANDLE_CREATED inside
 * the call; this is the call itself. A fold over the events, in their order.
 */
export class HandleOpenings {
  private readonly calls = new Map<HandleId, Seq>();
  /** The handle that a raw value names now: values are given out again. */
  private readonly named = new Map<string, HandleId>();

  /** The call that made a handle; undefined while it has not returned, or when it was dropped from the history. */
  callOf(handle: HandleId): Seq | undefined {
    return this.calls.get(handle);
  }

  apply(event: TraceEvent): void {
    if ('created' in event && event.created !== undefined) {
      this.named.set(event.created.raw, event.created.id);
      const call = event.kind === 'return' ? event.call : event.kind === 'observed' ? undefined : event.completes;
      if (call !== undefined) this.calls.set(event.created.id, call);
      return;
    }
    if (event.kind === 'return' && event.outcome === 'success' && typeof event.returns === 'string') this.made(event.returns, event.call);
    if (event.kind === 'callback' && event.completes !== undefined && event.payload.kind === 'async-result') this.made(event.payload.dwResult, event.completes);
  }

  private made(raw: string, call: Seq): void {
    const handle = this.named.get(raw);
    // A function that returns a pointer or a handle it was given names what is known already.
    if (handle !== undefined && !this.calls.has(handle)) this.calls.set(handle, call);
  }
}

export function handleOpenings(trace: Trace, end: number): HandleOpenings {
  const openings = new HandleOpenings();
  for (let index: number = trace.log.first; index < end; index += 1) openings.apply(trace.log.at(seq(index)));
  return openings;
}
