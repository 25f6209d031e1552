import { seq, type HandleId, type Seq } from '../../preload/contract/ids';
import { HandleOpenings } from '../trace/handle-openings';
import type { Trace } from '../trace/trace';

/** How far after the event that told of a handle the return of its call is looked for. */
const REACH = 20_000;

/** The call that made a handle, looked for near the event that told of it; undefined where it was dropped or never seen. */
export function openingOf({ tree, log }: Trace, handle: HandleId): Seq | undefined {
  const node = tree.get(handle);
  if (node === undefined || !log.has(node.createdBy)) return undefined;
  const openings = new HandleOpenings();
  openings.apply(log.at(node.createdBy));
  const end = Math.min(log.length, node.createdBy + REACH);
  for (let place = node.createdBy + 1; place < end && openings.callOf(handle) === undefined; place += 1) {
    const kind = log.kindAt(seq(place));
    // A return is of the parent's call; a REQUEST_COMPLETE may be of the handle itself, or of no handle that is known.
    if (kind === 'return' || (kind === 'callback' && log.linkAt(seq(place)) !== undefined)) openings.apply(log.at(seq(place)));
  }
  return openings.callOf(handle);
}
