import { SPAN_KINDS, type SpanKind } from '../../preload/contract/query';
import type { SpanShapes } from '../model/scene-shapes';
import { PAINT_ORDER } from '../model/timeline-scene';
import type { Palette, Token } from './palette';
import { snapped } from './pixel-grid';

export const BAR = 14;

/** Filled bars: their height and colour. Pending has a hatch and closing is a dotted line. */
export const BARS: Readonly<Partial<Record<SpanKind, { readonly height: number; readonly colour: Token }>>> = {
  life: { height: 4, colour: 'closed' },
  received: { height: BAR, colour: 'received' },
  body: { height: BAR, colour: 'body' },
  call: { height: 6, colour: 'call' },
  resolve: { height: BAR, colour: 'resolve' },
  connect: { height: BAR, colour: 'connect' },
  send: { height: BAR, colour: 'send' },
  receive: { height: BAR, colour: 'receive' },
};

/** Where colours are the person's own, what tells the phases of an exchange apart is a line along the foot of the bar: its dashes, none for a full one. */
const FOOT_LINES: Readonly<Partial<Record<SpanKind, readonly number[]>>> = { connect: [8, 4], send: [2, 3], receive: [], pending: [4, 4] };
const FOOT = 3;

/** Narrower than this a bar has no corners, no edge and no gap: there is no room for them. */
const NARROW = 6;
/** A bar of at least this width leaves a pixel to the next, so that two neighbours are two. */
const GAP = 1;
const BAD_EDGE = 2;

type Context = CanvasRenderingContext2D;

/** Draws the spans of one frame, kind by kind: what is wide as one path, what is narrow as plain rectangles. */
export class SpanPainter {
  readonly #context: Context;
  #hatch: { readonly key: string; readonly pattern: CanvasPattern | undefined } = { key: '', pattern: undefined };

  constructor(context: Context) {
    this.#context = context;
  }

  paint(spans: SpanShapes, top: (row: number) => number, palette: Palette, pixelRatio: number): void {
    for (const kind of PAINT_ORDER) {
      const number = SPAN_KINDS.indexOf(kind);
      if (kind === 'closing') this.#paintClosing(spans, number, top, palette);
      else this.#paintBars(spans, kind, number, top, palette, pixelRatio);
    }
  }

  #paintBars(spans: SpanShapes, kind: SpanKind, number: number, top: (row: number) => number, palette: Palette, pixelRatio: number): void {
    const context = this.#context;
    const { height, colour } = BARS[kind] ?? { height: BAR, colour: 'pending' as const };
    const wide = new Path2D();
    const bad: number[] = [];
    let any = false;
    let [lastRow, lastLeft] = [-1, -1];
    context.fillStyle = palette.colours[colour];
    for (let index = 0; index < spans.length; index++) {
      if (spans.kind[index] !== number) continue;
      const row = spans.row[index] ?? 0;
      const left = snapped(spans.x[index] ?? 0, pixelRatio);
      const width = spans.width[index] ?? 0;
      if (spans.bad[index] === 1) bad.push(index);
      if (width < NARROW) {
        // Many that fall on one pixel are one rectangle.
        if (row !== lastRow || left !== lastLeft) context.fillRect(left, top(row) - height / 2, Math.max(2, Math.round(width)), height);
        [lastRow, lastLeft] = [row, left];
        continue;
      }
      any = true;
      const right = snapped((spans.x[index] ?? 0) + width, pixelRatio) - GAP;
      if (kind === 'life') wide.rect(left, top(row) - height / 2, right - left, height);
      else wide.roundRect(left, top(row) - height / 2, right - left, height, 3);
    }
    if (any) {
      context.fillStyle = kind === 'pending' ? this.#pendingHatch(palette) : palette.colours[colour];
      context.fill(wide);
    }
    if (kind === 'life') return;
    if (any && palette.edged) {
      context.strokeStyle = palette.colours['span-edge'];
      context.lineWidth = 1;
      context.stroke(wide);
      this.#paintFootLines(spans, kind, number, top, palette, pixelRatio);
    }
    // An edge beneath what ended badly: colour is not the only sign, for the cross or the flag stands at its end.
    context.fillStyle = palette.colours.bad;
    for (const index of bad) {
      const width = spans.width[index] ?? 0;
      context.fillRect(snapped(spans.x[index] ?? 0, pixelRatio), top(spans.row[index] ?? 0) + BAR / 2 - BAD_EDGE, width < NARROW ? Math.max(2, width) : width - GAP, BAD_EDGE);
    }
  }

  #paintFootLines(spans: SpanShapes, kind: SpanKind, number: number, top: (row: number) => number, palette: Palette, pixelRatio: number): void {
    const dashes = FOOT_LINES[kind];
    if (dashes === undefined) return;
    const context = this.#context;
    const lines = new Path2D();
    for (let index = 0; index < spans.length; index++) {
      const width = spans.width[index] ?? 0;
      if (spans.kind[index] !== number || width < NARROW) continue;
      const left = snapped(spans.x[index] ?? 0, pixelRatio);
      const y = top(spans.row[index] ?? 0) + BAR / 2 - FOOT;
      lines.moveTo(left + 2, y);
      lines.lineTo(left + width - GAP - 2, y);
    }
    context.strokeStyle = palette.colours[kind === 'pending' ? 'span-edge' : 'on-span'];
    context.lineWidth = 2;
    context.setLineDash([...dashes]);
    context.stroke(lines);
    context.setLineDash([]);
  }

  #paintClosing(spans: SpanShapes, number: number, top: (row: number) => number, palette: Palette): void {
    const context = this.#context;
    const path = new Path2D();
    let any = false;
    for (let index = 0; index < spans.length; index++) {
      const width = spans.width[index] ?? 0;
      // No room for a dot beside the cross that it begins with.
      if (spans.kind[index] !== number || width < NARROW + 2) continue;
      any = true;
      const y = top(spans.row[index] ?? 0);
      path.moveTo((spans.x[index] ?? 0) + NARROW, y);
      path.lineTo((spans.x[index] ?? 0) + width, y);
    }
    if (!any) return;
    context.strokeStyle = palette.colours.closing;
    context.lineWidth = 2;
    context.setLineDash([2, 4]);
    context.stroke(path);
    context.setLineDash([]);
  }

  #pendingHatch(palette: Palette): CanvasPattern | string {
    const { pending, 'pending-stripe': stripe } = palette.colours;
    const key = `${pending} ${stripe}`;
    if (this.#hatch.key !== key) this.#hatch = { key, pattern: makeHatch(this.#context, pending, stripe) };
    return this.#hatch.pattern ?? pending;
  }
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
