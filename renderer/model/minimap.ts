import type { Overview } from '../../preload/contract/query';
import { panBy, spanOf, SHORTEST_SPAN, zoomAround, type Viewport } from './time-scale';

/** The stretch of time that the minimap shows: all of the trace. */
export function extentOf(overview: Overview | undefined, now: number): Viewport {
  if (overview === undefined) return { from: 0, to: Math.max(1, now) };
  const recorded = overview.from + overview.counts.length * overview.bucket;
  const to = Math.max(overview.from + 1, recorded, now);
  if (now <= recorded) return { from: overview.from, to };
  // Live time goes on by steps: the strip is not drawn anew in every frame.
  const step = 2 ** Math.floor(Math.log2((to - overview.from) / 64));
  return { from: overview.from, to: overview.from + Math.ceil((to - overview.from) / step) * step };
}

/** A stretch of the strip, in CSS pixels. */
export interface Frame {
  readonly left: number;
  readonly width: number;
}

/** Narrower than this the frame could not be taken hold of, in CSS pixels. */
const LEAST_FRAME = 12;

/** Where the view lies on the strip. A view that reaches beyond the trace, or is a point of it, can still be seen and taken. */
export function frameOf(view: Viewport, extent: Viewport, width: number): Frame {
  const scale = width / spanOf(extent);
  const left = (view.from - extent.from) * scale;
  const right = (view.to - extent.from) * scale;
  const middle = (left + right) / 2;
  const from = right - left < LEAST_FRAME ? middle - LEAST_FRAME / 2 : left;
  const to = right - left < LEAST_FRAME ? middle + LEAST_FRAME / 2 : right;
  const shownTo = Math.min(width, Math.max(LEAST_FRAME, to));
  const shownFrom = Math.max(0, Math.min(from, shownTo - LEAST_FRAME));
  return { left: shownFrom, width: shownTo - shownFrom };
}

/** What a pointer that goes down takes hold of. */
export type Grip = 'start' | 'end' | 'frame' | 'strip';

const EDGE = 5;

/** @param x CSS pixels from the left of the strip */
export function gripAt(frame: Frame, x: number): Grip {
  const right = frame.left + frame.width;
  if (Math.abs(x - frame.left) <= EDGE && x < frame.left + frame.width / 3) return 'start';
  if (Math.abs(x - right) <= EDGE && x > right - frame.width / 3) return 'end';
  return x >= frame.left && x <= right ? 'frame' : 'strip';
}

/** The view after a grip was drawn by so much time. */
export function drawn(view: Viewport, grip: Grip, by: number): Viewport {
  switch (grip) {
    case 'start': return { from: Math.min(view.from + by, view.to - SHORTEST_SPAN), to: view.to };
    case 'end': return { from: view.from, to: Math.max(view.to + by, view.from + SHORTEST_SPAN) };
    case 'frame': case 'strip': return panBy(view, by);
  }
}

export function centredAt(view: Viewport, time: number): Viewport {
  return panBy(view, time - (view.from + view.to) / 2);
}

const STEP = 0.1;
const LONG_STEP = 0.9;
const ZOOM = 1.5;

/** What a key means on the frame, as on any slider; undefined for one that means nothing. */
export function minimapKey(view: Viewport, extent: Viewport, { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean }): Viewport | undefined {
  const pan = (part: number): Viewport => panBy(view, spanOf(view) * part);
  const middle = (view.from + view.to) / 2;
  switch (key) {
    case 'ArrowLeft': case 'ArrowDown': return pan(shiftKey ? -STEP * 5 : -STEP);
    case 'ArrowRight': case 'ArrowUp': return pan(shiftKey ? STEP * 5 : STEP);
    case 'PageUp': return pan(-LONG_STEP);
    case 'PageDown': return pan(LONG_STEP);
    case 'Home': return panBy(view, extent.from - view.from);
    case 'End': return panBy(view, extent.to - view.to);
    case '+': case '=': return zoomAround(view, middle, 1 / ZOOM);
    case '-': return zoomAround(view, middle, ZOOM);
    default: return undefined;
  }
}

/** A column of the strip: how high, from 0 to 1, and how bad. */
export interface DensityColumn {
  readonly x: number;
  readonly height: number;
  readonly level: number;
}

/** Columns of one pixel. Heights are by the root of the counts: so a few are still seen beside thousands. */
export function densityColumns({ from, bucket, counts, worst }: Overview, extent: Viewport, width: number): readonly DensityColumn[] {
  const sums = new Float64Array(Math.ceil(width) + 1);
  const levels = new Uint8Array(sums.length);
  const scale = width / spanOf(extent);
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0;
    if (count === 0) continue;
    // Each pixel gets the part that lies on it: buckets and pixels do not fall together, and whole counts would comb.
    const left = (from + at * bucket - extent.from) * scale;
    const right = left + bucket * scale;
    for (let x = Math.max(0, Math.floor(left)); x < right && x < sums.length; x++) {
      sums[x] = (sums[x] ?? 0) + (count * (Math.min(right, x + 1) - Math.max(left, x))) / (right - left);
      levels[x] = Math.max(levels[x] ?? 0, worst[at] ?? 0);
    }
  }
  const most = sums.reduce((greatest, sum) => Math.max(greatest, sum), 1);
  const columns: DensityColumn[] = [];
  for (const [x, sum] of sums.entries()) if (sum > 0) columns.push({ x, height: Math.sqrt(sum / most), level: levels[x] ?? 0 });
  return columns;
}
