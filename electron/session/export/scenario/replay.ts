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
  private readonly madeInside = new Map<Seq, CallEvent[]>();
  /** By the call outside callbacks that they came after: the callbacks in which something was called. */
  private readonly activeAfter = new Map<Seq, Set<Seq>>();
  /** The return of the first call that pended and of whose end nothing was told. */
  private firstUnseen: Seq | undefined;
  /** Ports that clients of the recording itself connected to. */
  private readonly ownPorts = new Set<number>();
  /** Connections that their clients closed. */
  private readonly gone = new Set<string>();
  /** The place where the application was done: what comes later is the runner's. */
  readonly end: number;

  constructor(readonly trace: Trace, end: number) {
    let until = end;
    const open = new Set<Seq>();
    let latest: Seq | undefined;
    for (let index: number = trace.log.first; index < end; index += 1) {
      const event = trace.log.at(seq(index));
      if (event.kind === 'call' && TEARDOWN.test(event.origin)) until = Math.min(until, index);
      if (event.kind === 'call' && index < until) {
        this.calls.push(event);
        this.learnPort(event);
        if (event.inCallback !== undefined) this.learnInside(event, event.inCallback, latest);
        else {
          // Those before the latest were blocked when that one began.
          if (latest !== undefined && open.has(latest)) this.blocked.add(latest);
          open.add(event.seq);
          latest = event.seq;
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
    for (const { outcome, api, call, seq: place } of this.returns.values()) {
      if (outcome === 'pending' && api !== 'InternetCloseHandle' && !this.completions.has(call) && place < (this.firstUnseen ?? end)) this.firstUnseen = place;
    }
  }

  /** The calls made inside a callback, by that callback. */
  inside(callback: Seq): readonly CallEvent[] {
    return this.madeInside.get(callback) ?? [];
  }

  /** The callbacks in which something was called after one call outside them and before the next. */
  callbacksAfter(call: Seq): Iterable<Seq> {
    return this.activeAfter.get(call) ?? [];
  }

  /** Whether something pends at a call, and nothing will tell of its end. */
  pendsUnseen(call: Seq): boolean {
    return this.firstUnseen !== undefined && this.firstUnseen < call;
  }

  isOwnClient(port: number): boolean {
    return this.ownPorts.has(port);
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

  private learnInside(event: CallEvent, callback: Seq, after: Seq | undefined): void {
    const inside = this.madeInside.get(callback) ?? [];
    inside.push(event);
    this.madeInside.set(callback, inside);
    if (after === undefined) return;
    const active = this.activeAfter.get(after) ?? new Set<Seq>();
    active.add(callback);
    this.activeAfter.set(after, active);
  }

  private learnPort({ api, args }: CallEvent): void {
    if (api === 'InternetConnect') this.ownPorts.add(numberOf(args['nServerPort']));
    if (api === 'InternetOpenUrl') for (const [, port] of textOf(args['lpszUrl']).matchAll(/:(\d+)/g)) this.ownPorts.add(Number(port));
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
