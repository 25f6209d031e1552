import type { MarkColumns, Overview, SpanColumns, TimelineAnswer } from '../../preload/contract/query';
import { LABELS, type ShapeSink } from './lane-columns';

/** Rows made ready at first: a view of few lanes needs no more, one of many grows four times. */
const FIRST_ROWS = 2048;

/** Takes the shapes of an answer in, straight into its columns: a dense view has tens of thousands. */
export class AnswerColumns implements ShapeSink {
  /** The lane whose shapes come now. */
  lane = 0;
  private readonly strings: string[] = [];
  /** One more than the place of a label among the strings of this answer; 0 for a label that was not met. */
  private readonly places = new Uint32Array(LABELS.size);
  private spans = spanColumns(FIRST_ROWS);
  private spanCount = 0;
  private marks = markColumns(FIRST_ROWS);
  private markCount = 0;

  span(start: number, end: number, kind: number, bad: boolean, place: number, label: number, count: number): void {
    const row = this.spanCount;
    if (row === this.spans.lane.length) this.spans = spanColumns(row * 2, this.spans);
    const { spans } = this;
    spans.lane[row] = this.lane;
    spans.start[row] = start;
    spans.end[row] = end;
    spans.kind[row] = kind;
    spans.bad[row] = bad ? 1 : 0;
    spans.seq[row] = place;
    spans.label[row] = this.label(label);
    spans.count[row] = count;
    this.spanCount = row + 1;
  }

  mark(time: number, kind: number, place: number, label: number, count: number): void {
    const row = this.markCount;
    if (row === this.marks.lane.length) this.marks = markColumns(row * 2, this.marks);
    const { marks } = this;
    marks.lane[row] = this.lane;
    marks.time[row] = time;
    marks.kind[row] = kind;
    marks.seq[row] = place;
    marks.label[row] = this.label(label);
    marks.count[row] = count;
    this.markCount = row + 1;
  }

  /** The answer, in columns of exactly its length: they are cloned on their way to the window. */
  finish(revision: number, overview: Overview): TimelineAnswer {
    return {
      revision, overview, strings: this.strings,
      spans: spanColumns(this.spanCount, this.spans), marks: markColumns(this.markCount, this.marks),
    };
  }

  /** A label's place among those that this answer uses. */
  private label(index: number): number {
    const known = this.places[index] ?? 0;
    if (known !== 0) return known - 1;
    this.strings.push(LABELS.at(index));
    this.places[index] = this.strings.length;
    return this.strings.length - 1;
  }
}

/** Columns of so many rows that begin with those of others, as far as there is room. */
function spanColumns(rows: number, from?: SpanColumns): SpanColumns {
  return {
    lane: u32(rows, from?.lane), start: f64(rows, from?.start), end: f64(rows, from?.end), kind: u8(rows, from?.kind), bad: u8(rows, from?.bad),
    seq: u32(rows, from?.seq), label: u32(rows, from?.label), count: u32(rows, from?.count),
  };
}

function markColumns(rows: number, from?: MarkColumns): MarkColumns {
  return {
    lane: u32(rows, from?.lane), time: f64(rows, from?.time), kind: u8(rows, from?.kind), seq: u32(rows, from?.seq),
    label: u32(rows, from?.label), count: u32(rows, from?.count),
  };
}

function u8(rows: number, from?: Uint8Array): Uint8Array {
  return filled(new Uint8Array(rows), from);
}

function u32(rows: number, from?: Uint32Array): Uint32Array {
  return filled(new Uint32Array(rows), from);
}

function f64(rows: number, from?: Float64Array): Float64Array {
  return filled(new Float64Array(rows), from);
}

function filled<T extends Uint8Array | Uint32Array | Float64Array>(made: T, from: T | undefined): T {
  if (from !== undefined) made.set(from.subarray(0, made.length));
  return made;
}
