import { MARK_KINDS, type MarkKind } from '../../preload/contract/query';
import type { MarkShapes } from '../model/scene-shapes';
import { markShape } from './mark-shapes';
import type { Palette } from './palette';
import { snapped } from './pixel-grid';

type Context = CanvasRenderingContext2D;

/** The square that a sign is drawn in, in CSS pixels: the largest shape and its rim. */
const SIGN = 26;
/** A tick that stands for many is taller by two pixels for each doubling, up to this many. */
const TALLER = 8;

/** What is quiet is drawn first, so that the others lie on top. */
const KINDS: readonly MarkKind[] = MARK_KINDS.toSorted((a, b) => Number(markShape(b).quiet) - Number(markShape(a).quiet));

/** Draws the marks of one frame: ticks as rectangles, every other sign as a picture that was made once for the theme. */
export class MarkPainter {
  readonly #context: Context;
  readonly #signs = new Map<MarkKind, HTMLCanvasElement>();
  #madeFor: { readonly palette: Palette | undefined; readonly pixelRatio: number } = { palette: undefined, pixelRatio: 0 };

  constructor(context: Context) {
    this.#context = context;
  }

  paint(marks: MarkShapes, top: (row: number) => number, palette: Palette, pixelRatio: number): void {
    if (this.#madeFor.palette !== palette || this.#madeFor.pixelRatio !== pixelRatio) {
      this.#signs.clear();
      this.#madeFor = { palette, pixelRatio };
    }
    for (const kind of KINDS) {
      const tick = markShape(kind).tick;
      if (tick === undefined) this.#paintSigns(marks, kind, top, palette, pixelRatio);
      else this.#paintTicks(marks, kind, tick, top, palette, pixelRatio);
    }
  }

  #paintTicks(marks: MarkShapes, kind: MarkKind, tick: { readonly width: number; readonly height: number }, top: (row: number) => number, palette: Palette, pixelRatio: number): void {
    const context = this.#context;
    const number = MARK_KINDS.indexOf(kind);
    context.fillStyle = palette.colours[markShape(kind).colour];
    let [lastRow, lastLeft] = [-1, Number.NEGATIVE_INFINITY];
    for (let index = 0; index < marks.length; index++) {
      if (marks.kind[index] !== number || marks.drawn[index] === 0) continue;
      const row = marks.row[index] ?? 0;
      const left = snapped((marks.x[index] ?? 0) - tick.width / 2, pixelRatio);
      if (row === lastRow && left === lastLeft) continue;
      [lastRow, lastLeft] = [row, left];
      const height = tick.height + Math.min(TALLER, Math.floor(Math.log2(marks.count[index] ?? 1)) * 2);
      context.fillRect(left, top(row) - height / 2, tick.width, height);
    }
  }

  #paintSigns(marks: MarkShapes, kind: MarkKind, top: (row: number) => number, palette: Palette, pixelRatio: number): void {
    const number = MARK_KINDS.indexOf(kind);
    let sign: HTMLCanvasElement | undefined;
    for (let index = 0; index < marks.length; index++) {
      if (marks.kind[index] !== number || marks.drawn[index] === 0) continue;
      sign ??= this.#signOf(kind, palette, pixelRatio);
      this.#context.drawImage(sign, snapped((marks.x[index] ?? 0) - SIGN / 2, pixelRatio), snapped(top(marks.row[index] ?? 0) - SIGN / 2, pixelRatio), SIGN, SIGN);
    }
  }

  #signOf(kind: MarkKind, palette: Palette, pixelRatio: number): HTMLCanvasElement {
    const known = this.#signs.get(kind);
    if (known !== undefined) return known;
    const sign = document.createElement('canvas');
    sign.width = Math.ceil(SIGN * pixelRatio);
    sign.height = sign.width;
    const context = sign.getContext('2d');
    if (context !== null) drawSign(context, kind, palette, pixelRatio);
    this.#signs.set(kind, sign);
    return sign;
  }
}

function drawSign(context: Context, kind: MarkKind, palette: Palette, pixelRatio: number): void {
  const shape = markShape(kind);
  context.scale(pixelRatio, pixelRatio);
  const path = new Path2D();
  shape.trace(path, SIGN / 2, SIGN / 2);
  // A rim in the colour of the ground keeps a mark apart from the span that it stands on.
  context.strokeStyle = palette.colours['surface-0'];
  context.lineWidth = (shape.stroke ?? 0) + 3;
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.stroke(path);
  context.lineCap = 'butt';
  if (shape.stroke === undefined) {
    context.fillStyle = palette.colours[shape.colour];
    context.fill(path);
  } else {
    context.strokeStyle = palette.colours[shape.colour];
    context.lineWidth = shape.stroke;
    context.stroke(path);
  }
}
