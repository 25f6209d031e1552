import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';

/**
 * Every handle that the window knows, kept current by patches. It changes in place, so that a patch costs what it
 * holds and not what the trace holds: whoever reads it redraws when the store's revision moves.
 */
export class Forest {
  readonly #nodes = new Map<HandleId, HandleNode>();
  readonly #children = new Map<HandleId | undefined, HandleId[]>();
  #live = 0;
  #busy = 0;
  readonly #listeners = new Set<(changed: readonly HandleId[]) => void>();

  /** Tells which handles are new, have changed or are gone, once they are; the answer ends it. */
  listen(listener: (changed: readonly HandleId[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes new and changed nodes, parents before children. A parent never changes. */
  apply(changes: readonly HandleNode[]): void {
    for (const node of changes) {
      const before = this.#nodes.get(node.id);
      if (before === undefined) this.#place(node);
      else this.#count(before, -1);
      this.#nodes.set(node.id, node);
      this.#count(node, 1);
    }
    const ids = changes.map(({ id }) => id);
    for (const listener of this.#listeners) listener(ids);
  }

  /** Takes out handles that main has forgotten. Those it does not know are passed over. */
  remove(ids: readonly HandleId[]): void {
    const parents = new Set<HandleId | undefined>();
    const gone = ids.filter((id) => this.#nodes.has(id));
    for (const id of gone) {
      const node = this.#nodes.get(id);
      if (node === undefined) continue;
      // Children come before their parents: what is still below one has outlived it, and stands at the root from now on.
      const orphans = this.#children.get(id)?.filter((child) => this.#nodes.has(child)) ?? [];
      if (orphans.length > 0) this.#children.set(undefined, [...this.childrenOf(undefined), ...orphans].sort((a, b) => a - b));
      this.#children.delete(id);
      parents.add(node.parent !== undefined && this.#nodes.has(node.parent) ? node.parent : undefined);
      this.#nodes.delete(id);
      this.#count(node, -1);
    }
    for (const parent of parents) {
      const left = this.#children.get(parent)?.filter((id) => this.#nodes.has(id));
      if (left !== undefined) this.#children.set(parent, left);
    }
    if (gone.length > 0) for (const listener of this.#listeners) listener(gone);
  }

  get(id: HandleId): HandleNode | undefined {
    return this.#nodes.get(id);
  }

  /** In the order of their birth; undefined asks for the roots. */
  childrenOf(id: HandleId | undefined): readonly HandleId[] {
    return this.#children.get(id) ?? [];
  }

  all(): Iterable<HandleNode> {
    return this.#nodes.values();
  }

  get size(): number {
    return this.#nodes.size;
  }

  get live(): number {
    return this.#live;
  }

  get ended(): number {
    return this.#nodes.size - this.#live;
  }

  /** Handles that are owed something: an operation is pending, or the close has not come to its end. */
  get busy(): number {
    return this.#busy;
  }

  /** The handle and everything below it, the handle first, each parent before its children. */
  subtree(id: HandleId): readonly HandleNode[] {
    const found: HandleNode[] = [];
    const visit = (at: HandleId): void => {
      const node = this.#nodes.get(at);
      if (node === undefined) return;
      found.push(node);
      for (const child of this.childrenOf(at)) visit(child);
    };
    visit(id);
    return found;
  }

  rootOf(id: HandleId): HandleId {
    let at = id;
    for (;;) {
      const parent = this.#nodes.get(at)?.parent;
      if (parent === undefined || !this.#nodes.has(parent)) return at;
      at = parent;
    }
  }

  #place(node: HandleNode): void {
    // A handle whose parent was dropped from a bounded history stands at the root.
    const parent = node.parent !== undefined && this.#nodes.has(node.parent) ? node.parent : undefined;
    const siblings = this.#children.get(parent);
    if (siblings === undefined) this.#children.set(parent, [node.id]);
    else siblings.push(node.id);
  }

  #count(node: HandleNode, by: 1 | -1): void {
    if (!isEnded(node.state)) this.#live += by;
    if (isBusy(node)) this.#busy += by;
  }
}

export function isBusy(node: HandleNode): boolean {
  return !isEnded(node.state) && (node.state === 'closing' || node.pending.length > 0);
}
