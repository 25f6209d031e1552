import type { EventRow } from '../../preload/contract/query';

/** Rows asked for at once. */
export const PAGE = 200;

/** The pages that hold these rows, by the offset of their first row. */
export function pagesFor(first: number, last: number): readonly number[] {
  const pages: number[] = [];
  for (let offset = Math.floor(Math.max(0, first) / PAGE) * PAGE; offset <= last; offset += PAGE) pages.push(offset);
  return pages;
}

/** Events that were fetched, by their place in the filtered list; the pages longest unused go when there are too many. */
export class EventCache {
  readonly #pages = new Map<number, readonly EventRow[]>();
  readonly #most: number;

  constructor(most = 20) {
    this.#most = most;
  }

  row(index: number): EventRow | undefined {
    const offset = Math.floor(index / PAGE) * PAGE;
    return this.#pages.get(offset)?.[index - offset];
  }

  /** A page that was not full may have more by now. */
  holds(offset: number, total: number): boolean {
    const page = this.#pages.get(offset);
    return page !== undefined && page.length >= Math.min(PAGE, Math.max(0, total - offset));
  }

  put(offset: number, rows: readonly EventRow[]): void {
    this.#pages.delete(offset);
    this.#pages.set(offset, rows);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= this.#most) break;
      this.#pages.delete(oldest);
    }
  }

  clear(): void {
    this.#pages.clear();
  }
}
