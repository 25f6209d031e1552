import { drawFlags } from './ruler-flags';
import { drawFindings } from './finding-signs';
import { MarkPainter } from './mark-painter';
import { drawArrow, drawPast, drawRange } from './overlay-marks';
import type { Palette } from './palette';
import { BAR, SpanPainter } from './span-painter';
import type { LanesFrame, OverlayFrame, Renderer, RulerFrame } from './renderer';

const LABEL_SIZE = 11;

type Context = CanvasRenderingContext2D;

/** Canvas 2D. What costs is the number of shapes, so what falls on one pixel is drawn once. */
export class CanvasRenderer implements Renderer {
  readonly #lanes: Context;
  readonly #overlay: Context;
  readonly #ruler: Context;
  #width = 0;
  #lanesHeight = 0;
  #rulerHeight = 0;
  readonly #widths = new Map<string, number>();
  #font = '';
  #pixelRatio = 1;
  readonly #spans: SpanPainter;
  readonly #marks: MarkPainter;

  constructor(lanes: Context, overlay: Context, ruler: Context) {
    this.#lanes = lanes;
    this.#overlay = overlay;
    this.#ruler = ruler;
    this.#spans = new SpanPainter(lanes);
    this.#marks = new MarkPainter(lanes);
  }

  resize(width: number, lanesHeight: number, rulerHeight: number, pixelRatio: number): void {
    this.#width = width;
    this.#lanesHeight = lanesHeight;
    this.#rulerHeight = rulerHeight;
    this.#pixelRatio = pixelRatio;
    for (const [context, height] of [[this.#lanes, lanesHeight], [this.#overlay, lanesHeight], [this.#ruler, rulerHeight]] as const) {
      context.canvas.width = Math.max(1, Math.round(width * pixelRatio));
      context.canvas.height = Math.max(1, Math.round(height * pixelRatio));
      context.canvas.style.width = `${width}px`;
      context.canvas.style.height = `${height}px`;
      context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    }
  }

  measure(text: string): number {
    const known = this.#widths.get(text);
    if (known !== undefined) return known;
    this.#lanes.font = this.#font;
    const width = this.#lanes.measureText(text).width;
    if (this.#widths.size > 5000) this.#widths.clear();
    this.#widths.set(text, width);
    return width;
  }

  drawLanes(frame: LanesFrame): void {
    const context = this.#lanes;
    const { colours } = frame.palette;
    this.#useFont(frame.palette);
    context.fillStyle = colours['surface-0'];
    context.fillRect(0, 0, this.#width, this.#lanesHeight);
    if (frame.selectedRow !== undefined) {
      context.fillStyle = colours.selection;
      context.fillRect(0, frame.selectedRow * frame.rowHeight - frame.scrollTop, this.#width, frame.rowHeight);
    }
    context.fillStyle = colours.line;
    for (const x of frame.gridLines) context.fillRect(Math.round(x), 0, 1, this.#lanesHeight);
    const middle = (row: number): number => row * frame.rowHeight - frame.scrollTop + frame.rowHeight / 2;
    this.#spans.paint(frame.scene.spans, middle, frame.palette, this.#pixelRatio);
    this.#marks.paint(frame.scene.marks, middle, frame.palette, this.#pixelRatio);
    drawFindings(context, frame);
    this.#drawLabels(frame, middle);
  }

  drawRuler(frame: RulerFrame): void {
    const { ticks, cursor, palette } = frame;
    const context = this.#ruler;
    this.#useFont(palette);
    context.font = this.#font;
    context.fillStyle = palette.colours['surface-1'];
    context.fillRect(0, 0, this.#width, this.#rulerHeight);
    context.textBaseline = 'alphabetic';
    const base = this.#rulerHeight - 6;
    for (const tick of ticks) {
      context.fillStyle = palette.colours.line;
      context.fillRect(Math.round(tick.x), this.#rulerHeight - 16, 1, 16);
      context.fillStyle = palette.colours['text-3'];
      if (tick.x + 4 + this.measure(tick.label) <= this.#width) context.fillText(tick.label, tick.x + 4, base);
    }
    drawFlags(context, frame, this.#rulerHeight);
    if (cursor === undefined) return;
    // The tag has the upper half of the ruler for itself: it hides no tick.
    const width = this.measure(cursor.label) + 12;
    const left = Math.min(Math.max(0, cursor.x - width / 2), this.#width - width);
    context.fillStyle = palette.colours.accent;
    context.beginPath();
    context.roundRect(left, 2, width, 16, 3);
    context.fill();
    context.fillStyle = palette.colours['on-accent'];
    context.fillText(cursor.label, left + 6, 14);
  }

  drawOverlay(frame: OverlayFrame): void {
    const { cursor, selected, palette } = frame;
    const context = this.#overlay;
    context.clearRect(0, 0, this.#width, this.#lanesHeight);
    drawRange(context, frame, this.#width, this.#lanesHeight);
    drawArrow(context, frame);
    drawPast(context, frame, this.#lanesHeight);
    context.fillStyle = palette.colours.accent;
    if (cursor !== undefined) context.fillRect(Math.round(cursor), 0, 1, this.#lanesHeight);
    if (selected === undefined) return;
    context.strokeStyle = palette.colours['text-1'];
    context.lineWidth = 1;
    context.setLineDash([3, 3]);
    context.beginPath();
    context.moveTo(Math.round(selected.x) + 0.5, 0);
    context.lineTo(Math.round(selected.x) + 0.5, this.#lanesHeight);
    context.stroke();
    context.setLineDash([]);
    if (selected.y === undefined) return;
    context.lineWidth = 1.5;
    context.beginPath();
    context.arc(selected.x, selected.y, 9, 0, Math.PI * 2);
    context.stroke();
  }

  #useFont(palette: Palette): void {
    const font = `${LABEL_SIZE}px ${palette.font}`;
    if (font === this.#font) return;
    this.#font = font;
    this.#widths.clear();
  }

  #drawLabels({ scene: { labels }, selectedRow, palette }: LanesFrame, middle: (row: number) => number): void {
    const context = this.#lanes;
    context.font = this.#font;
    context.textBaseline = 'middle';
    for (const label of labels) {
      // The line that they stand on gives way to the words.
      context.fillStyle = palette.colours[label.row === selectedRow ? 'selection' : 'surface-0'];
      if (label.cleared) context.fillRect(label.x - 2, middle(label.row) - BAR / 2, label.width + 4, BAR);
    }
    for (const label of labels) {
      context.fillStyle = palette.colours[label.ink];
      context.fillText(label.text, label.x, middle(label.row) + 0.5);
    }
  }
}
