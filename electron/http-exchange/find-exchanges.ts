import type { HandleBirth, TraceEvent } from '../../preload/contract/event';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { u32 } from '../trace/column';
import { fieldsOf, textOf } from '../trace/event-fields';
import { HandleOpenings } from '../trace/handle-openings';
import type { Trace } from '../trace/trace';

/** One HTTP exchange of the trace, by the places of its events: what they say is read when it is written. */
export interface Exchange {
  /** Who told of it: calls of WinINet, calls of http.sys, or what another program's recorder wrote. */
  readonly side: 'client' | 'server' | 'observed';
  /** Undefined for an InternetOpenUrl that made no handle. */
  handle: HandleId | undefined;
  /** From its first event: the call that sends it, or the event in which a server received it. */
  readonly events: Places;
  /** Earlier calls on the same handle: they set headers. */
  readonly setup: Places;
}

type Places = ReturnType<typeof u32>;

export interface FoundExchanges {
  /** In the order they began. */
  readonly exchanges: readonly Exchange[];
  readonly openings: HandleOpenings;
}

interface Lane {
  readonly setup: Places;
  current: Exchange | undefined;
}

const SENDING: ReadonlySet<string> = new Set(['HttpSendRequest', 'HttpSendRequestEx']);

/**
 * Finds every exchange of a trace in one pass: WinINet requests from their send, http.sys requests from their receipt.
 * @param end the place after the last event that is looked at
 * @returns pieces of no text, now and then, for whoever writes at the same time
 */
export function* findExchanges(trace: Trace, end: number, progress: (done: number) => void): Generator<string, FoundExchanges, undefined> {
  const finder = new ExchangeFinder();
  for (let index: number = trace.log.first; index < end; index += 1) {
    finder.apply(trace.log.at(seq(index)));
    if (index % 4096 === 0) {
      progress(index);
      yield '';
    }
  }
  return finder;
}

/** Says of each event to which exchange it belongs. */
export class ExchangeFinder implements FoundExchanges {
  readonly exchanges: Exchange[] = [];
  readonly openings = new HandleOpenings();
  private readonly lanes = new Map<HandleId, Lane>();
  /** Sends by their calls: a completion belongs to its own send, even when another one began since. */
  private readonly sends = new Map<Seq, Exchange>();
  /** Received requests by their ids of the moment: one that did not fit into its buffer is received again. */
  private readonly received = new Map<string, Exchange>();
  /** Calls of InternetOpenUrl that no handle is known of yet. */
  private readonly opening: { readonly exchange: Exchange; readonly session: HandleId | undefined; readonly context: unknown }[] = [];

  apply(event: TraceEvent): void {
    this.openings.apply(event);
    if (event.kind === 'call' && event.api === 'InternetOpenUrl') this.beginOpenUrl(event);
    else if (event.kind === 'call' && SENDING.has(event.api) && event.handle !== undefined) this.begin(event.handle, event.seq);
    else this.follow(event);
    if ('created' in event && event.created !== undefined) {
      if (event.created.kind === 'request' && event.kind === 'observed') this.observe(event.created.id, event.seq);
      else if (event.created.kind === 'server-request') this.receive(event.created, event.seq);
      else if (event.created.kind === 'request') this.opened(event);
    }
  }

  private beginOpenUrl(event: TraceEvent & { readonly kind: 'call' }): void {
    const url = event.args['lpszUrl'];
    if (typeof url !== 'string' || !/^\s*https?:/iu.test(url)) return;
    const exchange = this.add({ side: 'client', handle: undefined, events: u32(), setup: u32() }, event.seq);
    this.opening.push({ exchange, session: event.handle, context: event.args['dwContext'] });
    this.sends.set(event.seq, exchange);
  }

  private opened(event: TraceEvent): void {
    if (!('created' in event) || event.created === undefined) return;
    const { id, parent, context } = event.created;
    const call = event.kind === 'return' ? event.call : undefined;
    const at = this.opening.findIndex(({ exchange, session, context: own }) => (call === undefined ? session === parent && own === context : exchange.events.at(0) === call));
    const [found] = at < 0 ? [] : this.opening.splice(at, 1);
    if (found === undefined) return;
    found.exchange.handle = id;
    this.lane(id).current = found.exchange;
  }

  private begin(handle: HandleId, call: Seq): void {
    const lane = this.lane(handle);
    const exchange = this.add({ side: 'client', handle, events: u32(), setup: lane.setup }, call);
    lane.current = exchange;
    this.sends.set(call, exchange);
  }

  private observe(handle: HandleId, at: Seq): void {
    const lane = this.lane(handle);
    lane.current = this.add({ side: 'observed', handle, events: u32(), setup: lane.setup }, at);
  }

  private receive({ id: handle, raw }: HandleBirth, at: Seq): void {
    const lane = this.lane(handle);
    lane.current = this.add({ side: 'server', handle, events: u32(), setup: lane.setup }, at);
    this.received.set(raw, lane.current);
  }

  private add(exchange: Exchange, first: Seq): Exchange {
    exchange.events.push(first);
    this.exchanges.push(exchange);
    return exchange;
  }

  private follow(event: TraceEvent): void {
    const link = event.kind === 'return' ? event.call : event.kind === 'callback' || event.kind === 'completion' ? event.completes : undefined;
    const own = link === undefined ? undefined : this.sends.get(link);
    if (own !== undefined) {
      own.events.push(event.seq);
      if (event.kind !== 'return' || event.outcome !== 'pending') this.sends.delete(seq(link ?? 0));
      if (event.kind === 'return' && event.outcome === 'failure') this.refused(own);
      return;
    }
    const again = (event.kind === 'return' || event.kind === 'completion') && event.api === 'HttpReceiveHttpRequest' && event.created === undefined
      ? this.received.get(textOf(fieldsOf(event.out['RequestBuffer'])['RequestId'])) : undefined;
    if (again !== undefined) again.events.push(event.seq);
    else if (event.kind === 'connection') for (const id of event.lost) this.lanes.get(id)?.current?.events.push(event.seq);
    else if (event.handle !== undefined) this.put(event.handle, event.seq);
  }

  /** A send that failed before anything came of it: what still comes belongs to the one before. */
  private refused(exchange: Exchange): void {
    if (exchange.handle === undefined || exchange.events.length > 2) return;
    const before = this.exchanges.findLast((other) => other !== exchange && other.handle === exchange.handle);
    if (before !== undefined) this.lane(exchange.handle).current = before;
  }

  private put(handle: HandleId, at: Seq): void {
    const lane = this.lane(handle);
    (lane.current?.events ?? lane.setup).push(at);
  }

  private lane(handle: HandleId): Lane {
    const known = this.lanes.get(handle);
    if (known !== undefined) return known;
    const made: Lane = { setup: u32(), current: undefined };
    this.lanes.set(handle, made);
    return made;
  }
}
