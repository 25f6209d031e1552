import type { SpanKind } from '../../preload/contract/query';
import type { Label } from '../model/label-placement';
import type { MarkPoint, SpanBox } from '../model/timeline-scene';
import { drawFindings } from './finding-signs';
import { markShape, type MarkShape } from './mark-shapes';
import { drawArrow, drawPast, drawRange } from './overlay-marks';
import type { Palette, Token } from './palette';
import type { LanesFrame, OverlayFrame, Renderer, RulerFrame } from './renderer';

const BAR = 14;
const LABEL_SIZE = 11;

/** Filled bars: their height and colour. Pending has a hatch and closing is a dotted line. */
const BARS: Readonly<Partial<Record<SpanKind, { readonly height: number; readonly colour: Token }>>> = {
  life: { height: 4, colour: 'closed' },
  received: { height: BAR, colour: 'received' },
  body: { height: BAR, colour: 'body' },
  call: { height: 6, colour: 'call' },
  resolve: { height: BAR, colour: 'resolve' },
  connect: { height: BAR, colour: 'connect' },
  send: { height: BAR, colour: 'send' },
  receive: { height: BAR, colour: 'receive' },
};

type Context = CanvasRenderingContext2D;

/** Canvas 2D: one path for each kind of span and mark, so that a frame costs a few fills and not one for each box. */
export class CanvasRenderer implements Renderer {
  readonly #lanes: Context;
  readonly #overlay: Context;
  readonly #ruler: Context;
  #width = 0;
  #lanesHeight = 0;
  #rulerHeight = 0;
  readonly #widths = new Map<string, number>();
  #font = '';
  #hatch: { readonly key: string; readonly pattern: CanvasPattern | undefined } = { key: '', pattern: undefined };

  constructor(lanes: Context, overlay: Context, ruler: Context) {
    this.#lanes = lanes;
    this.#overlay = overlay;
    this.#ruler = ruler;
  }

  resize(width: number, lanesHeight: number, rulerHeight: number, pixelRatio: number): void {
    this.#width = width;
    this.#lanesHeight = lanesHeight;
    this.#rulerHeight = rulerHeight;
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
    for (const spans of groups(frame.scene.spans, (span) => span.kind)) this.#drawSpans(spans, middle, frame.palette);
    const marks = [...groups(frame.scene.marks.filter((mark) => mark.drawn), (mark) => mark.kind)].sort((a, b) => loudness(a) - loudness(b));
    for (const group of marks) this.#drawMarks(group, middle, frame.palette);
    drawFindings(context, frame);
    for (const labels of groups(frame.scene.labels, (label) => label.ink)) this.#drawLabels(labels, middle, frame.palette);
  }

