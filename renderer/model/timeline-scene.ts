import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind, type TimelineAnswer } from '../../preload/contract/query';
import { handleId, seq as asSeq, type HandleId, type Seq } from '../../preload/contract/ids';
import { placeLabels, type Label, type LaneItem } from './label-placement';
import { xOf, type Viewport } from './time-scale';

/** A span as it is drawn: CSS pixels from the left edge, in the row of its lane. */
export interface SpanBox {
  readonly row: number;
  readonly lane: HandleId;
  readonly kind: SpanKind;
  readonly x: number;
  readonly width: number;
  readonly bad: boolean;
  /** Milliseconds since the start of the trace; an end that is undefined has not come. */
  readonly start: number;
  readonly end: number | undefined;
  readonly seq: Seq;
  readonly label: string;
  /** How many spans it stands for. */
  readonly count: number;
}

export interface MarkPoint {
  readonly row: number;
  readonly lane: HandleId;
  readonly kind: MarkKind;
  readonly x: number;
  readonly time: number;
  readonly seq: Seq;
  readonly label: string;
  /** How many marks it stands for. */
  readonly count: number;
  /** False where a more telling mark stands at the same place: zooming in parts them. */
  readonly drawn: boolean;
}

export interface Scene {
  /** In the order in which they are painted: what comes later lies on top. */
  readonly spans: readonly SpanBox[];
  readonly marks: readonly MarkPoint[];
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

export const EMPTY_SCENE: Scene = { spans: [], marks: [], labels: [] };

/** What lies on top of what within a lane. */
const DEPTH: Readonly<Record<SpanKind, number>> = {
  life: 0, received: 1, pending: 2, call: 3, body: 4, resolve: 5, connect: 6, send: 7, receive: 8, closing: 9,
};

/** A span that is shorter than this is still to be seen. */
const LEAST_WIDTH = 2;

export function buildScene(input: SceneInput): Scene {
  const spans = spanBoxes(input);
  const marks = markPoints(input);
  return { spans, marks, labels: placeLabels(laneItems(spans, marks), input.width, input.measure) };
}

function spanBoxes({ answer, viewport, width, now, rowOf }: SceneInput): readonly SpanBox[] {
  const { lane, start, end, kind, bad, seq, label, count } = answer.spans;
  const boxes: SpanBox[] = [];
  for (let index = 0; index < lane.length; index++) {
    const row = rowOf.get(lane[index] ?? 0);
    const named = SPAN_KINDS[kind[index] ?? 0];
    if (row === undefined || named === undefined) continue;
    const from = start[index] ?? 0;
    const ended = end[index] ?? Number.NaN;
    const to = Number.isNaN(ended) ? Math.max(now, from) : ended;
    if (to < viewport.from || from > viewport.to) continue;
    // Far outside the view a canvas loses precision: a box is cut a little beyond its edges.
    const x = Math.max(-8, xOf(viewport, width, from));
    const right = Math.min(width + 8, xOf(viewport, width, to));
    boxes.push({
      row, lane: handleId(lane[index] ?? 0), kind: named, x, width: Math.max(LEAST_WIDTH, right - x), bad: bad[index] === 1,
      start: from, end: Number.isNaN(ended) ? undefined : ended, seq: asSeq(seq[index] ?? 0), label: answer.strings[label[index] ?? 0] ?? '',
      count: count[index] ?? 1,
    });
  }
  return boxes.sort((a, b) => DEPTH[a.kind] - DEPTH[b.kind] || a.start - b.start);
}

function markPoints({ answer, viewport, width, rowOf }: SceneInput): readonly MarkPoint[] {
  const { lane, time, kind, seq, label, count } = answer.marks;
  const points: MarkPoint[] = [];
  for (let index = 0; index < lane.length; index++) {
    const row = rowOf.get(lane[index] ?? 0);
    const named = MARK_KINDS[kind[index] ?? 0];
    const at = time[index] ?? 0;
    if (row === undefined || named === undefined || at < viewport.from || at > viewport.to) continue;
    points.push({
      row, lane: handleId(lane[index] ?? 0), kind: named, x: xOf(viewport, width, at), time: at,
      seq: asSeq(seq[index] ?? 0), label: answer.strings[label[index] ?? 0] ?? '', count: count[index] ?? 1, drawn: true,
    });
  }
  return withoutClutter(besideTheCross(points));
}

/** How far a bolt stands from the cross of the cancel that closed its connection, so that both are seen. */
const BESIDE = 14;

function besideTheCross(points: readonly MarkPoint[]): readonly MarkPoint[] {
  return points.map((point) => {
    if (point.kind !== 'connection-closed') return point;
    const cross = points.find((other) => other.kind === 'cancelled' && other.row === point.row && point.x - other.x >= 0 && point.x - other.x < BESIDE);
    return cross === undefined ? point : { ...point, x: cross.x + BESIDE };
  });
}

/** Which marks deserve words, the most telling first; the others speak when they are pointed at. */
const MARK_RANK: Readonly<Partial<Record<MarkKind, number>>> = {
  'cancelled': 1, 'completed': 2, 'connection-closed': 3, 'close-requested': 4, 'complete-failed': 5, 'failed-call': 6, 'handle-closing': 7, 'complete': 8, 'note': 9,
};

/** Marks nearer to each other than this cannot be told apart, in CSS pixels. */
const APART = 10;

/** Of marks that would lie on each other only the most telling is drawn; ticks are thin enough to stay. */
function withoutClutter(points: readonly MarkPoint[]): readonly MarkPoint[] {
  const drawn = new Map<number, MarkPoint[]>();
  const hidden = new Set<MarkPoint>();
  const ranked = points.filter((point) => MARK_RANK[point.kind] !== undefined).sort((a, b) => rankOf(a) - rankOf(b) || b.time - a.time);
  for (const point of ranked) {
    const lane = drawn.get(point.row) ?? [];
    if (lane.some((other) => Math.abs(other.x - point.x) < APART)) hidden.add(point);
    else drawn.set(point.row, [...lane, point]);
  }
  return hidden.size === 0 ? points : points.map((point) => (hidden.has(point) ? { ...point, drawn: false } : point));
}

function rankOf(point: MarkPoint): number {
  return MARK_RANK[point.kind] ?? 99;
}

/** Half of what a mark covers, in CSS pixels. */
const MARK_REACH = 6;

function laneItems(spans: readonly SpanBox[], marks: readonly MarkPoint[]): readonly LaneItem[] {
  const items: LaneItem[] = [];
  for (const span of spans) {
    if (span.kind === 'life') continue;
    const closing = span.kind === 'closing';
    items.push({
      row: span.row, from: span.x, to: span.x + span.width, depth: DEPTH[span.kind],
      // A close that has come to its end waits for nothing.
      text: closing && span.end !== undefined ? '' : span.label,
      rank: closing ? 3 : 10, place: 'inside', ink: inkOfSpan(span), cleared: closing,
    });
  }
  for (const mark of marks) {
    if (!mark.drawn) continue;
    const rank = MARK_RANK[mark.kind];
    items.push({
      row: mark.row, from: mark.x - MARK_REACH, to: mark.x + MARK_REACH, depth: 100, text: rank === undefined ? '' : mark.label,
      rank: rank ?? 99, place: 'after', ink: inkOfMark(mark.kind), cleared: false,
    });
  }
  return items;
}

/** Whose colour a text has: a token of the theme. */
export type Ink = 'text-1' | 'text-2' | 'on-span' | 'closing' | 'bad' | 'good';

function inkOfSpan(span: SpanBox): Ink {
  switch (span.kind) {
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
