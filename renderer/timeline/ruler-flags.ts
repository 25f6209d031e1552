import type { RulerFrame } from './renderer';

/** Half of a flag's width, in CSS pixels. */
const HALF = 4;
const TOP = 2;
const HEIGHT = 13;

/** Notes and bookmarks in the upper half of the ruler: a note is a page with lines, a bookmark a ribbon. */
export function drawFlags(context: CanvasRenderingContext2D, { flags, palette }: RulerFrame, rulerHeight: number): void {
  for (const { x, note } of flags) {
    const left = Math.round(x) - HALF;
    context.fillStyle = palette.colours.accent;
    context.fillRect(Math.round(x), TOP, 1, rulerHeight - TOP);
    context.beginPath();
    if (note) {
      context.roundRect(left, TOP, HALF * 2, HEIGHT - 2, 2);
      context.fill();
      context.fillStyle = palette.colours['on-accent'];
      for (const line of [3, 5.5, 8]) context.fillRect(left + 2, TOP + line - 0.5, HALF * 2 - 4, 1);
    } else {
      context.moveTo(left, TOP);
      context.lineTo(left + HALF * 2, TOP);
      context.lineTo(left + HALF * 2, TOP + HEIGHT);
      context.lineTo(left + HALF, TOP + HEIGHT - 4);
      context.lineTo(left, TOP + HEIGHT);
      context.closePath();
      context.fill();
    }
  }
}
