import type { Severity } from '../../preload/contract/finding';
import { severityShape } from '../ui/severity-shape';
import type { LanesFrame } from './renderer';

/** The sign's square, in CSS pixels, as its outline is written. */
const SIZE = 12;

const outlines = new Map<Severity, Path2D>();

function outlineOf(severity: Severity): Path2D {
  const known = outlines.get(severity) ?? new Path2D(severityShape(severity).outline);
  outlines.set(severity, known);
  return known;
}

/** The signs of the findings along the top edge of their lanes: the same signs as in the list. */
export function drawFindings(context: CanvasRenderingContext2D, { findings, rowHeight, scrollTop, palette }: LanesFrame): void {
  for (const { row, x, finding } of findings) {
    const { filled, colour } = severityShape(finding.severity);
    const outline = outlineOf(finding.severity);
    context.save();
    context.translate(Math.round(x - SIZE / 2), row * rowHeight - scrollTop + 1);
    // A rim in the colour of the ground keeps the sign apart from the bar that it reaches into.
    context.strokeStyle = palette.colours['surface-0'];
    context.lineWidth = 4;
    context.lineJoin = 'round';
    context.stroke(outline);
    if (filled) {
      context.fillStyle = palette.colours['surface-0'];
      context.fill(outline, 'nonzero');
      context.fillStyle = palette.colours[colour];
      context.fill(outline, 'evenodd');
    } else {
      context.strokeStyle = palette.colours[colour];
      context.lineWidth = 1.5;
      context.stroke(outline);
    }
    context.restore();
  }
}
