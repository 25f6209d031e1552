import { useEffect, type RefObject } from 'react';
import { panBy, spanOf } from '../model/time-scale';
import { appState } from '../store/state';
import { moveViewport, panViewport, zoomAt } from '../store/view-actions';

/** How much a turn of the wheel zooms: the factor for a notch of 100 pixels. */
const NOTCH = 1.25;
const LINE = 16;
/** A pointer that moves less than this between down and up has clicked. */
const CLICK = 4;

interface Gestures {
  readonly onPoint: (x: number | undefined, y: number) => void;
  readonly onClick: (x: number, y: number) => void;
  readonly onDouble: (x: number, y: number) => void;
  readonly scrollBy: (pixels: number) => void;
  /** A drag that marks a stretch of time, from one place to another. */
  readonly onMark: (from: number, to: number) => void;
}

/**
 * The pointer on the lanes: the wheel and the pinch zoom to it, a drag pans both ways, a shifted drag marks a stretch
 * of time, the shifted wheel scrolls the lanes.
 */
export function useGestures(target: RefObject<HTMLElement | null>, gestures: RefObject<Gestures>): void {
  useEffect(() => {
    const element = target.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    const { signal } = stop;
    const place = (event: MouseEvent): { readonly x: number; readonly y: number } => {
      const box = element.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    let drag: { readonly x: number; readonly y: number; lastX: number; lastY: number; moved: boolean; readonly marks: boolean } | undefined;

    // React listens to wheels passively, and a wheel that zooms must not scroll as well.
    element.addEventListener('wheel', (event) => {
      event.preventDefault();
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.shiftKey && !event.ctrlKey) gestures.current.scrollBy(dy === 0 ? dx : dy);
      else if (Math.abs(dx) > Math.abs(dy)) panViewport(dx / element.clientWidth);
      // A pinch comes as a wheel with the control key and small steps.
      else zoomAt(place(event).x / element.clientWidth, NOTCH ** ((event.ctrlKey && Math.abs(dy) < 50 ? dy * 4 : dy) / 100));
    }, { passive: false, signal });

    element.addEventListener('pointerdown', (event) => {
      // A captured pointer would never click what lies on the lanes.
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button') !== null)) return;
      const at = place(event);
      drag = { ...at, lastX: at.x, lastY: at.y, moved: false, marks: event.shiftKey };
      element.setPointerCapture(event.pointerId);
    }, { signal });

    element.addEventListener('pointermove', (event) => {
      const at = place(event);
      gestures.current.onPoint(at.x, at.y);
      if (drag === undefined) return;
      if (!drag.moved && Math.hypot(at.x - drag.x, at.y - drag.y) < CLICK) return;
      drag.moved = true;
      if (drag.marks) {
        gestures.current.onMark(drag.x, at.x);
        return;
      }
      const { viewport } = appState();
      if (at.x !== drag.lastX) moveViewport(panBy(viewport, ((drag.lastX - at.x) / element.clientWidth) * spanOf(viewport)));
      gestures.current.scrollBy(drag.lastY - at.y);
      drag.lastX = at.x;
      drag.lastY = at.y;
    }, { signal });

    const finish = (event: PointerEvent): void => {
      const was = drag;
      drag = undefined;
      if (was !== undefined && !was.moved && event.type === 'pointerup') gestures.current.onClick(was.x, was.y);
    };
    element.addEventListener('pointerup', finish, { signal });
    element.addEventListener('pointercancel', finish, { signal });
    element.addEventListener('pointerleave', () => gestures.current.onPoint(undefined, 0), { signal });
    element.addEventListener('dblclick', (event) => {
      const at = place(event);
      gestures.current.onDouble(at.x, at.y);
    }, { signal });
    return () => stop.abort();
  }, [target, gestures]);
}
