import { errorMessage } from '../../preload/contract/errors';
import type { HandleId } from '../../preload/contract/ids';
import type { EventPage, EventRow } from '../../preload/contract/query';
import { EventCache, PAGE, pagesFor } from '../model/event-pages';
import { askEvents } from '../store/questions';

/** How long a running search is left alone before it is asked again, in milliseconds. */
const SEARCH_AGAIN_MS = 100;

/** The rows that are on the screen. */
export interface WantedRows {
  readonly text: string;
  readonly handle: HandleId | undefined;
  readonly first: number;
  readonly last: number;
  /** Of the trace: a newer one may have more rows. */
  readonly revision: number;
}

/** What is known of the list; a new object whenever it changes. */
export interface EventsShown {
  /** Rows of the filtered list. */
  readonly total: number;
  /** False while main still looks through the trace: `total` is what it has found so far. */
  readonly complete: boolean;
  /** Events that main has looked at. */
  readonly looked: number;
  /** Whether the person has stopped it before it was complete. */
  readonly stopped: boolean;
  readonly problem: string | undefined;
  readonly row: (index: number) => EventRow | undefined;
}

/** Fetches the rows of the event list page by page, one question at a time, and keeps those that were fetched. */
export class EventFeed {
  #key = '';
  #cache = new EventCache();
  #revision = -1;
  #next: WantedRows | undefined;
  #busy = false;
  /** The search that the person has stopped. */
  #stopped: string | undefined;
  #last: WantedRows | undefined;
  #shown: EventsShown = { total: 0, complete: true, looked: 0, stopped: false, problem: undefined, row: () => undefined };
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly snapshot = (): EventsShown => this.#shown;

  want(wanted: WantedRows): void {
    this.#next = wanted;
    this.#last = wanted;
    if (!this.#busy) void this.#fetch();
  }

  /** Ends the search where it is; what it has found stays. */
  stop(): void {
    this.#stopped = this.#key;
    if (this.#last !== undefined) this.want(this.#last);
  }

  goOn(): void {
    this.#stopped = undefined;
    if (this.#last !== undefined) this.want(this.#last);
  }

  async #fetch(): Promise<void> {
    this.#busy = true;
    for (let wanted = this.#next; wanted !== undefined; wanted = this.#next) {
      this.#next = undefined;
      const key = `${wanted.handle ?? ''} ${wanted.text}`;
      if (key !== this.#key) {
        this.#key = key;
        this.#cache = new EventCache();
        this.#revision = -1;
        this.#stopped = undefined;
        this.#show(0, undefined, false, 0);
      }
      await this.#fill(wanted);
    }
    this.#busy = false;
  }

  async #fill(wanted: WantedRows): Promise<void> {
    const { text, handle, first, last, revision } = wanted;
    const stopped = this.#stopped === this.#key;
    let { total } = this.#shown;
    let { complete, looked } = this.#shown;
    let counted = this.#revision === revision;
    for (const offset of pagesFor(first, Math.max(first, last))) {
      if (this.#cache.holds(offset, total) && (counted || offset + PAGE <= total)) continue;
      const result = await askEvents({ offset, count: PAGE, text, handle, stopped });
      if (!result.ok) {
        this.#show(total, errorMessage(result.error));
        return;
      }
      total = this.#take(result.value);
      ({ complete, looked } = result.value);
      counted = true;
    }
    if (!counted) {
      // Every row on the screen is known: only how many there are is not.
      const result = await askEvents({ offset: 0, count: 0, text, handle, stopped });
      if (result.ok) ({ total, complete, looked } = result.value);
    }
    this.#revision = complete ? revision : -1;
    this.#show(total, undefined, complete, looked);
    // The search goes on in main: what is wanted is asked again until all of it is known, or something else is wanted.
    if (!complete && !stopped && this.#next === undefined) {
      await new Promise((resolve) => { setTimeout(resolve, SEARCH_AGAIN_MS); });
      this.#next ??= wanted;
    }
  }

  #take(page: EventPage): number {
    this.#cache.put(page.offset, page.rows);
    return page.total;
  }

  #show(total: number, problem: string | undefined, complete = true, looked = 0): void {
    const cache = this.#cache;
    this.#shown = { total, complete, looked, stopped: !complete && this.#stopped === this.#key, problem, row: (index) => cache.row(index) };
    for (const listener of this.#listeners) listener();
  }
}