  drawRuler({ ticks, cursor, palette }: RulerFrame): void {
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

  #drawSpans(spans: readonly SpanBox[], middle: (row: number) => number, palette: Palette): void {
    const context = this.#lanes;
    const kind = spans[0]?.kind;
    if (kind === undefined) return;
    const path = new Path2D();
    if (kind === 'closing') {
      for (const span of spans) {
        path.moveTo(span.x + 6, middle(span.row));
        path.lineTo(span.x + span.width, middle(span.row));
      }
      context.strokeStyle = palette.colours.closing;
      context.lineWidth = 2;
      context.setLineDash([2, 4]);
      context.stroke(path);
      context.setLineDash([]);
      return;
    }
    const bar = BARS[kind] ?? { height: BAR, colour: 'pending' as const };
    for (const span of spans) {
      path.roundRect(span.x, middle(span.row) - bar.height / 2, span.width, bar.height, Math.min(3, span.width / 2));
    }
    fillPath(context, path, kind === 'pending' ? this.#pendingHatch(palette) : palette.colours[bar.colour]);
    if (kind === 'life') return;
    if (palette.colours['span-edge'] !== 'transparent') {
      context.strokeStyle = palette.colours['span-edge'];
      context.lineWidth = 1;
      context.stroke(path);
    }
    this.#drawBadEdges(spans, middle, palette);
  }

  /** An edge beneath what ended badly: colour is not the only sign, for the cross or the flag stands at its end. */
  #drawBadEdges(spans: readonly SpanBox[], middle: (row: number) => number, palette: Palette): void {
    const path = new Path2D();
    for (const span of spans) {
      if (span.bad) path.rect(span.x, middle(span.row) + BAR / 2 - 2, span.width, 2);
    }
    fillPath(this.#lanes, path, palette.colours.bad);
  }

  #drawMarks(marks: readonly MarkPoint[], middle: (row: number) => number, palette: Palette): void {
    const shape = shapeOf(marks);
    if (shape === undefined) return;
    const context = this.#lanes;
    const path = new Path2D();
    for (const mark of marks) shape.trace(path, mark.x, middle(mark.row));
    if (!shape.quiet) {
      // A rim in the colour of the ground keeps a mark apart from the span that it stands on.
      context.strokeStyle = palette.colours['surface-0'];
      context.lineWidth = (shape.stroke ?? 0) + 3;
      context.lineJoin = 'round';
      context.lineCap = 'round';
      context.stroke(path);
      context.lineCap = 'butt';
    }
    if (shape.stroke === undefined) {
      fillPath(context, path, palette.colours[shape.colour]);
    } else {
      context.strokeStyle = palette.colours[shape.colour];
      context.lineWidth = shape.stroke;
      context.stroke(path);
    }
  }

  #drawLabels(labels: readonly Label[], middle: (row: number) => number, palette: Palette): void {
    const context = this.#lanes;
    const ink = labels[0]?.ink;
    if (ink === undefined) return;
    context.font = this.#font;
    context.textBaseline = 'middle';
    context.fillStyle = palette.colours['surface-0'];
    for (const label of labels) if (label.cleared) context.fillRect(label.x - 4, middle(label.row) - BAR / 2, label.width + 8, BAR);
    context.fillStyle = palette.colours[ink];
    for (const label of labels) context.fillText(label.text, label.x, middle(label.row) + 0.5);
  }

  #pendingHatch(palette: Palette): CanvasPattern | string {
    const { pending, 'pending-stripe': stripe } = palette.colours;
    const key = `${pending} ${stripe}`;
    if (this.#hatch.key !== key) this.#hatch = { key, pattern: makeHatch(this.#lanes, pending, stripe) };
    return this.#hatch.pattern ?? pending;
  }
}

function fillPath(context: Context, path: Path2D, style: string | CanvasPattern): void {
  context.fillStyle = style;
  context.fill(path);
}

function makeHatch(context: Context, ground: string, stripe: string): CanvasPattern | undefined {
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const draw = tile.getContext('2d');
  if (draw === null) return undefined;
  draw.fillStyle = ground;
  draw.fillRect(0, 0, 8, 8);
  draw.strokeStyle = stripe;
  draw.lineWidth = 2.5;
  for (const shift of [-8, 0, 8]) {
    draw.moveTo(shift - 2, 10);
    draw.lineTo(shift + 10, -2);
  }
  draw.stroke();
  return context.createPattern(tile, 'repeat') ?? undefined;
}

function* groups<T, K>(items: readonly T[], keyOf: (item: T) => K): Iterable<readonly T[]> {
  const found = new Map<K, T[]>();
  for (const item of items) {
    const group = found.get(keyOf(item));
    if (group === undefined) found.set(keyOf(item), [item]);
    else group.push(item);
  }
  yield* found.values();
}

function shapeOf(marks: readonly MarkPoint[]): MarkShape | undefined {
  return marks[0] === undefined ? undefined : markShape(marks[0].kind);
}

function loudness(marks: readonly MarkPoint[]): number {
  return shapeOf(marks)?.quiet === false ? 1 : 0;
}
