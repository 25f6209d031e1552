import type { TraceEvent } from '../../preload/contract/event';
import type { HandleNode } from '../../preload/contract/handle';
import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { fieldsOf } from '../trace/event-fields';
import type { Trace } from '../trace/trace';
import { ExchangeFinder, type Exchange } from './find-exchanges';
import { foldOf } from './fold-of';
import type { ExchangeFold, FoldedExchange, FoldOptions } from './folded-exchange';
import { openingOf } from './opening-of';

/** Places that one question looks at, and events of the handle that it reads: some milliseconds. */
const MOST_PLACES = 2_000_000;
const MOST_EVENTS = 20_000;
/** How far after it was told of a request is received whole, in events. */
const RECEIVE_REACH = 20_000;
/** Exchanges that are told apart; of a handle that is sent more often only the newest are. */
const MOST_EXCHANGES = 200;

interface Followed {
  readonly exchange: Exchange;
  readonly fold: ExchangeFold<TraceEvent> | undefined;
  /** Events taken in. */
  read: number;
}

/** What was sent or received on one handle, up to a moment. It goes on where it stopped, as the trace grows. */
export class HandleExchanges {
  private readonly finder = new ExchangeFinder();
  private readonly followed: Followed[] = [];
  private detailed: Followed | undefined;
  private readonly opening: Seq | undefined;
  private readonly openings = new Map<HandleId, Seq | undefined>();
  private next: number;
  /** Whether what comes is later than the moment that was asked for. */
  private past = false;
  /** The place before which its head may still come: one that did not fit is received again, and that is asked of the queue. */
  private readonly receivedBy: number;
  /** Those that are no longer followed. */
  private passed = 0;

  /** @param limit bytes of a body that are kept of the exchange that is shown */
  constructor(private readonly trace: Trace, private readonly node: HandleNode, private readonly until: number | undefined, private readonly limit: number) {
    this.opening = this.openingOf(node.id);
    this.receivedBy = this.receivedInOne() ? 0 : node.createdBy + RECEIVE_REACH;
    this.next = Math.max(trace.log.first, Math.min(this.opening ?? node.createdBy, node.createdBy));
  }

  get handle(): HandleId {
    return this.node.id;
  }

  /** Takes in what came since, as far as one question may look; says whether that was all. */
  advance(): boolean {
    const { log } = this.trace;
    this.next = Math.max(this.next, log.first);
    let events = 0;
    const end = Math.min(log.length, this.next + MOST_PLACES);
    for (; this.next < end && events < MOST_EVENTS; this.next += 1) {
      const place = seq(this.next);
      if (!this.concerns(place)) continue;
      if (this.until !== undefined && log.timeAt(place) > this.until) {
        this.past = true;
        break;
      }
      const event = log.at(place);
      if (event.kind === 'connection' && event.handle !== this.node.id && !event.lost.includes(this.node.id)) continue;
      this.finder.apply(event);
      events += 1;
    }
    for (const exchange of this.finder.exchanges.slice(this.passed + this.followed.length)) this.followed.push(this.follow(exchange, { until: this.until, limit: 0 }));
    while (this.followed.length > MOST_EXCHANGES) {
      this.followed.shift();
      this.passed += 1;
    }
    for (const one of this.followed) this.read(one);
    return this.past || this.next >= log.length;
  }

  /** Every exchange that is followed, without its bodies, and how many there were before it. */
  list(): { readonly before: number; readonly exchanges: readonly FoldedExchange[] } {
    return { before: this.passed, exchanges: this.followed.flatMap(({ fold }) => fold?.folded() ?? []) };
  }

  /** One of the list, with its bodies. */
  whole(index: number): FoldedExchange | undefined {
    let before = 0;
    for (const { exchange, fold } of this.followed) {
      const count = fold?.folded().length ?? 0;
      if (index < before + count) {
        if (this.detailed?.exchange !== exchange) this.detailed = this.follow(exchange, { until: this.until, limit: this.limit });
        this.read(this.detailed);
        return this.detailed.fold?.folded()[index - before];
      }
      before += count;
    }
    return undefined;
  }

  private follow(exchange: Exchange, options: FoldOptions): Followed {
    return { exchange, fold: foldOf(this.trace, exchange, (handle) => this.openingOf(handle), options), read: 0 };
  }

  private read(followed: Followed): void {
    const { exchange: { events }, fold } = followed;
    for (; followed.read < events.length; followed.read += 1) {
      const place = events.at(followed.read);
      if (this.trace.log.has(place)) fold?.apply(this.trace.log.at(seq(place)));
    }
  }

  /** Whether an event may be about the handle, by its columns alone. */
  private concerns(place: Seq): boolean {
    const { log } = this.trace;
    if (log.handleAt(place) === this.node.id || place === this.node.createdBy || place === this.opening) return true;
    const kind = log.kindAt(place);
    if (kind === 'connection') return this.node.kind === 'server-request';
    if (kind !== 'call' && place < this.receivedBy && log.handleAt(place) === this.node.parent) return true;
    return this.opening !== undefined && kind !== 'call' && log.linkAt(place) === this.opening;
  }

  private receivedInOne(): boolean {
    const { log } = this.trace;
    const made = this.node.kind === 'server-request' && log.has(this.node.createdBy) ? log.at(this.node.createdBy) : undefined;
    return made === undefined || !('out' in made) || 'pRawUrl' in fieldsOf(made.out['RequestBuffer']);
  }

  private openingOf(handle: HandleId): Seq | undefined {
    if (!this.openings.has(handle)) this.openings.set(handle, openingOf(this.trace, handle));
    return this.openings.get(handle);
  }
}
