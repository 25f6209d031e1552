import { isEnded, type HandleNode } from '../../preload/contract/handle';
import { handleId, type HandleId } from '../../preload/contract/ids';
import { countsIn, isEndedIn, nodeIn, type NodeColumns } from '../../preload/contract/node-columns';
import { NO_PLACE, SiblingLinks } from './sibling-links';

/** What has become of the handles, told once it has. Places are those of `Forest.at`. */
export type ForestChange =
  /** New, changed or gone. */
  | { readonly kind: 'nodes'; readonly places: readonly number[] }
  /** Nothing is as it was. */
  | { readonly kind: 'all' }
  /** Nothing has changed but the places: `from` says of each the one before. */
  | { readonly kind: 'moved'; readonly from: Uint32Array };

/** Places that handles have left are closed up when there are more of them than this and than handles. */
const MOST_GAPS = 1024;

/**
 * Every handle that the window knows, kept current by patches. It changes in place, so that a patch costs what it
 * holds and not what the trace holds: whoever reads it redraws when the store's revision moves.
 *
 * Each handle has a place, from 1, parents before children. A handle that came with many others is made an object when
 * somebody looks at it.
 */
export class Forest {
  /** The many it began with: at a place those of the columns one before. */
  #columns: NodeColumns | undefined;
  /** By place; those of the columns are undefined until they are looked at or change. */
  #nodes: (HandleNode | undefined)[] = [undefined];
  /** Of those that are not in the columns. */
  #places = new Map<HandleId, number>();
  /** By place: the handle, 0 once it is gone. */
  #ids = new Uint32Array(1);
  /** What is gone stays between its siblings. */
  #links = new SiblingLinks();
  #size = 0;
  #live = 0;
  #busy = 0;
  /** Undefined when it has to be looked for. */
  #earliest: number | undefined;
  readonly #listeners = new Set<(change: ForestChange) => void>();

