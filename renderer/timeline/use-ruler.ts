import { useEffect, type RefObject } from 'react';
import { flagNear, timeOf, type Remark } from '../model/notes';
import { momentText } from '../model/time-mode';
import { spanOf, timeAt } from '../model/time-scale';
import { draftOf } from '../store/note-actions';
import { appState } from '../store/state';
import { tellingOf } from '../store/telling';
import { markRange, showDialog, travelTo } from '../store/view-actions';

/** A pointer that moves less than this between down and up has clicked. */
const CLICK = 4;

/** A flag is hit so far from its middle, in CSS pixels. */
const FLAG_REACH = 6;

/** The pointer on the ruler: a click on a flag shows its note; elsewhere it puts the tree at that time, a drag marks a stretch. */
export function useRuler(target: RefObject<HTMLCanvasElement | null>): void {
  useEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    let down: number | undefined;
    let moved = false;
    const at = (event: PointerEvent): number => event.clientX - element.getBoundingClientRect().left;
    const time = (x: number): number => timeAt(appState().viewport, element.clientWidth, x);
    const flagAt = (x: number): Remark | undefined => {
      const { annotations, viewport } = appState();
      return flagNear(annotations, time(x), (spanOf(viewport) / element.clientWidth) * FLAG_REACH);
    };
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      down = at(event);
      moved = false;
      element.setPointerCapture(event.pointerId);
    }, { signal });
    element.addEventListener('pointermove', (event) => {
      const flag = down === undefined ? flagAt(at(event)) : undefined;
      element.title = flag === undefined ? '' : flag.kind === 'note' ? flag.text : `Bookmark at ${momentText(flag.time, tellingOf(appState()))}`;
      if (down === undefined || (!moved && Math.abs(at(event) - down) < CLICK)) return;
      moved = true;
      markRange(time(down), time(at(event)));
    }, { signal });
    element.addEventListener('pointerup', () => {
      if (down !== undefined && !moved) {
        const flag = flagAt(down);
        travelTo(flag === undefined ? time(down) : timeOf(flag, appState().forest));
        if (flag?.kind === 'note') showDialog({ kind: 'note', note: draftOf(flag) });
      }
      down = undefined;
    }, { signal });
    element.addEventListener('pointercancel', () => { down = undefined; }, { signal });
    return () => stop.abort();
  }, [target]);
}
