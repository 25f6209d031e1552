import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { barHeight, clampOffset, isScaled, lastOffset, offsetAt, offsetToReveal, scrollTopAt, type ScrollScale } from './scroll-scale';
import { useSize } from './use-size';

interface VirtualRowsOptions {
  readonly count: number;
  /** CSS pixels. */
  readonly rowHeight: number;
  /** CSS pixels above the rows that do not scroll with them. */
  readonly head: number;
  /** Stays at the end, whatever comes. */
  readonly atEnd?: boolean;
  /** Told when something moved the rows: whether they stand at their end now. */
  readonly onMoved?: (atEnd: boolean) => void;
}

/** Lengths are CSS pixels. */
export interface VirtualRows {
  /** Of the scrolled element, without its bar. */
  readonly width: number;
  readonly height: number;
  /** How far the rows are scrolled. */
  readonly offset: number;
  /** The rows that are drawn: from the first up to and without the last. */
  readonly first: number;
  readonly last: number;
  /** The height that the rows' container must have for the scroll bar. */
  readonly barHeight: number;
  readonly scrollBy: (pixels: number) => void;
  /** Scrolls no further than it takes to see a row. */
  readonly reveal: (index: number) => void;
}

/** Rows beyond each edge that are drawn too. */
const OVERSCAN = 4;
/** Nearer to the end than this, in CSS pixels, counts as being there. */
const AT_END = 4;
const WHEEL_LINE = 16;

/**
 * Rows of one height of which only those on the screen are drawn, however many there are. They stand in a box that stays
 * in the view, placed by `offset`: so rows and whatever is drawn beside them move in the same frame.
 * Our own, because a list that keeps a record for each row, or ends at the tallest element there can be, does not reach
 * the end of ten million.
 */
export function useVirtualRows(scroller: RefObject<HTMLElement | null>, { count, rowHeight, head, atEnd = false, onMoved }: VirtualRowsOptions): VirtualRows {
  const { width, height } = useSize(scroller);
  const [wanted, setWanted] = useState(0);
  const view = Math.max(0, height - head);
  const content = count * rowHeight;
  const scale = useMemo((): ScrollScale => ({ content, view }), [content, view]);
  const offset = atEnd ? lastOffset(scale) : clampOffset(scale, wanted);
  const now = useRef({ scale, offset, onMoved });
  /** Where the bar was put: a scroll event that says so is the echo of it. */
  const put = useRef(0);

  useLayoutEffect(() => {
    now.current = { scale, offset, onMoved };
    const element = scroller.current;
    if (element === null) return;
    // The bar follows: the list has grown, or the rows were moved by something else than the bar.
    const top = scrollTopAt(scale, offset);
    if (Math.abs(element.scrollTop - top) >= 1) element.scrollTo({ top });
    put.current = element.scrollTop;
  }, [scroller, scale, offset, onMoved]);

  const moveTo = useCallback((to: number): void => {
    const { scale: known, onMoved: told } = now.current;
    const next = clampOffset(known, to);
    now.current = { ...now.current, offset: next };
    setWanted(next);
    told?.(next >= lastOffset(known) - AT_END);
  }, []);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const stop = new AbortController();
    element.addEventListener('scroll', () => {
      if (Math.abs(element.scrollTop - put.current) < 1) return;
      put.current = element.scrollTop;
      // In the frame of the event, so that the rows are never seen where the bar no longer is.
      flushSync(() => moveTo(offsetAt(now.current.scale, element.scrollTop)));
    }, { signal: stop.signal });
    element.addEventListener('wheel', (event) => {
      // Under a scale a pixel of the bar is many of the rows: the wheel moves the rows, and the bar follows.
      if (event.defaultPrevented || event.ctrlKey || !isScaled(now.current.scale)) return;
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * WHEEL_LINE : event.deltaY;
      moveTo(now.current.offset + pixels);
    }, { passive: false, signal: stop.signal });
    return () => stop.abort();
  }, [scroller, moveTo]);

  const scrollBy = useCallback((pixels: number): void => moveTo(now.current.offset + pixels), [moveTo]);
  const reveal = useCallback((index: number): void => {
    if (index >= 0) moveTo(offsetToReveal(now.current.scale, now.current.offset, rowHeight, index));
  }, [moveTo, rowHeight]);

  return {
    width, height, offset,
    first: Math.max(0, Math.floor(offset / rowHeight) - OVERSCAN),
    last: Math.min(count, Math.ceil((offset + view) / rowHeight) + OVERSCAN),
    barHeight: barHeight(scale) + head,
    scrollBy, reveal,
  };
}
