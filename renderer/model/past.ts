import { isEnded, type HandleNode } from '../../preload/contract/handle';

/**
 * The handle as it stood at a past time (milliseconds since the start of the trace); undefined before it was made.
 * Of the operations that were pending then only those are known that still are: the lanes show the others.
 */
export function nodeAt(node: HandleNode, time: number): HandleNode | undefined {
  if (node.createdAt > time) return undefined;
  if (node.endedAt !== undefined && node.endedAt <= time) return node;
  const closing = node.closeRequestedAt !== undefined && node.closeRequestedAt <= time;
  const state = closing ? 'closing' as const : 'open' as const;
  const pending = node.pending.filter(({ since }) => since <= time);
  const unchanged = node.state === state && pending.length === node.pending.length && !isEnded(node.state);
  return unchanged ? node : { ...node, state, pending, endedAt: undefined, closeRequestedAt: closing ? node.closeRequestedAt : undefined };
}
