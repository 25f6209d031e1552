import type { HandleNode } from '../../preload/contract/handle';
import type { Ending } from './rule';
import type { Scene } from './scene';

/** While a session goes on, an open handle is called forgotten when nothing happened with it for so long, in milliseconds. */
const FORGOTTEN = 60_000;

/** Whether nobody will close a handle: it is open, nothing is under way on it, and the session is over or has forgotten it. */
export function isAbandoned(node: HandleNode, scene: Scene, { now, final }: Ending): boolean {
  // A received request is answered or cancelled, not closed: it has a rule of its own. A process is no handle.
  if (node.state !== 'open' || node.kind === 'server-request' || node.kind === 'process') return false;
  if (final) return true;
  if (node.pending.length > 0 || now - lastUsed(node, scene) < FORGOTTEN) return false;
  // What is above a handle in use is in use.
  return scene.tree.childrenOf(node.id).every((child) => { const below = scene.node(child); return below === undefined || below.state !== 'open' || isAbandoned(below, scene, { now, final }); });
}

export function idleSince(node: HandleNode, scene: Scene, { now }: Ending): number {
  return Math.round(now - lastUsed(node, scene));
}

function lastUsed(node: HandleNode, scene: Scene): number {
  return scene.lastUse(node.id)?.time ?? node.createdAt;
}
