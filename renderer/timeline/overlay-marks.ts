import type { OverlayFrame } from './renderer';

type Context = CanvasRenderingContext2D;

/** The marked stretch: what lies outside it steps back, and its edges are lines. */
export function drawRange(context: Context, { range, palette }: OverlayFrame, width: number, height: number): void {
  if (range === undefined) return;
  const [from, to] = [Math.max(0, range.from), Math.min(width, range.to)];
  context.save();
  context.globalAlpha = 0.45;
  context.fillStyle = palette.colours['surface-0'];
  context.fillRect(0, 0, Math.max(0, from), height);
  context.fillRect(to, 0, Math.max(0, width - to), height);
  context.restore();
  context.fillStyle = palette.colours.accent;
  for (const x of [range.from, range.to]) context.fillRect(Math.round(x), 0, 1, height);
}

/** The past time: a line with a handle at its top, so that it is not taken for the pointer's. */
export function drawPast(context: Context, { asOf, palette }: OverlayFrame, height: number): void {
  if (asOf === undefined) return;
  const x = Math.round(asOf);
  context.fillStyle = palette.colours.closing;
  context.fillRect(x - 1, 0, 2, height);
  context.beginPath();
  context.moveTo(x - 6, 0);
  context.lineTo(x + 6, 0);
  context.lineTo(x, 8);
  context.closePath();
  context.fill();
}

/** From a call to its completion. A head shows that it has come; without it the line ends in dots. */
export function drawArrow(context: Context, { arrow, palette }: OverlayFrame): void {
  if (arrow === undefined) return;
  const { from, to, y, open } = arrow;
  context.save();
  context.strokeStyle = palette.colours['text-1'];
  context.fillStyle = palette.colours['text-1'];
  context.lineWidth = 1.5;
  if (open) context.setLineDash([2, 4]);
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(from, y - 4);
  context.lineTo(to, y - 4);
  if (!open) context.lineTo(to, y);
  context.stroke();
  context.setLineDash([]);
  if (!open) {
    context.beginPath();
    context.moveTo(to, y + 3);
    context.lineTo(to - 4, y - 3);
    context.lineTo(to + 4, y - 3);
    context.closePath();
    context.fill();
  }
  context.restore();
}
