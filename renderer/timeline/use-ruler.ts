import { useEffect, type RefObject } from 'react';
import { timeAt } from '../model/time-scale';
import { appState } from '../store/state';
import { markRange, travelTo } from '../store/view-actions';

/** A pointer that moves less than this between down and up has clicked. */
const CLICK = 4;

/** The pointer on the ruler: a click puts the tree at that time, a drag marks a stretch. */
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
    element.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      down = at(event);
      moved = false;
      element.setPointerCapture(event.pointerId);
    }, { signal });
    element.addEventListener('pointermove', (event) => {
      if (down === undefined || (!moved && Math.abs(at(event) - down) < CLICK)) return;
      moved = true;
      markRange(time(down), time(at(event)));
    }, { signal });
    element.addEventListener('pointerup', () => {
      if (down !== undefined && !moved) travelTo(time(down));
      down = undefined;
    }, { signal });
    element.addEventListener('pointercancel', () => { down = undefined; }, { signal });
    return () => stop.abort();
  }, [target]);
}
