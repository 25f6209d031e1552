/** What is due at times to come, the earliest first; of one time, in the order in which it was added. */
export class TimeQueue<T> {
  private readonly heap: { readonly time: number; readonly order: number; readonly value: T }[] = [];
  private added = 0;
  /** The latest time that was given out. */
  now = 0;

  add(time: number, value: T): void {
    this.added += 1;
    const { heap } = this;
    const item = { time, order: this.added, value };
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(item, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = item;
  }

  /** Gives out what is due up to and with a time. */
  *until(time: number): Generator<T> {
    for (let first = this.heap[0]; first !== undefined && first.time <= time; first = this.heap[0]) {
      this.now = Math.max(this.now, first.time);
      this.takeFirst();
      yield first.value;
    }
  }

  private takeFirst(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let at = 0;
    for (;;) {
      const left = heap[at * 2 + 1];
      const right = heap[at * 2 + 2];
      const less = right !== undefined && left !== undefined && isBefore(right, left) ? right : left;
      if (less === undefined || !isBefore(less, last)) break;
      heap[at] = less;
      at = less === left ? at * 2 + 1 : at * 2 + 2;
    }
    heap[at] = last;
  }
}

interface Due {
  readonly time: number;
  readonly order: number;
}

function isBefore(a: Due, b: Due): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