  /** The answer ends it. */
  listen(listener: (change: ForestChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes many new or changed handles. */
  adopt(columns: NodeColumns): void {
    if (this.#size > 0) {
      this.apply(Array.from(columns.ids, (_, index) => nodeIn(columns, index)));
      return;
    }
    const { ids, parents, createdAt } = columns;
    const count = ids.length;
    this.#begin(count + 1);
    this.#columns = columns;
    this.#nodes.length = count + 1;
    this.#ids.set(ids, 1);
    const above = new Uint32Array(count + 1);
    const first = ids[0] ?? 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (let place = 1; place <= count; place++) {
      const created = createdAt[place - 1] ?? earliest;
      if (created < earliest) earliest = created;
      const parent = parents[place - 1] ?? 0;
      if (parent === 0) continue;
      // Here and not in placeInColumns alone: most of what a first look costs is steps like this one, before they are compiled.
      const found = ids[parent - first] === parent ? parent - first + 1 : this.#placeInColumns(parent);
      above[place] = found < place ? found : NO_PLACE;
    }
    this.#links = new SiblingLinks(above, count + 1);
    this.#earliest = earliest;
    this.#size = count;
    ({ live: this.#live, busy: this.#busy } = countsIn(columns));
    this.#tell({ kind: 'all' });
  }

  /** Takes new and changed nodes, parents before children. A parent never changes. */
  apply(changes: readonly HandleNode[]): void {
    const places: number[] = [];
    for (const node of changes) {
      let place = this.placeOf(node.id);
      if (place === NO_PLACE) {
        place = this.#place(node);
      } else {
        const before = this.at(place);
        if (before !== undefined) this.#count(before, -1);
      }
      this.#nodes[place] = node;
      this.#count(node, 1);
      if (this.#earliest !== undefined) this.#earliest = Math.min(this.#earliest, node.createdAt);
      places.push(place);
    }
    this.#tell({ kind: 'nodes', places });
  }

  /** Takes out handles that main has forgotten, children before their parents. Those it does not know are passed over. */
  remove(ids: readonly HandleId[]): void {
    const places: number[] = [];
    let orphaned = false;
    for (const id of ids) {
      const place = this.placeOf(id);
      const node = this.at(place);
      if (node === undefined) continue;
      this.#ids[place] = 0;
      this.#nodes[place] = undefined;
      this.#places.delete(id);
      this.#size -= 1;
      this.#count(node, -1);
      if (node.createdAt === this.#earliest) this.#earliest = undefined;
      places.push(place);
      orphaned = this.#orphan(place) || orphaned;
    }
    if (places.length === 0) return;
    this.#tell(orphaned ? { kind: 'all' } : { kind: 'nodes', places });
    const gaps = this.end - 1 - this.#size;
    if (gaps > MOST_GAPS && gaps > this.#size) this.#closeUp();
  }

  get(id: HandleId): HandleNode | undefined {
    return this.at(this.placeOf(id));
  }

  /** NO_PLACE for one that is unknown. A place holds until handles that are gone leave too many: then all move, and listeners are told. */
  placeOf(id: HandleId): number {
    const place = this.#places.get(id) ?? this.#placeInColumns(id);
    // In the columns it may be gone.
    return this.#ids[place] === id ? place : NO_PLACE;
  }

  /** The place behind the last. */
  get end(): number {
    return this.#nodes.length;
  }

  /** Undefined where no handle is, or is no more. */
  at(place: number): HandleNode | undefined {
    if (!this.has(place)) return undefined;
    const known = this.#nodes[place];
    if (known !== undefined || this.#columns === undefined) return known;
    const node = nodeIn(this.#columns, place - 1);
    this.#nodes[place] = node;
    return node;
  }

  /** Whether a handle is at a place. */
  has(place: number): boolean {
    return (this.#ids[place] ?? 0) !== 0;
  }

  /** Whether the handle at a place has ended: without making it an object. */
  endedAt(place: number): boolean {
    const node = this.#nodes[place];
    if (node === undefined && this.#columns !== undefined) return isEndedIn(this.#columns, place - 1);
    return node !== undefined && isEnded(node.state);
  }

  /** The handle at a place, for loops that know it is there. */
  idAt(place: number): HandleId {
    return handleId(this.#ids[place] ?? 0);
  }

  /** By place: what each stands below, NO_PLACE for a root. Good until the next change. */
  get parents(): Uint32Array {
    return this.#links.parents;
  }

  /** The places below one, in the order of their birth; NO_PLACE asks for the roots. */
  placesBelow(above: number): number[] {
    const places = this.#links.below(above);
    return this.#size === this.end - 1 ? places : places.filter((place) => this.has(place));
  }

  /** In the order of their birth; undefined asks for the roots. */
  childrenOf(id: HandleId | undefined): readonly HandleId[] {
    const above = id === undefined ? NO_PLACE : this.placeOf(id);
    return id !== undefined && above === NO_PLACE ? [] : this.placesBelow(above).map((place) => this.idAt(place));
  }

  *all(): Iterable<HandleNode> {
    for (let place = 1; place < this.end; place++) {
      const node = this.at(place);
      if (node !== undefined) yield node;
    }
  }

  get size(): number {
    return this.#size;
  }

  get live(): number {
    return this.#live;
  }

  get ended(): number {
    return this.#size - this.#live;
  }

  /** Handles that are owed something: an operation is pending, or the close has not come to its end. */
  get busy(): number {
    return this.#busy;
  }

  /** When the first of the handles came into being, in milliseconds since the start of the trace; 0 when there are none. */
  get earliest(): number {
    this.#earliest ??= this.#findEarliest();
    return Number.isFinite(this.#earliest) ? this.#earliest : 0;
  }

  /** The handle and everything below it, the handle first, each parent before its children. */
  subtree(id: HandleId): readonly HandleNode[] {
    const found: HandleNode[] = [];
    const visit = (place: number): void => {
      const node = this.at(place);
      if (node === undefined) return;
      found.push(node);
      for (const below of this.placesBelow(place)) visit(below);
    };
    visit(this.placeOf(id));
    return found;
  }

  rootOf(id: HandleId): HandleId {
    let place = this.placeOf(id);
    if (place === NO_PLACE) return id;
    for (let above = this.parents[place] ?? NO_PLACE; above !== NO_PLACE; above = this.parents[place] ?? NO_PLACE) place = above;
    return this.idAt(place);
  }

  #place(node: HandleNode): number {
    const place = this.#nodes.push(node) - 1;
    if (place >= this.#ids.length) {
      const ids = new Uint32Array(place * 2);
      ids.set(this.#ids);
      this.#ids = ids;
    }
    this.#ids[place] = node.id;
    this.#places.set(node.id, place);
    this.#size += 1;
    // A handle whose parent was dropped from a bounded history stands at the root.
    this.#links.link(place, node.parent === undefined ? NO_PLACE : this.placeOf(node.parent));
    return place;
  }

  /** Puts what is below a handle that is gone among the roots, in the order of birth; says whether there was anything. */
  #orphan(gone: number): boolean {
    const orphans = this.placesBelow(gone);
    if (orphans.length === 0) return false;
    const roots = [...this.placesBelow(NO_PLACE), ...orphans].sort((a, b) => this.idAt(a) - this.idAt(b));
    this.#links.unlinkBelow(NO_PLACE);
    this.#links.unlinkBelow(gone);
    for (const place of roots) this.#links.link(place, NO_PLACE);
    return true;
  }

  #closeUp(): void {
    const kept: number[] = [];
    for (let place = 1; place < this.end; place++) if (this.has(place)) kept.push(place);
    const from = Uint32Array.of(NO_PLACE, ...kept);
    const to = new Uint32Array(this.end);
    for (const [place, before] of from.entries()) to[before] = place;
    const nodes = kept.map((before) => this.at(before));
    // Siblings stay in their order, which is not always that of their places: orphans stand between roots.
    const families = [NO_PLACE, ...kept].map((above) => this.placesBelow(above));
    this.#columns = undefined;
    this.#begin(from.length);
    for (const [index, node] of nodes.entries()) {
      if (node === undefined) continue;
      this.#nodes.push(node);
      this.#ids[index + 1] = node.id;
      this.#places.set(node.id, index + 1);
    }
    for (const [above, places] of families.entries()) for (const before of places) this.#links.link(to[before] ?? NO_PLACE, above);
    this.#tell({ kind: 'moved', from });
  }

  /** Empties the places, with room for as many. */
  #begin(places: number): void {
    this.#nodes = [undefined];
    this.#places.clear();
    this.#ids = new Uint32Array(places);
    this.#links = new SiblingLinks();
  }

  #placeInColumns(id: number): number {
    const ids = this.#columns?.ids;
    if (ids === undefined) return NO_PLACE;
    // Without gaps, as most are, the id says the place.
    const near = id - (ids[0] ?? 0);
    if (ids[near] === id) return near + 1;
    let low = 0;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return ids[low] === id ? low + 1 : NO_PLACE;
  }

  #findEarliest(): number {
    let earliest = Number.POSITIVE_INFINITY;
    const created = this.#columns?.createdAt;
    for (let place = 1; place < this.end; place++) {
      if (!this.has(place)) continue;
      // When it was made does not change: what the columns say holds.
      const time = created?.[place - 1] ?? this.#nodes[place]?.createdAt ?? earliest;
      if (time < earliest) earliest = time;
    }
    return earliest;
  }

  #count(node: HandleNode, by: 1 | -1): void {
    if (!isEnded(node.state)) this.#live += by;
    if (isBusy(node)) this.#busy += by;
  }

  #tell(change: ForestChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

export function isBusy(node: HandleNode): boolean {
  return !isEnded(node.state) && (node.state === 'closing' || node.pending.length > 0);
}
