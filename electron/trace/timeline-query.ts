import type { TimelineAnswer, TimelineQuery } from '../../preload/contract/query';
import { AnswerColumns } from './timeline-answer';
import type { SpanIndex } from './span-index';

/** Width of the thinnest span and of a mark on the screen, in pixels: what is nearer together cannot be told apart. */
const SPAN_PIXELS = 1;
const MARK_PIXELS = 3;

/** Answers the part of the trace that the window shows, as columns: the cost follows the pixels, not the trace. */
export function queryTimeline(spans: SpanIndex, query: TimelineQuery, revision: number): TimelineAnswer {
  const pixel = Math.max(0, query.to - query.from) / query.pixels;
  const answer = new AnswerColumns();
  for (const lane of query.lanes) {
    const columns = spans.lane(lane);
    if (columns === undefined) continue;
    answer.lane = lane;
    columns.spansWithin(query.from, query.to, pixel * SPAN_PIXELS, answer);
    columns.marksWithin(query.from, query.to, pixel * MARK_PIXELS, answer);
  }
  return answer.finish(revision, spans.overview.answer());
}
