/**
 * A list of ten million rows is taller than an element may be (Chromium: some 33 million CSS pixels). Up to `TALLEST` a
 * list has its own height; above it the scroll bar is a scale of the list: its ends are the list's ends.
 */
export interface ScrollScale {
  /** CSS pixels that all rows take. */
  readonly content: number;
  /** CSS pixels of them that are seen at once. */
  readonly view: number;
}

/** CSS pixels, with room to the limit for zoomed pages. */
export const TALLEST = 8_000_000;

/** The height of the element that makes the scroll bar. */
export function barHeight({ content, view }: ScrollScale): number {
  return Math.max(view, Math.min(content, TALLEST));
}

export function isScaled({ content }: ScrollScale): boolean {
  return content > TALLEST;
}

/** The farthest that the rows can be scrolled. */
export function lastOffset({ content, view }: ScrollScale): number {
  return Math.max(0, content - view);
}

export function clampOffset(scale: ScrollScale, offset: number): number {
  return Math.min(lastOffset(scale), Math.max(0, offset));
}

/** How far the rows are scrolled when the bar stands here. */
export function offsetAt(scale: ScrollScale, scrollTop: number): number {
  const room = barHeight(scale) - scale.view;
  return room <= 0 ? 0 : clampOffset(scale, Math.round((scrollTop / room) * lastOffset(scale)));
}

/** Where the bar stands when the rows are scrolled so far. */
export function scrollTopAt(scale: ScrollScale, offset: number): number {
  const last = lastOffset(scale);
  return last === 0 ? 0 : (clampOffset(scale, offset) / last) * (barHeight(scale) - scale.view);
}

/** The offset at which a row is seen, as near to the present one as can be. */
export function offsetToReveal({ view }: ScrollScale, offset: number, rowHeight: number, index: number): number {
  const top = index * rowHeight;
  if (top < offset) return top;
  return top + rowHeight > offset + view ? top + rowHeight - view : offset;
}
