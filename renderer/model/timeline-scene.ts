import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind, type TimelineAnswer } from '../../preload/contract/query';
import { placeLabels, type Cover, type Ink, type Label, LEAST_INSIDE, type LaneItem } from './label-placement';
import { hideClutter, rankOfMark, standBesideTheCross } from './mark-clutter';
import { MarkShapes, SpanShapes } from './scene-shapes';
import { xOf, type Viewport } from './time-scale';

export interface Scene {
  /** Row after row, each in the order of time. What covers what stands in PAINT_ORDER. */
  readonly spans: SpanShapes;
  readonly marks: MarkShapes;
  readonly labels: readonly Label[];
}

export interface SceneInput {
  readonly answer: TimelineAnswer;
  readonly viewport: Viewport;
  /** CSS pixels. */
  readonly width: number;
  /** Milliseconds since the start of the trace: where an unfinished span ends for now. */
  readonly now: number;
  /** The row of each lane that is on the screen. */
  readonly rowOf: ReadonlyMap<number, number>;
  /** CSS pixels that a text takes. */
  readonly measure: (text: string) => number;
}

export const EMPTY_SCENE: Scene = { spans: new SpanShapes(), marks: new MarkShapes(), labels: [] };

/** The kinds of spans in the order in which they are painted: what comes later lies on top. */
export const PAINT_ORDER: readonly SpanKind[] = ['life', 'received', 'pending', 'call', 'body', 'resolve', 'connect', 'send', 'receive', 'closing'];

/** Of a place in SPAN_KINDS: what lies on top of what. */
const DEPTHS: readonly number[] = SPAN_KINDS.map((kind) => PAINT_ORDER.indexOf(kind));

export function depthOfSpan(kind: number): number {
  return DEPTHS[kind] ?? 0;
}

/** A span that is shorter than this is still to be seen. */
const LEAST_WIDTH = 2;

export function buildScene(input: SceneInput): Scene {
  const spans = placeSpans(input);
  const marks = placeMarks(input);
  return { spans, marks, labels: placeLabels(wanting(spans, marks), (row, cover) => fillCover(spans, marks, row, cover), input.width, input.measure) };
}

function placeSpans({ answer, viewport, width, now, rowOf }: SceneInput): SpanShapes {
  const { lane, start, end, kind, bad, count } = answer.spans;
  const shapes = new SpanShapes(answer);
  const scale = width / (viewport.to - viewport.from);
  for (let index = 0; index < lane.length; index++) {
    const from = start[index] ?? 0;
    const ended = end[index] ?? Number.NaN;
    const to = Number.isNaN(ended) ? Math.max(now, from) : ended;
    if (to < viewport.from || from > viewport.to) continue;
    const row = rowOf.get(lane[index] ?? 0);
    if (row === undefined) continue;
    // Far outside the view a canvas loses precision: a box is cut a little beyond its edges.
    const x = Math.max(-8, (from - viewport.from) * scale);
    const right = Math.min(width + 8, (to - viewport.from) * scale);
    shapes.add(row, x, Math.max(LEAST_WIDTH, right - x), kind[index] ?? 0, bad[index] ?? 0, count[index] ?? 1, index);
  }
  return shapes;
}

function placeMarks({ answer, viewport, width, rowOf }: SceneInput): MarkShapes {
  const { lane, time, kind, count } = answer.marks;
  const shapes = new MarkShapes(answer);
  for (let index = 0; index < lane.length; index++) {
    const at = time[index] ?? 0;
    if (at < viewport.from || at > viewport.to) continue;
    const row = rowOf.get(lane[index] ?? 0);
    if (row !== undefined) shapes.add(row, xOf(viewport, width, at), kind[index] ?? 0, count[index] ?? 1, index);
  }
  standBesideTheCross(shapes);
  hideClutter(shapes, width);
  return shapes;
}

/** Half of what a mark covers, in CSS pixels. */
const MARK_REACH = 6;
/** Marks lie on every span. */
const MARK_DEPTH = 100;
const CLOSING = SPAN_KINDS.indexOf('closing');
/** A bar lower than its words are, which clear themselves a place on it. */
const CALL = SPAN_KINDS.indexOf('call');
const LIFE = SPAN_KINDS.indexOf('life');

function fillCover(spans: SpanShapes, marks: MarkShapes, row: number, cover: Cover): void {
  const lying = spans.rangeOf(row);
  for (let index = lying.first; index < lying.last; index++) {
    const kind = spans.kind[index] ?? 0;
    const x = spans.x[index] ?? 0;
    if (kind !== LIFE) cover.add(x, x + (spans.width[index] ?? 0), depthOfSpan(kind));
  }
  const standing = marks.rangeOf(row);
  for (let index = standing.first; index < standing.last; index++) {
    const x = marks.x[index] ?? 0;
    if (marks.drawn[index] === 1) cover.add(x - MARK_REACH, x + MARK_REACH, MARK_DEPTH);
  }
}

function wanting(spans: SpanShapes, marks: MarkShapes): readonly LaneItem[] {
  const items: LaneItem[] = [];
  for (let index = 0; index < spans.length; index++) {
    const kind = spans.kind[index] ?? 0;
    const width = spans.width[index] ?? 0;
    if (kind === LIFE || width < LEAST_INSIDE) continue;
    const closing = kind === CLOSING;
    // A close that has come to its end waits for nothing.
    if (closing && spans.hasEnded(index)) continue;
    const x = spans.x[index] ?? 0;
    items.push({
      row: spans.row[index] ?? 0, from: x, to: x + width, depth: depthOfSpan(kind), text: spans.labelOf(index),
      rank: closing ? 3 : 10, place: 'inside', ink: inkOfSpan(SPAN_KINDS[kind] ?? 'life'), cleared: closing || kind === CALL,
    });
  }
  for (let index = 0; index < marks.length; index++) {
    const kind = marks.kind[index] ?? 0;
    const rank = rankOfMark(kind);
    if (rank === 0 || marks.drawn[index] === 0) continue;
    const x = marks.x[index] ?? 0;
    items.push({
      row: marks.row[index] ?? 0, from: x - MARK_REACH, to: x + MARK_REACH, depth: MARK_DEPTH, text: marks.labelOf(index),
      rank, place: 'after', ink: inkOfMark(MARK_KINDS[kind] ?? 'note'), cleared: true,
    });
  }
  return items;
}

function inkOfSpan(kind: SpanKind): Ink {
  switch (kind) {
    case 'resolve': case 'connect': case 'send': case 'receive': return 'on-span';
    case 'closing': return 'closing';
    default: return 'text-1';
  }
}

function inkOfMark(kind: MarkKind): Ink {
  switch (kind) {
    case 'cancelled': case 'connection-closed': case 'complete-failed': case 'failed-call': return 'bad';
    case 'close-requested': case 'handle-closing': return 'closing';
    case 'complete': case 'completed': return 'good';
    default: return 'text-2';
  }
}
