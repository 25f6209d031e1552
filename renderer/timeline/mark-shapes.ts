import type { MarkKind } from '../../preload/contract/query';
import type { Token } from './palette';

/** What a shape is traced with: a path of the canvas, or the outline of a sign in the legend. */
export type Pen = Pick<Path2D, 'moveTo' | 'lineTo' | 'closePath' | 'rect' | 'arc'>;

/** How a mark is drawn about the point (x, y), y being the middle of its row. No two meanings share a shape and a colour. */
export interface MarkShape {
  readonly colour: Token;
  /** Stroked with this width, or filled. */
  readonly stroke: number | undefined;
  /** Drawn before the others, so that they lie on top. */
  readonly quiet: boolean;
  /** CSS pixels of a mark that is a plain upright rectangle. */
  readonly tick?: { readonly width: number; readonly height: number };
  trace(path: Pen, x: number, y: number): void;
}

function tick(colour: Token, width: number, height: number, quiet = true): MarkShape {
  return {
    colour, stroke: undefined, quiet, tick: { width, height },
    trace: (path, x, y) => path.rect(Math.round(x - width / 2), y - height / 2, width, height),
  };
}

function diamond(path: Pen, x: number, y: number): void {
  path.moveTo(x, y - 6);
  path.lineTo(x + 5, y);
  path.lineTo(x, y + 6);
  path.lineTo(x - 5, y);
  path.closePath();
}

function cross(path: Pen, x: number, y: number): void {
  path.moveTo(x - 5, y - 5);
  path.lineTo(x + 5, y + 5);
  path.moveTo(x + 5, y - 5);
  path.lineTo(x - 5, y + 5);
}

function bolt(path: Pen, x: number, y: number): void {
  path.moveTo(x + 2, y - 7);
  path.lineTo(x - 4, y + 1);
  path.lineTo(x - 0.5, y + 1);
  path.lineTo(x - 2, y + 7);
  path.lineTo(x + 4, y - 1.5);
  path.lineTo(x + 0.5, y - 1.5);
  path.closePath();
}

function flag(path: Pen, x: number, y: number): void {
  path.rect(Math.round(x) - 1, y - 7, 2, 14);
  path.rect(Math.round(x) - 3, y - 8, 6, 4);
}

/** A bar with feet: nothing comes after it. */
function end(path: Pen, x: number, y: number): void {
  path.rect(Math.round(x) - 1, y - 8, 3, 16);
  path.rect(Math.round(x) - 4, y - 8, 3, 2);
  path.rect(Math.round(x) - 4, y + 6, 3, 2);
}

const SHAPES: Readonly<Record<MarkKind, MarkShape>> = {
  'created': tick('text-2', 2, 16),
  'call': tick('text-2', 2, 10),
  'callback': tick('text-3', 1, 8),
  'failed-call': { colour: 'bad', stroke: undefined, quiet: false, trace: flag },
  'complete': { colour: 'receive', stroke: undefined, quiet: false, trace: diamond },
  'complete-failed': { colour: 'bad', stroke: 1.75, quiet: false, trace: diamond },
  'close-requested': { colour: 'closing', stroke: 2, quiet: false, trace: cross },
  'handle-closing': { colour: 'closing', stroke: undefined, quiet: false, trace: end },
  'cancelled': { colour: 'bad', stroke: 2, quiet: false, trace: cross },
  'connection-closed': { colour: 'bad', stroke: undefined, quiet: false, trace: bolt },
  'completed': { colour: 'good', stroke: undefined, quiet: false, trace: diamond },
  'note': { colour: 'accent', stroke: 1.75, quiet: false, trace: (path, x, y) => { path.moveTo(x + 4, y); path.arc(x, y, 4, 0, Math.PI * 2); } },
};

export function markShape(kind: MarkKind): MarkShape {
  return SHAPES[kind];
}
