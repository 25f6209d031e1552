import { checkedFilter } from '../../preload/contract/filter/parse-filter';
import type { Severity } from '../../preload/contract/finding';
import { seq, type Seq } from '../../preload/contract/ids';
import type { EventPage, EventQuery, EventRow } from '../../preload/contract/query';
import { u32 } from './column';
import type { EventLog } from './event-log';
import { EventMatcher } from './event-matcher';
import { eventRow } from './event-rows';
import type { HandleTree } from './handle-tree';

/** Events looked at between two looks at the clock: each may need its payload read, some microseconds. */
const BETWEEN_CLOCKS = 64;

const NO_SEVERITIES: ReadonlyMap<Seq, Severity> = new Map();

/**
 * The filtered list of events, found in slices: each question looks on from where the last one stopped, for as long as it
 * may, and between questions the search goes on by itself in slices that leave the process free for callbacks. Another
 * question takes its place, and one that asks for all events ends it.
 */
export class EventSearch {
  private key = '';
  private matcher: EventMatcher | undefined;
  private found = u32();
  /** Found between two looks at the clock. */
  private readonly few = new Uint32Array(BETWEEN_CLOCKS);
  /** Handles of what was found, collected where a handle can be met through its events only. */
  private owners = new Set<number>();
  private collects = false;
  private looked = 0;
  private continuing = false;
  /** The person has stopped it: what was found is the list. */
  private stopped = false;

  constructor(private readonly log: EventLog, private readonly tree: HandleTree) {}

  /**
   * Rows of the list as far as it is known.
   * @param budget milliseconds that may be spent on looking now
   * @param severities of the events that findings name; another number of them begins the search anew
   * @throws Error for a filter that parseFilter refuses: whoever takes one in checks it
   */
  page(query: EventQuery, budget: number, revision: number, severities = NO_SEVERITIES): EventPage {
    const { log } = this;
    const text = query.text.trim();
    if (text === '' && query.handle === undefined) return this.whole(query, revision);
    this.begin(text, query, severities);
    this.stopped = query.stopped === true;
    if (!this.stopped) this.look(budget);
    const gone = this.forgotten();
    const rows: EventRow[] = [];
    const end = Math.min(this.found.length, gone + query.offset + query.count);
    for (let index = gone + query.offset; index < end; index += 1) rows.push(eventRow(log.at(seq(this.found.at(index))), this.tree));
    const complete = this.looked === log.length;
    if (!complete && !this.stopped) this.goOn(budget);
    return { revision, total: this.found.length - gone, offset: query.offset, rows, looked: this.looked - log.first, complete, ...(query.owners === true && { owners: Uint32Array.from(this.owners) }) };
  }

  private whole(query: EventQuery, revision: number): EventPage {
    const { log } = this;
    this.end();
    const from = log.first + query.offset;
    const end = Math.min(log.length, from + query.count);
    const rows: EventRow[] = [];
    for (let index = from; index < end; index += 1) rows.push(eventRow(log.at(seq(index)), this.tree));
    const total = log.length - log.first;
    return { revision, total, offset: query.offset, rows, looked: total, complete: true };
  }

  private begin(text: string, { handle }: EventQuery, severities: ReadonlyMap<Seq, Severity>): void {
    const key = `${handle ?? ''} ${severities.size} ${text}`;
    if (key === this.key) return;
    this.key = key;
    this.matcher = new EventMatcher(this.log, this.tree, checkedFilter(text), handle, severities);
    this.collects = this.matcher.asksEvents;
    this.owners = new Set();
    this.found = u32();
    this.looked = this.log.first;
  }

  /** Nobody asks any more: what is known of the last search goes, and what goes on of it stops. */
  private end(): void {
    this.key = '';
    this.matcher = undefined;
    this.found = u32();
    this.owners = new Set();
  }

  private look(budget: number): void {
    const { log, matcher } = this;
    if (matcher === undefined) return;
    const until = performance.now() + budget;
    this.looked = Math.max(this.looked, log.first);
    matcher.begin();
    while (this.looked < log.length) {
      const chunk = log.chunkOf(seq(this.looked));
      matcher.enter(chunk);
      const end = chunk.first + chunk.length;
      while (this.looked < end) {
        const stop = Math.min(end, this.looked + BETWEEN_CLOCKS);
        const count = matcher.match(chunk, this.looked - chunk.first, stop - chunk.first, this.few);
        this.found.pushAll(this.few, count);
        if (this.collects) for (let index = 0; index < count; index += 1) this.owners.add(chunk.handles[(this.few[index] ?? 0) - chunk.first] ?? 0);
        this.looked = stop;
        if (performance.now() >= until) return;
      }
    }
  }

  /** How many of the first that were found have left the history; they go when they are most of what is kept. */
  private forgotten(): number {
    const gone = this.found.lowerBound(this.log.first);
    if (gone * 2 <= this.found.length) return gone;
    this.found.drop(gone);
    return 0;
  }

  private goOn(budget: number): void {
    if (this.continuing) return;
    this.continuing = true;
    setImmediate(() => {
      this.continuing = false;
      if (this.matcher === undefined || this.stopped) return;
      this.look(budget);
      if (this.looked < this.log.length) this.goOn(budget);
    });
  }
}
