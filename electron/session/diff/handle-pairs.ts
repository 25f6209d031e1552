import type { HandleNode } from '../../../preload/contract/handle';
import type { HandleId } from '../../../preload/contract/ids';
import type { HandleTree } from '../../trace/handle-tree';
import { align, Numbers } from './align';

/** A handle of each session that play the same part, or one that the other session has none for. */
export interface HandlePair {
  readonly a: HandleId | undefined;
  readonly b: HandleId | undefined;
}

/**
 * Pairs the handles of two trees by the part they play: children of a pair in the order they were made, those with the same
 * words first, then those of the same kind. Roots are the children of no handle.
 */
export function pairHandles(a: HandleTree, b: HandleTree): readonly HandlePair[] {
  const rootsOf = (tree: HandleTree): readonly HandleId[] => [...tree.all()].filter(({ parent }) => parent === undefined || tree.get(parent) === undefined).map(({ id }) => id);
  const pairs: HandlePair[] = [];
  const pairAll = (idsA: readonly HandleId[], idsB: readonly HandleId[]): void => {
    const numbers = new Numbers();
    const [nodesA, nodesB] = [nodesOf(a, idsA), nodesOf(b, idsB)];
    const keys = (nodes: readonly HandleNode[], key: (node: HandleNode) => string): Uint32Array => Uint32Array.from(nodes, (node) => numbers.of(key(node)));
    const kinds = ({ kind }: HandleNode): string => kind;
    for (const { a: rowA, b: rowB } of align([keys(nodesA, partOf), keys(nodesB, partOf)], [keys(nodesA, kinds), keys(nodesB, kinds)])) {
      const [one, other] = [rowA === undefined ? undefined : nodesA[rowA], rowB === undefined ? undefined : nodesB[rowB]];
      pairs.push({ a: one?.id, b: other?.id });
      pairAll(one === undefined ? [] : a.childrenOf(one.id), other === undefined ? [] : b.childrenOf(other.id));
    }
  };
  pairAll(rootsOf(a), rootsOf(b));
  return pairs;
}

function nodesOf(tree: HandleTree, ids: readonly HandleId[]): readonly HandleNode[] {
  return ids.flatMap((id) => tree.get(id) ?? []);
}

/** What a handle is, without the port of the run. */
function partOf({ kind, label }: HandleNode): string {
  return `${kind} ${label.replace(/:\d{5}\b/g, ':port')}`;
}
