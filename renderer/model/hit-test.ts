import type { FindingPoint } from './findings';
import type { MarkPoint, SpanBox } from './scene-shapes';
import { depthOfSpan, type Scene } from './timeline-scene';

export type Hit = { readonly kind: 'finding'; readonly point: FindingPoint } | { readonly kind: 'mark'; readonly mark: MarkPoint } | { readonly kind: 'span'; readonly span: SpanBox };

/** How near a pointer must come to a mark, in CSS pixels. */
const REACH = 7;

/** What a finding's sign takes at the top of its lane, in CSS pixels. */
const SIGN = 13;

/** The finding whose sign lies under a point; `top` is measured from the top edge of the lane. */
export function hitFinding(points: readonly FindingPoint[], row: number, x: number, top: number): Hit | undefined {
  if (top > SIGN) return undefined;
  const point = points.find((other) => other.row === row && Math.abs(other.x - x) <= REACH);
  return point === undefined ? undefined : { kind: 'finding', point };
}

/** What lies under a point of the timeline: the nearest mark within reach, else the topmost span. */
export function hitTest({ spans, marks }: Scene, row: number, x: number): Hit | undefined {
  const mark = nearestMark(marks, row, x);
  if (mark >= 0) return { kind: 'mark', mark: marks.at(mark) };
  const span = topmostSpan(spans, row, x);
  return span < 0 ? undefined : { kind: 'span', span: spans.at(span) };
}

function nearestMark(marks: Scene['marks'], row: number, x: number): number {
  const { first, last } = marks.rangeOf(row);
  let [nearest, distance] = [-1, REACH];
  for (let index = first; index < last; index++) {
    const away = Math.abs((marks.x[index] ?? 0) - x);
    // Of marks at the same place the later is drawn on top.
    if (away <= distance) [nearest, distance] = [index, away];
  }
  return nearest;
}

function topmostSpan(spans: Scene['spans'], row: number, x: number): number {
  const { first, last } = spans.rangeOf(row);
  // The life of a handle has depth 0: it is the ground, and nothing to point at.
  let [topmost, depth] = [-1, 1];
  for (let index = first; index < last; index++) {
    const left = spans.x[index] ?? 0;
    const above = depthOfSpan(spans.kind[index] ?? 0);
    if (above >= depth && x >= left - 1 && x <= left + (spans.width[index] ?? 0) + 1) [topmost, depth] = [index, above];
  }
  return topmost;
}
