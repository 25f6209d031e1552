import type { HandleId } from '../../preload/contract/ids';
import type { Hit } from '../model/hit-test';
import type { RowList } from '../model/rows';
import { openContextMenu } from '../commands/context-menus';
import { appState } from '../store/state';
import { selectEvent, selectHandle, showFinding } from '../store/view-actions';
import type { MenuPlace } from '../ui/menu-place';

/** What lies at a place of the lanes. */
export interface Found {
  readonly lane: HandleId | undefined;
  readonly hit: Hit | undefined;
}

/** Selects what was found: a finding, the event of a mark or a span, else the handle of the lane. */
export function choose({ lane, hit }: Found): void {
  if (hit === undefined) selectHandle(lane);
  else if (hit.kind === 'finding') showFinding(hit.point.finding);
  else selectEvent(hit.kind === 'mark' ? hit.mark.seq : hit.span.seq, lane);
}

/** Opens the menu of what lies under the pointer, which is selected with that. */
export function openMenuAt(found: Found, place: MenuPlace): void {
  if (found.hit === undefined && found.lane === undefined) return;
  choose(found);
  void openContextMenu(found.hit === undefined ? 'handle' : found.hit.kind === 'finding' ? 'finding' : 'event', place);
}

/** Opens the menu of what is selected, as a key asks for it: below its lane, or where the lanes begin while that is not on the screen. */
export function openMenuOfSelection(box: DOMRect, rows: RowList, rowHeight: number, scrollTop: number): void {
  const { selection: { handle, event } } = appState();
  if (handle === undefined && event === undefined) return;
  const index = handle === undefined ? -1 : rows.indexOf(handle);
  const below = index < 0 ? 0 : Math.min(box.height, Math.max(0, (index + 1) * rowHeight - scrollTop));
  void openContextMenu(event === undefined ? 'handle' : 'event', { x: box.left + 8, y: box.top + below });
}
