import type { Filter } from '../../preload/contract/filter/filter';
import { checkedFilter } from '../../preload/contract/filter/parse-filter';
import type { HandleId } from '../../preload/contract/ids';
import type { Forest, ForestChange } from './forest';
import { PrefixSums } from './prefix-sums';
import { matchesOptions, shownNode, type Row, type RowList, type RowOptions } from './rows';
import { NO_PLACE } from './sibling-links';

/** The children of a handle, or the roots, in a form that finds them by their rows: made when somebody looks there. */
interface Branch {
  /** By slot, the places in the forest. */
  readonly places: number[];
  /** How many rows each takes with all that is shown below it. */
  readonly rows: PrefixSums;
  /** 1 for each that is shown. */
  readonly shown: PrefixSums;
}

/** Fewer changes than this are taken in one by one, whatever the size of the tree. */
const MOST_CHANGES = 1000;

const NONE: RowOptions = { collapsed: new Set(), liveOnly: false, filter: '', asOf: undefined };

/**
 * The rows of the tree by their place. A node that is new or has changed costs the logarithm of its siblings and the
 * depth of its branch, not the size of the tree; only another filter, or another past time, looks at every node. What it
 * knows of each lies in columns, by the places of the forest.
 */
export class RowIndex {
  readonly #forest: Forest;
  /** 1 for a handle that asks for a row by itself. */
  #matches = new Uint8Array(0);
  /** Rows that each takes with what is shown below it, and those below it if it were open; NO_PLACE is above the roots. */
  #rows: Uint32Array = new Uint32Array(0);
  #below: Uint32Array = new Uint32Array(0);
  #shownBelow: Uint32Array = new Uint32Array(0);
  /** From 1, the place in its branch once that is made. */
  #slots: Uint32Array = new Uint32Array(0);
  readonly #branches = new Map<number, Branch>();
  #changed = new Set<number>();
  #options = NONE;
  #filter: Filter = [];
  #stale = true;
  /** What matches is known, and what follows from it is to be counted. */
  #uncounted = false;

