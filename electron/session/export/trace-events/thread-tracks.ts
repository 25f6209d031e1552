import type { CallEvent, TraceEvent } from '../../../../preload/contract/event';
import type { Seq } from '../../../../preload/contract/ids';
import { callWords, eventTitle, payloadWords, resultWords, statusTitle } from '../../../trace/event-words';
import { micros, THREADS, type TraceEventRecord } from './trace-event';

/** What a thread is in the middle of. */
type Frame =
  | { readonly kind: 'call'; readonly call: CallEvent }
  /** Whether it lasts is known only when its late return is told. */
  | { readonly kind: 'callback'; readonly seq: Seq };

/**
 * The threads as tracks: calls as slices, callbacks as instants or, where they returned late, as slices too, and an arrow
 * from each call that pended to what completed it. A slice that would cut another is written as a span of its own instead.
 */
export class ThreadTracks {
  private readonly frames = new Map<number, Frame[]>();
  private readonly pending = new Map<Seq, CallEvent>();

  /** The threads that anything happened on. */
  get threads(): Iterable<number> {
    return this.frames.keys();
  }

  apply(event: TraceEvent): readonly TraceEventRecord[] {
    const frames = this.on(event.thread);
    switch (event.kind) {
      case 'call':
        frames.push({ kind: 'call', call: event });
        this.pending.set(event.seq, event);
        return [];
      case 'return': {
        const call = this.pending.get(event.call);
        if (event.outcome !== 'pending' || event.api === 'InternetCloseHandle') this.pending.delete(event.call);
        return call === undefined ? [] : this.returned(call, event.time, resultWords(event));
      }
      case 'callback': {
        while (frames.at(-1)?.kind === 'callback') frames.pop();
        frames.push({ kind: 'callback', seq: event.seq });
        return [...this.completed(event.completes, event), this.instant(event, payloadWords(event))];
      }
      case 'callback-return': return this.callbackReturned(event);
      case 'completion': return [...this.completed(event.completes, event), this.instant(event, `${event.bytes} bytes, error ${event.error}`)];
      case 'connection': return [this.instant(event, event.remote)];
      case 'note': return [this.instant(event, event.text)];
      case 'engine-lost': return [this.instant(event, event.reason)];
      case 'observed': return [this.instant(event, event.source)];
    }
  }

  /** Slices of the calls that had not returned when the recording ended. */
  end(time: number): readonly TraceEventRecord[] {
    return [...this.frames.values()].flatMap((frames) => [...frames].reverse().flatMap((frame) => (frame.kind === 'call' ? this.returned(frame.call, time, 'had not returned') : [])));
  }

  private on(thread: number): Frame[] {
    const known = this.frames.get(thread);
    if (known !== undefined) return known;
    const made: Frame[] = [];
    this.frames.set(thread, made);
    return made;
  }

  private returned(call: CallEvent, end: number, result: string): readonly TraceEventRecord[] {
    const frames = this.on(call.thread);
    const at = frames.findIndex((frame) => frame.kind === 'call' && frame.call === call);
    if (at < 0) return [];
    const above = frames.slice(at + 1);
    const nested = above.every((frame) => frame.kind === 'callback');
    frames.splice(at, nested ? frames.length : 1);
    const common = { name: call.api, cat: 'call', pid: THREADS, tid: call.thread, ts: micros(call.time) } as const;
    const args = { handle: call.handle, result, with: callWords(call), origin: call.origin, seq: call.seq };
    if (nested) return [{ ...common, ph: 'X', dur: micros(end - call.time), args }];
    return [{ ...common, ph: 'b', id: `call-${call.seq}`, args }, { ...common, ph: 'e', id: `call-${call.seq}`, ts: micros(end) }];
  }

  private callbackReturned(event: TraceEvent & { readonly kind: 'callback-return' }): readonly TraceEventRecord[] {
    const frames = this.on(event.thread);
    const at = frames.findIndex((frame) => frame.kind === 'callback' && frame.seq === event.callback);
    const nested = at >= 0 && frames.slice(at + 1).every((frame) => frame.kind === 'callback');
    if (at >= 0) frames.splice(at, nested ? frames.length : 1);
    const common = { name: `in the callback ${statusTitle(event.status)}`, cat: 'callback', pid: THREADS, tid: event.thread, ts: micros(event.time - event.duration) } as const;
    if (nested) return [{ ...common, ph: 'X', dur: micros(event.duration) }];
    return [{ ...common, ph: 'b', id: `callback-${event.callback}` }, { ...common, ph: 'e', id: `callback-${event.callback}`, ts: micros(event.time) }];
  }

  /** The arrow from the call to its completion, which may come before the call has returned. */
  private completed(call: Seq | undefined, event: TraceEvent): readonly TraceEventRecord[] {
    const began = call === undefined ? undefined : this.pending.get(call);
    if (call === undefined || began === undefined) return [];
    this.pending.delete(call);
    const common = { name: 'completes', cat: 'completion', pid: THREADS, id: `${call}` } as const;
    return [
      { ...common, ph: 's', tid: began.thread, ts: micros(began.time) },
      // Without bp it binds to what comes next on the track, and that is the instant of this very event.
      { ...common, ph: 'f', tid: event.thread, ts: micros(event.time) },
    ];
  }

  private instant(event: TraceEvent, detail: string): TraceEventRecord {
    return {
      name: eventTitle(event), cat: event.kind, ph: 'i', s: 't', pid: THREADS, tid: event.thread, ts: micros(event.time),
      args: { handle: event.handle, ...(detail === '' ? {} : { detail }), seq: event.seq },
    };
  }
}
