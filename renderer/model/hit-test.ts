import type { FindingPoint } from './findings';
import type { MarkPoint, Scene, SpanBox } from './timeline-scene';

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
export function hitTest(scene: Scene, row: number, x: number): Hit | undefined {
  let nearest: MarkPoint | undefined;
  for (const mark of scene.marks) {
    if (mark.row !== row || Math.abs(mark.x - x) > REACH) continue;
    // Of marks at the same place the later is drawn on top.
    if (nearest === undefined || Math.abs(mark.x - x) <= Math.abs(nearest.x - x)) nearest = mark;
  }
  if (nearest !== undefined) return { kind: 'mark', mark: nearest };
  for (let index = scene.spans.length - 1; index >= 0; index--) {
    const span = scene.spans[index];
    if (span !== undefined && span.row === row && span.kind !== 'life' && x >= span.x - 1 && x <= span.x + span.width + 1) {
      return { kind: 'span', span };
    }
  }
  return undefined;
}
