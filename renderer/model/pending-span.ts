import { SPAN_KINDS } from '../../preload/contract/query';
import type { Seq } from '../../preload/contract/ids';
import type { MarkPoint, SpanBox } from './scene-shapes';
import type { Scene } from './timeline-scene';

const PENDING = SPAN_KINDS.indexOf('pending');

/** The pending operation that an event began or completed: it is shown from the call to its completion. */
export function pendingSpan({ spans }: Scene, event: Seq, mark: MarkPoint | undefined): SpanBox | undefined {
  const completes = mark?.kind === 'complete' || mark?.kind === 'complete-failed';
  for (let index = 0; index < spans.length; index++) {
    if (spans.kind[index] !== PENDING) continue;
    const span = spans.at(index);
    if (span.seq === event || (completes && span.lane === mark.lane && span.end === mark.time)) return span;
  }
  return undefined;
}
