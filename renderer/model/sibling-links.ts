const FIRST_CAPACITY = 64;

/** Where something is nothing: above the roots, and behind the last of the siblings. */
export const NO_PLACE = 0;

/**
 * What stands below what, by place, in columns: fifty thousand lists of children would be as many objects. Places are from
 * 1 and are never unlinked alone; whoever asks passes over those that are empty.
 */
export class SiblingLinks {
  #parents: Uint32Array;
  /** First and last child, and next sibling; the children of NO_PLACE are the roots. */
  #first: Uint32Array;
  #last: Uint32Array;
  #next: Uint32Array;

  /** @param parents by place, from 1, what each is linked below at once; nothing stands at 0 */
  constructor(parents = new Uint32Array(FIRST_CAPACITY), end = 1) {
    const places = parents.length;
    const [first, last, next] = [new Uint32Array(places), new Uint32Array(places), new Uint32Array(places)];
    for (let place = 1; place < end; place++) {
      const above = parents[place] ?? NO_PLACE;
      const before = last[above] ?? NO_PLACE;
      if (before === NO_PLACE) first[above] = place;
      else next[before] = place;
      last[above] = place;
    }
    [this.#parents, this.#first, this.#last, this.#next] = [parents, first, last, next];
  }

  /** By place: what each stands below, NO_PLACE for a root. Good until the next link. */
  get parents(): Uint32Array {
    return this.#parents;
  }

  /** Puts a place behind those that stand below another. */
  link(place: number, above: number): void {
    if (place >= this.#parents.length) this.#grow(place);
    this.#parents[place] = above;
    const before = this.#last[above] ?? NO_PLACE;
    if (before === NO_PLACE) this.#first[above] = place;
    else this.#next[before] = place;
    this.#last[above] = place;
  }

  /** Nothing is below a place any more, until something is linked there. */
  unlinkBelow(above: number): void {
    for (let place = this.#first[above] ?? NO_PLACE; place !== NO_PLACE;) {
      const next = this.#next[place] ?? NO_PLACE;
      this.#next[place] = NO_PLACE;
      place = next;
    }
    this.#first[above] = NO_PLACE;
    this.#last[above] = NO_PLACE;
  }

  /** The places below one, in the order in which they were linked. */
  below(above: number): number[] {
    const found: number[] = [];
    for (let place = this.#first[above] ?? NO_PLACE; place !== NO_PLACE; place = this.#next[place] ?? NO_PLACE) found.push(place);
    return found;
  }

  #grow(place: number): void {
    const capacity = Math.max(place + 1, this.#parents.length * 2);
    const grown = (column: Uint32Array): Uint32Array => {
      const larger = new Uint32Array(capacity);
      larger.set(column);
      return larger;
    };
    [this.#parents, this.#first, this.#last, this.#next] = [grown(this.#parents), grown(this.#first), grown(this.#last), grown(this.#next)];
  }
}
