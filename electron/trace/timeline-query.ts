import type { HandleId } from '../../preload/contract/ids';
import type { TimelineAnswer, TimelineQuery } from '../../preload/contract/query';
import { f64, u32, u8 } from './column';
import { LABELS, type ShapeSink } from './lane-columns';
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
  return answer.finish(revision);
}

class AnswerColumns implements ShapeSink {
  lane: HandleId | undefined;
  private readonly strings: string[] = [];
  private readonly places = new Map<number, number>();
  private readonly spans = { lane: u32(), start: f64(), end: f64(), kind: u8(), bad: u8(), seq: u32(), label: u32(), count: u32() };
  private readonly marks = { lane: u32(), time: f64(), kind: u8(), seq: u32(), label: u32(), count: u32() };

  span(start: number, end: number, kind: number, bad: boolean, place: number, label: number, count: number): void {
    const { spans } = this;
    spans.lane.push(this.lane ?? 0);
    spans.start.push(start);
    spans.end.push(end);
    spans.kind.push(kind);
    spans.bad.push(bad ? 1 : 0);
    spans.seq.push(place);
    spans.label.push(this.label(label));
    spans.count.push(count);
  }

  mark(time: number, kind: number, place: number, label: number, count: number): void {
    const { marks } = this;
    marks.lane.push(this.lane ?? 0);
    marks.time.push(time);
    marks.kind.push(kind);
    marks.seq.push(place);
    marks.label.push(this.label(label));
    marks.count.push(count);
  }

  finish(revision: number): TimelineAnswer {
    const { spans, marks } = this;
    return {
      revision,
      spans: {
        lane: spans.lane.toArray(), start: spans.start.toArray(), end: spans.end.toArray(), kind: spans.kind.toArray(), bad: spans.bad.toArray(),
        seq: spans.seq.toArray(), label: spans.label.toArray(), count: spans.count.toArray(),
      },
      marks: {
        lane: marks.lane.toArray(), time: marks.time.toArray(), kind: marks.kind.toArray(), seq: marks.seq.toArray(), label: marks.label.toArray(),
        count: marks.count.toArray(),
      },
      strings: this.strings,
    };
  }

  /** A label's place among those that this answer uses. */
  private label(index: number): number {
    const known = this.places.get(index);
    if (known !== undefined) return known;
    const place = this.strings.length;
    this.strings.push(LABELS.at(index));
    this.places.set(index, place);
    return place;
  }
}
