import type { TimelineAnswer, TimelineQuery } from '../../preload/contract/query';
import type { HandleId } from '../../preload/contract/ids';
import { LABELS, type LaneMark, type LaneSpan } from './lane-columns';
import type { SpanIndex } from './span-index';

/** Answers the part of the trace that the window shows, as columns: the cost follows the pixels, not the trace. */
export function queryTimeline(spans: SpanIndex, query: TimelineQuery, revision: number): TimelineAnswer {
  const grain = Math.max(0, query.to - query.from) / query.pixels / 2;
  const foundSpans: { readonly lane: HandleId; readonly span: LaneSpan }[] = [];
  const foundMarks: { readonly lane: HandleId; readonly mark: LaneMark }[] = [];
  for (const lane of query.lanes) {
    const columns = spans.lane(lane);
    if (columns === undefined) continue;
    for (const span of columns.spansWithin(query.from, query.to, grain)) foundSpans.push({ lane, span });
    for (const mark of columns.marksWithin(query.from, query.to, grain)) foundMarks.push({ lane, mark });
  }
  const strings: string[] = [];
  const local = new Map<number, number>();
  const label = (index: number): number => {
    const known = local.get(index);
    if (known !== undefined) return known;
    local.set(index, strings.length);
    strings.push(LABELS.at(index));
    return strings.length - 1;
  };
  return {
    revision,
    spans: {
      lane: Uint32Array.from(foundSpans, ({ lane }) => lane), start: Float64Array.from(foundSpans, ({ span }) => span.start),
      end: Float64Array.from(foundSpans, ({ span }) => span.end), kind: Uint8Array.from(foundSpans, ({ span }) => span.kind),
      bad: Uint8Array.from(foundSpans, ({ span }) => (span.bad ? 1 : 0)), seq: Uint32Array.from(foundSpans, ({ span }) => span.seq),
      label: Uint32Array.from(foundSpans, ({ span }) => label(span.label)), count: Uint32Array.from(foundSpans, ({ span }) => span.count),
    },
    marks: {
      lane: Uint32Array.from(foundMarks, ({ lane }) => lane), time: Float64Array.from(foundMarks, ({ mark }) => mark.time),
      count: Uint32Array.from(foundMarks, ({ mark }) => mark.count), kind: Uint8Array.from(foundMarks, ({ mark }) => mark.kind), seq: Uint32Array.from(foundMarks, ({ mark }) => mark.seq),
      label: Uint32Array.from(foundMarks, ({ mark }) => label(mark.label)),
    },
    strings,
  };
}
