import { seq, type HandleId } from '../../preload/contract/ids';
import type { EventPage, EventQuery, EventRow } from '../../preload/contract/query';
import { u32 } from './column';
import type { EventLog } from './event-log';
import { eventRow } from './event-rows';
import type { HandleTree } from './handle-tree';

/** Events looked at between two looks at the clock. */
const BETWEEN_CLOCKS = 64;

/**
 * The filtered list of events, found in slices: each question looks on from where the last one stopped, for as long as it
 * may, and between questions the search goes on by itself in slices that leave the process free for callbacks.
 */
export class EventSearch {
  private key = '';
  private text = '';
  private handle: HandleId | undefined;
  private found = u32();
  private looked = 0;
  private continuing = false;

  constructor(private readonly log: EventLog, private readonly tree: HandleTree) {}

  /** Rows of the list as far as it is known. @param budget milliseconds that may be spent now */
  page(query: EventQuery, budget: number, revision: number): EventPage {
    const { log } = this;
    const text = query.text.trim().toLowerCase();
    if (text === '' && query.handle === undefined) return this.whole(query, revision);
    this.begin(text, query.handle);
    this.look(budget);
    const gone = this.found.lowerBound(log.first);
    const rows: EventRow[] = [];
    const end = Math.min(this.found.length, gone + query.offset + query.count);
    for (let index = gone + query.offset; index < end; index += 1) rows.push(eventRow(log.at(seq(this.found.at(index))), this.tree));
    const complete = this.looked === log.length;
    if (!complete) this.goOn(budget);
    return { revision, total: this.found.length - gone, offset: query.offset, rows, looked: this.looked - log.first, complete };
  }

  private whole(query: EventQuery, revision: number): EventPage {
    const { log } = this;
    const from = log.first + query.offset;
    const end = Math.min(log.length, from + query.count);
    const rows: EventRow[] = [];
    for (let index = from; index < end; index += 1) rows.push(eventRow(log.at(seq(index)), this.tree));
    const total = log.length - log.first;
    return { revision, total, offset: query.offset, rows, looked: total, complete: true };
  }

  private begin(text: string, handle: HandleId | undefined): void {
    const key = `${handle ?? ''} ${text}`;
    if (key === this.key) return;
    this.key = key;
    this.text = text;
    this.handle = handle;
    this.found = u32();
    this.looked = this.log.first;
  }

  private look(budget: number): void {
    const { log } = this;
    const until = performance.now() + budget;
    this.looked = Math.max(this.looked, log.first);
    while (this.looked < log.length) {
      const stop = Math.min(log.length, this.looked + BETWEEN_CLOCKS);
      for (; this.looked < stop; this.looked += 1) if (this.matches(this.looked)) this.found.push(this.looked);
      if (performance.now() >= until) return;
    }
  }

  /** Another search takes this one's place: then there is nothing left to go on with. */
  private goOn(budget: number): void {
    if (this.continuing) return;
    this.continuing = true;
    setImmediate(() => {
      this.continuing = false;
      this.look(budget);
      if (this.looked < this.log.length) this.goOn(budget);
    });
  }

  private matches(index: number): boolean {
    const place = seq(index);
    if (this.handle !== undefined && !this.isBelow(this.log.handleAt(place), this.handle)) return false;
    if (this.text === '') return true;
    const row = eventRow(this.log.at(place), this.tree);
    return `${row.title} ${row.handleLabel} ${row.detail} ${row.result}`.toLowerCase().includes(this.text);
  }

  private isBelow(handle: HandleId | undefined, top: HandleId): boolean {
    for (let at = handle; at !== undefined; at = this.tree.get(at)?.parent) if (at === top) return true;
    return false;
  }
}
