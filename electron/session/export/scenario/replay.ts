import type { CallEvent, EventValue, ReturnEvent, TraceEvent } from '../../../../preload/contract/event';
import { seq, type HandleId, type Seq } from '../../../../preload/contract/ids';
import type { Trace } from '../../../trace/trace';
import { fieldsOf, numberOf, structsIn, textOf } from '../../../trace/event-fields';

/** The runner closes by itself what a scenario leaves open; such calls are nobody's by hand. */
const TEARDOWN = /, end of the run$/;

/** What one pass over the recording finds, before any step is written. */
export class Replay {
  /** Calls that the application made, inside callbacks or not, in order. */
  readonly calls: CallEvent[] = [];
  readonly returns = new Map<Seq, ReturnEvent>();
  /** What completed a call that pended: a REQUEST_COMPLETE or an OVERLAPPED. */
  readonly completions = new Map<Seq, TraceEvent>();
  /** The server request that each receive brought, by the call. */
  readonly received = new Map<Seq, TraceEvent>();
  /** Calls that had not returned when another began on the application's own threads. */
  readonly blocked = new Set<Seq>();
  /** Bodies that a server received after their requests' heads, by the request. */
  private readonly bodies = new Map<HandleId, string>();
  /** Connections that their clients closed. */
  private readonly gone = new Set<string>();
  /** The place where the application was done: what comes later is the runner's. */
  readonly end: number;

  constructor(readonly trace: Trace, end: number) {
    let until = end;
    const open = new Set<Seq>();
    for (let index: number = trace.log.first; index < end; index += 1) {
      const event = trace.log.at(seq(index));
      if (event.kind === 'call' && TEARDOWN.test(event.origin)) until = Math.min(until, index);
      if (event.kind === 'call' && index < until) {
        this.calls.push(event);
        if (event.inCallback === undefined) {
          for (const one of open) this.blocked.add(one);
          open.add(event.seq);
        }
      }
      if (event.kind === 'connection' && event.what === 'closed-by-peer') this.gone.add(event.connectionId);
      if ((event.kind === 'return' || event.kind === 'completion') && event.api === 'HttpReceiveRequestEntityBody' && event.error === 0 && event.handle !== undefined) {
        this.bodies.set(event.handle, (this.bodies.get(event.handle) ?? '') + bytesOf(event.out['EntityBuffer']));
      }
      if (event.kind === 'return') {
        open.delete(event.call);
        this.returns.set(event.call, event);
        if (event.created?.kind === 'server-request') this.received.set(event.call, event);
      }
      if ((event.kind === 'callback' || event.kind === 'completion') && event.completes !== undefined) {
        this.completions.set(event.completes, event);
        if (event.created?.kind === 'server-request') this.received.set(event.completes, event);
      }
    }
    this.end = until;
  }

  /** The calls made inside a callback, by that callback. */
  inside(callback: Seq): readonly CallEvent[] {
    return this.calls.filter(({ inCallback }) => inCallback === callback);
  }

  /** As much of a request's body as its server ever received. */
  bodyOf(received: TraceEvent): string {
    if (!('out' in received) || !('created' in received) || received.created === undefined) return '';
    const inHead = structsIn(fieldsOf(received.out['RequestBuffer'])['pEntityChunks']).map(({ pBuffer }) => bytesOf(pBuffer)).join('');
    return inHead + (this.bodies.get(received.created.id) ?? '');
  }

  /** The connection whose client went, where that is what ended a HttpWaitForDisconnect. */
  goneAtTheEndOf(place: Seq): string | undefined {
    const call = this.trace.log.at(place);
    const connection = call.kind === 'call' && call.api.startsWith('HttpWaitForDisconnect') ? textOf(call.args['ConnectionId']) : '';
    return this.gone.has(connection) ? connection : undefined;
  }

  handleMadeBy(call: Seq): HandleId | undefined {
    const returned = this.returns.get(call);
    if (returned?.created !== undefined) return returned.created.id;
    const completed = this.completions.get(call);
    return completed !== undefined && 'created' in completed ? completed.created?.id : undefined;
  }
}

/** Bytes as the trace keeps them, made up to their length where the first of them alone were kept. */
function bytesOf(value: EventValue | undefined): string {
  const { bytes, hex } = fieldsOf(value);
  return Buffer.from(textOf(hex), 'hex').toString('latin1').padEnd(numberOf(bytes), '.');
}
