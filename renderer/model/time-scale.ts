import { grouped } from '../../preload/contract/number-words';

/** The stretch of time that the timeline shows, in milliseconds since the start of the trace. */
export interface Viewport {
  readonly from: number;
  readonly to: number;
}

/** Ten microseconds: what the recorder can tell apart. */
export const SHORTEST_SPAN = 0.01;
/** A day. */
export const LONGEST_SPAN = 86_400_000;

export interface Tick {
  readonly time: number;
  readonly label: string;
}

export function spanOf(viewport: Viewport): number {
  return viewport.to - viewport.from;
}

/** Where a time lies, in CSS pixels from the left edge of a view so many pixels wide. */
export function xOf(viewport: Viewport, width: number, time: number): number {
  return ((time - viewport.from) / spanOf(viewport)) * width;
}

export function timeAt(viewport: Viewport, width: number, x: number): number {
  return viewport.from + (x / Math.max(1, width)) * spanOf(viewport);
}

/** Shows `factor` times as much time, with the anchor where it was. */
export function zoomAround(viewport: Viewport, anchor: number, factor: number): Viewport {
  const before = spanOf(viewport);
  const span = Math.min(LONGEST_SPAN, Math.max(SHORTEST_SPAN, before * factor));
  const left = (anchor - viewport.from) / before;
  const from = anchor - left * span;
  return { from, to: from + span };
}

export function panBy(viewport: Viewport, time: number): Viewport {
  return { from: viewport.from + time, to: viewport.to + time };
}

/** A stretch with a margin of a twentieth on both sides, and never so short that nothing can be seen beside it. */
export function fit(from: number, to: number): Viewport {
  const span = Math.max(to - from, 1);
  const middle = (from + to) / 2;
  const half = span * 0.55;
  return { from: middle - half, to: middle + half };
}

/** 1, 2 or 5 times a power of ten, at least so many pixels apart. */
export function tickStep(viewport: Viewport, width: number, gap: number): number {
  const least = (spanOf(viewport) * gap) / Math.max(1, width);
  const power = 10 ** Math.floor(Math.log10(least));
  for (const multiple of [1, 2, 5]) if (power * multiple >= least) return power * multiple;
  return power * 10;
}

export function ticks(viewport: Viewport, width: number, gap: number): readonly Tick[] {
  const step = tickStep(viewport, width, gap);
  const first = Math.ceil(viewport.from / step);
  const last = Math.floor(viewport.to / step);
  const found: Tick[] = [];
  for (let index = first; index <= last; index++) {
    const time = index * step;
    found.push({ time, label: formatTick(time, step) });
  }
  return found;
}

const MINUS = '\u2212';

/** A tick in the unit that its step asks for, with no more digits than tell two ticks apart. */
export function formatTick(time: number, step: number): string {
  const sign = time < -step / 2 ? MINUS : '';
  const size = Math.abs(time);
  if (step >= 1000) return `${sign}${grouped(size / 1000, 0)} s`;
  if (step >= 100 && size >= 10_000) return `${sign}${grouped(size / 1000, 1)} s`;
  return `${sign}${grouped(size, digitsFor(step))} ms`;
}

/** A moment as the event list and the cursor show it: milliseconds, to a tenth unless told. */
export function formatTime(time: number, digits = 1): string {
  return `${time < 0 ? MINUS : ''}${grouped(Math.abs(time), digits)}`;
}

/** The digits that tell two neighbouring pixels apart. */
export function digitsOf(viewport: Viewport, width: number): number {
  return Math.max(1, digitsFor(spanOf(viewport) / Math.max(1, width)));
}

export function formatDuration(time: number): string {
  if (time >= 10_000) return `${grouped(time / 1000, 1)} s`;
  if (time >= 100) return `${grouped(time, 0)} ms`;
  if (time >= 1) return `${grouped(time, 1)} ms`;
  return `${grouped(time * 1000, 0)} µs`;
}

export function formatDelta(time: number, digits = 1): string {
  return `${time < 0 ? MINUS : '+'}${grouped(Math.abs(time), digits)}`;
}

export function formatCount(count: number): string {
  return grouped(count, 0);
}

export function digitsFor(step: number): number {
  return Math.min(3, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
}