  constructor(forest: Forest) {
    this.#forest = forest;
    forest.listen((change) => this.#hear(change));
  }

  /** Takes in what has changed since the last time. The answer holds until the next. */
  update(options: RowOptions): RowList {
    this.#takeIn(options);
    return {
      length: this.#length, at: (index) => this.#at(index), indexOf: (handle) => this.#indexOf(handle), slice: (from, to) => this.#slice(from, to),
      expandableSiblings: (handle) => this.#expandableSiblings(handle),
    };
  }

  #hear(change: ForestChange): void {
    if (this.#stale) return;
    switch (change.kind) {
      case 'all': this.#stale = true; break;
      case 'moved': this.#move(change.from); break;
      case 'nodes':
        for (const place of change.places) this.#changed.add(place);
        // When most of the tree is new a look at the whole of it is the shorter way.
        if (this.#changed.size > MOST_CHANGES && this.#changed.size * 2 > this.#forest.size) this.#stale = true;
        break;
    }
  }

  /** The handles have other places: what each matches goes with it. */
  #move(from: Uint32Array): void {
    const changed = new Set<number>();
    const matches = new Uint8Array(from.length);
    for (const [place, before] of from.entries()) {
      matches[place] = this.#matches[before] ?? 0;
      if (place !== NO_PLACE && this.#changed.has(before)) changed.add(place);
    }
    this.#matches = matches;
    this.#changed = changed;
    const none = new Uint32Array(from.length);
    [this.#rows, this.#below, this.#shownBelow, this.#slots] = [none, none, none, none];
    this.#uncounted = true;
  }

  #takeIn(options: RowOptions): void {
    const before = this.#options;
    this.#options = options;
    if (this.#stale || options.filter !== before.filter || options.found !== before.found || options.liveOnly !== before.liveOnly || options.asOf !== before.asOf) {
      this.#matchAll();
      this.#countAll();
      return;
    }
    this.#reserve();
    // Parents have their places before their children.
    const changed = [...this.#changed].sort((a, b) => a - b);
    this.#changed.clear();
    for (const place of changed) this.#matches[place] = this.#isMatch(place);
    if (this.#uncounted) {
      this.#countAll();
      return;
    }
    for (const place of changed) {
      this.#enter(place);
      this.#settle(place);
    }
    if (options.collapsed !== before.collapsed) {
      for (const id of before.collapsed) if (!options.collapsed.has(id)) this.#settle(this.#forest.placeOf(id));
      for (const id of options.collapsed) if (!before.collapsed.has(id)) this.#settle(this.#forest.placeOf(id));
    }
  }

  get #length(): number {
    return this.#below[NO_PLACE] ?? 0;
  }

  #at(index: number): Row | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    let above = NO_PLACE;
    let left = index;
    for (let depth = 0; ; depth++) {
      const { rows, places } = this.#branch(above);
      const slot = rows.find(left);
      const place = places[slot];
      if (place === undefined) return undefined;
      left -= rows.before(slot);
      if (left === 0) return this.#row(place, depth);
      left -= 1;
      above = place;
    }
  }

  #indexOf(id: HandleId): number {
    let place = this.#forest.placeOf(id);
    if ((this.#rows[place] ?? 0) === 0) return -1;
    for (let index = 0; ; index += 1) {
      const above = this.#above(place);
      const { rows } = this.#branch(above);
      index += rows.before(this.#slotOf(place));
      if (above === NO_PLACE) return index;
      if (this.#isCollapsed(above)) return -1;
      place = above;
    }
  }

  #slice(from: number, to: number): readonly Row[] {
    const rows: Row[] = [];
    for (let index = Math.max(0, from); index < Math.min(to, this.#length); index++) {
      const row = this.#at(index);
      if (row !== undefined) rows.push(row);
    }
    return rows;
  }

  #expandableSiblings(id: HandleId): readonly HandleId[] {
    const place = this.#forest.placeOf(id);
    if (place === NO_PLACE) return [];
    return this.#forest.placesBelow(this.#above(place)).filter((beside) => (this.#shownBelow[beside] ?? 0) > 0).map((beside) => this.#forest.idAt(beside));
  }

  #matchAll(): void {
    this.#filter = checkedFilter(this.#options.filter);
    this.#changed.clear();
    this.#stale = false;
    const { end } = this.#forest;
    this.#matches = new Uint8Array(end);
    const { filter, liveOnly, asOf } = this.#options;
    // Without a wish every handle has its row, and none has to be looked at.
    if (filter === '' && !liveOnly && asOf === undefined && this.#forest.size === end - 1) this.#matches.fill(1, 1);
    else for (let place = 1; place < end; place++) this.#matches[place] = this.#isMatch(place);
  }

  /** Counts everything anew, children before their parents, so that each is counted once. */
  #countAll(): void {
    this.#uncounted = false;
    this.#branches.clear();
    const { end, parents } = this.#forest;
    const matches = this.#matches;
    // All columns have the same room.
    const make = (): Uint32Array => new Uint32Array(matches.length);
    const [rows, below, shownBelow] = [make(), make(), make()];
    [this.#rows, this.#below, this.#shownBelow, this.#slots] = [rows, below, shownBelow, make()];
    const folds = this.#options.collapsed.size > 0;
    for (let place = end - 1; place > NO_PLACE; place--) {
      const shown = shownBelow[place] ?? 0;
      if (matches[place] === 0 && shown === 0) continue;
      const taken = 1 + (folds && shown > 0 && this.#isCollapsed(place) ? 0 : below[place] ?? 0);
      const above = parents[place] ?? NO_PLACE;
      rows[place] = taken;
      below[above] = (below[above] ?? 0) + taken;
      shownBelow[above] = (shownBelow[above] ?? 0) + 1;
    }
  }

  /** Room for places that have come. */
  #reserve(): void {
    const { end } = this.#forest;
    if (end <= this.#matches.length) return;
    const capacity = Math.max(end, Math.ceil(this.#matches.length * 1.5));
    const matches = new Uint8Array(capacity);
    matches.set(this.#matches);
    this.#matches = matches;
    const grown = (column: Uint32Array): Uint32Array => {
      const larger = new Uint32Array(capacity);
      larger.set(column);
      return larger;
    };
    [this.#rows, this.#below, this.#shownBelow, this.#slots] = [grown(this.#rows), grown(this.#below), grown(this.#shownBelow), grown(this.#slots)];
  }

  /** Puts a place that is new behind its siblings, where their branch is made. */
  #enter(place: number): void {
    const branch = this.#branches.get(this.#above(place));
    if (branch === undefined || this.#slots[place] !== 0) return;
    branch.places.push(place);
    branch.rows.push(0);
    branch.shown.push(0);
    this.#slots[place] = branch.places.length;
  }

  /** Counts a place anew, and what it stands below for as long as that makes a difference. */
  #settle(from: number): void {
    for (let place = from; place !== NO_PLACE;) {
      const before = this.#rows[place] ?? 0;
      const now = this.#rowsOf(place);
      if (now === before) return;
      const above = this.#above(place);
      this.#rows[place] = now;
      this.#below[above] = (this.#below[above] ?? 0) + now - before;
      this.#shownBelow[above] = (this.#shownBelow[above] ?? 0) + Number(now > 0) - Number(before > 0);
      const branch = this.#branches.get(above);
      branch?.rows.set(this.#slotOf(place), now);
      branch?.shown.set(this.#slotOf(place), now > 0 ? 1 : 0);
      place = above;
    }
  }

  #branch(above: number): Branch {
    const known = this.#branches.get(above);
    if (known !== undefined) return known;
    const places = this.#forest.placesBelow(above);
    const taken = new Uint32Array(places.length);
    let flat = true;
    for (let slot = 0; slot < places.length; slot++) {
      const place = places[slot] ?? NO_PLACE;
      const rows = this.#rows[place] ?? 0;
      this.#slots[place] = slot + 1;
      taken[slot] = rows;
      flat &&= rows === 1;
    }
    const rows = new PrefixSums(taken);
    // Fifty thousand in one branch have nothing below them, as a rule: then both are the same sums.
    const branch = { places, rows, shown: flat ? rows.copy() : new PrefixSums(taken.map((own) => (own > 0 ? 1 : 0))) };
    this.#branches.set(above, branch);
    return branch;
  }

  /** 0 for one that is hidden; else its own row and those that are shown below it. */
  #rowsOf(place: number): number {
    if (this.#matches[place] === 0 && this.#shownBelow[place] === 0) return 0;
    return 1 + (this.#isCollapsed(place) ? 0 : this.#below[place] ?? 0);
  }

  #isCollapsed(place: number): boolean {
    return this.#options.collapsed.has(this.#forest.idAt(place));
  }

  #above(place: number): number {
    return this.#forest.parents[place] ?? NO_PLACE;
  }

  /** Of a place whose branch is made. */
  #slotOf(place: number): number {
    return (this.#slots[place] ?? 0) - 1;
  }

  #isMatch(place: number): 0 | 1 {
    const { liveOnly, asOf } = this.#options;
    if (!this.#forest.has(place)) return 0;
    // Without a filter no handle has to be looked at, and most never are.
    if (this.#filter.length === 0 && asOf === undefined) return liveOnly && this.#forest.endedAt(place) ? 0 : 1;
    const node = this.#forest.at(place);
    return node !== undefined && matchesOptions(node, this.#options, this.#filter) ? 1 : 0;
  }

  #row(place: number, depth: number): Row | undefined {
    const id = this.#forest.idAt(place);
    const node = shownNode(this.#forest, id, this.#options.asOf);
    if (node === undefined) return undefined;
    const above = this.#above(place);
    const expandable = (this.#shownBelow[place] ?? 0) > 0;
    return {
      node, depth, expandable, expanded: expandable && !this.#options.collapsed.has(id), position: this.#branch(above).shown.before(this.#slotOf(place)) + 1, siblings: this.#shownBelow[above] ?? 0,
    };
  }
}
