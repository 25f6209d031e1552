import type { Filter } from '../../preload/contract/filter/filter';
import { checkedFilter } from '../../preload/contract/filter/parse-filter';
import type { HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import type { Forest } from './forest';
import { PrefixSums } from './prefix-sums';
import { matchesOptions, shownNode, type Row, type RowList, type RowOptions } from './rows';

/** The children of a handle, or the roots, and how many rows each of them takes with all that is shown below it. */
class Branch {
  children: (Entry | undefined)[] = [];
  rows = new PrefixSums();
  /** 1 for each child that is shown. */
  shown = new PrefixSums();
  /** Places of removed children that nothing has taken. */
  gaps = 0;

  constructor(readonly owner: Entry | undefined) {}

  add(entry: Entry, rows: number): void {
    entry.branch = this;
    entry.slot = this.children.length;
    this.children.push(entry);
    this.rows.push(rows);
    this.shown.push(rows > 0 ? 1 : 0);
  }
}

class Entry {
  below: Branch | undefined;
  slot = 0;
  matches = false;

  constructor(readonly id: HandleId, public branch: Branch) {}

  get shownBelow(): number {
    return this.below?.shown.total ?? 0;
  }
}

/** Gaps that removed children have left are closed when there are more of them than this and than children. */
const MOST_GAPS = 32;

/** Fewer changes than this are taken in one by one, whatever the size of the tree. */
const MOST_CHANGES = 1000;

const NONE: RowOptions = { collapsed: new Set(), liveOnly: false, filter: '', asOf: undefined };

/**
 * The rows of the tree by their place. A node that is new or has changed costs the logarithm of its siblings and the
 * depth of its branch, not the size of the tree; only another filter, or another past time, looks at every node.
 */
export class RowIndex {
  readonly #forest: Forest;
  readonly #entries = new Map<HandleId, Entry>();
  readonly #changed = new Set<HandleId>();
  #roots = new Branch(undefined);
  #options = NONE;
  #filter: Filter = [];
  #stale = true;

  constructor(forest: Forest) {
    this.#forest = forest;
    forest.listen((ids) => this.#hear(ids));
  }

  /** Takes in what has changed since the last time. The answer holds until the next. */
  update(options: RowOptions): RowList {
    this.#takeIn(options);
    return {
      length: this.#length, at: (index) => this.#at(index), indexOf: (handle) => this.#indexOf(handle), slice: (from, to) => this.#slice(from, to),
      expandableSiblings: (handle) => this.#expandableSiblings(handle),
    };
  }

  #hear(ids: readonly HandleId[]): void {
    if (this.#stale) return;
    for (const id of ids) this.#changed.add(id);
    // When most of the tree is new, as when a file is opened, a look at the whole of it is the shorter way.
    if (this.#changed.size > MOST_CHANGES && this.#changed.size * 2 > this.#entries.size) this.#stale = true;
  }

  #takeIn(options: RowOptions): void {
    const before = this.#options;
    this.#options = options;
    if (this.#stale || options.filter !== before.filter || options.found !== before.found || options.liveOnly !== before.liveOnly || options.asOf !== before.asOf) {
      this.#rebuild();
      return;
    }
    if (options.collapsed !== before.collapsed) {
      for (const id of before.collapsed) if (!options.collapsed.has(id)) this.#settle(this.#entries.get(id));
      for (const id of options.collapsed) if (!before.collapsed.has(id)) this.#settle(this.#entries.get(id));
    }
    // Ids only grow and a parent is older than its children: a parent has its place before they look for it.
    const changed = [...this.#changed].sort((a, b) => a - b);
    this.#changed.clear();
    // And goes after them.
    for (const id of changed.toReversed()) if (this.#forest.get(id) === undefined) this.#remove(id);
    if (this.#stale) {
      this.#rebuild();
      return;
    }
    for (const id of changed) {
      const node = this.#forest.get(id);
      if (node !== undefined) this.#settle(this.#entryOf(node));
    }
  }

  get #length(): number {
    return this.#roots.rows.total;
  }

  #at(index: number): Row | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    let branch = this.#roots;
    let left = index;
    for (let depth = 0; ; depth++) {
      const slot = branch.rows.find(left);
      const entry = branch.children[slot];
      if (entry === undefined) return undefined;
      left -= branch.rows.before(slot);
      if (left === 0) return this.#row(entry, depth);
      if (entry.below === undefined) return undefined;
      left -= 1;
      branch = entry.below;
    }
  }

  #indexOf(id: HandleId): number {
    let entry = this.#entries.get(id);
    if (entry === undefined || entry.branch.rows.at(entry.slot) === 0) return -1;
    let index = 0;
    for (;;) {
      index += entry.branch.rows.before(entry.slot);
      const { owner }: Branch = entry.branch;
      if (owner === undefined) return index;
      if (this.#options.collapsed.has(owner.id)) return -1;
      index += 1;
      entry = owner;
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
    const branch = this.#entries.get(id)?.branch;
    return branch?.children.filter((entry) => entry !== undefined && entry.shownBelow > 0).map((entry) => entry?.id ?? id) ?? [];
  }

  #rebuild(): void {
    this.#filter = checkedFilter(this.#options.filter);
    this.#entries.clear();
    this.#changed.clear();
    this.#roots = new Branch(undefined);
    this.#stale = false;
    this.#grow(this.#roots, this.#forest.childrenOf(undefined));
  }

  /** Places handles and everything below them, children before their parent is counted, so that each is counted once. */
  #grow(branch: Branch, ids: readonly HandleId[]): void {
    for (const id of ids) {
      const node = this.#forest.get(id);
      if (node === undefined) continue;
      const entry = new Entry(id, branch);
      this.#entries.set(id, entry);
      const children = this.#forest.childrenOf(id);
      if (children.length > 0) {
        entry.below = new Branch(entry);
        this.#grow(entry.below, children);
      }
      entry.matches = this.#matches(node);
      branch.add(entry, this.#rowsOf(entry));
    }
  }

  #entryOf(node: HandleNode): Entry {
    let entry = this.#entries.get(node.id);
    if (entry === undefined) {
      const parent = node.parent === undefined ? undefined : this.#entries.get(node.parent);
      const branch = parent === undefined ? this.#roots : (parent.below ??= new Branch(parent));
      entry = new Entry(node.id, branch);
      this.#entries.set(node.id, entry);
      branch.add(entry, 0);
    }
    entry.matches = this.#matches(node);
    return entry;
  }

  #remove(id: HandleId): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    // Children that outlive their parent become roots: the forest says where.
    if (entry.below?.children.some((child) => child !== undefined && this.#forest.get(child.id) !== undefined) === true) {
      this.#stale = true;
      return;
    }
    this.#entries.delete(id);
    const { branch, slot } = entry;
    branch.rows.set(slot, 0);
    branch.shown.set(slot, 0);
    branch.children[slot] = undefined;
    this.#settle(branch.owner);
    branch.gaps += 1;
    if (branch.gaps > MOST_GAPS && branch.gaps * 2 > branch.children.length) this.#closeGaps(branch);
  }

  #closeGaps(branch: Branch): void {
    const { children } = branch;
    branch.children = [];
    branch.gaps = 0;
    branch.rows = new PrefixSums();
    branch.shown = new PrefixSums();
    for (const entry of children) {
      if (entry !== undefined) branch.add(entry, this.#rowsOf(entry));
    }
  }

  /** Counts an entry anew, and what it stands below for as long as that makes a difference. */
  #settle(from: Entry | undefined): void {
    for (let entry = from; entry !== undefined; entry = entry.branch.owner) if (!this.#count(entry)) return;
  }

  /** Says whether anything is different now. */
  #count(entry: Entry): boolean {
    const { branch, slot } = entry;
    const rows = this.#rowsOf(entry);
    if (branch.rows.at(slot) === rows) return false;
    branch.rows.set(slot, rows);
    branch.shown.set(slot, rows > 0 ? 1 : 0);
    return true;
  }

  /** 0 for an entry that is hidden; else its own row and those that are shown below it. */
  #rowsOf(entry: Entry): number {
    if (!entry.matches && entry.shownBelow === 0) return 0;
    return 1 + (this.#options.collapsed.has(entry.id) ? 0 : entry.below?.rows.total ?? 0);
  }

  #matches(node: HandleNode): boolean {
    return matchesOptions(node, this.#options, this.#filter);
  }

  #row(entry: Entry, depth: number): Row | undefined {
    const { branch, slot, id } = entry;
    const node = shownNode(this.#forest, id, this.#options.asOf);
    if (node === undefined) return undefined;
    const expandable = entry.shownBelow > 0;
    return {
      node, depth, expandable, expanded: expandable && !this.#options.collapsed.has(id), position: branch.shown.before(slot) + 1, siblings: branch.shown.total,
    };
  }
}
