import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind, type TimelineAnswer } from '../../preload/contract/query';
import { handleId, seq as asSeq, type HandleId, type Seq } from '../../preload/contract/ids';

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

const LIFE = SPAN_KINDS.indexOf('life');

/**
 * What a scene holds of one kind, in columns: tens of thousands of shapes are placed anew in every frame of a pan, and
 * an object for each would cost more than drawing it. An object is made of one that is pointed at, told or labelled.
 */
abstract class Shapes<T> {
  length = 0;
  readonly row: Int32Array;
  /** CSS pixels from the left edge. */
  readonly x: Float32Array;
  /** A place in SPAN_KINDS or MARK_KINDS. */
  readonly kind: Uint8Array;
  readonly count: Uint32Array;
  /** Its place in the answer. */
  protected readonly entry: Uint32Array;
  /** The shapes of each row lie together: from the first up to and without the last. */
  readonly #ranges = new Map<number, { readonly first: number; last: number }>();

  constructor(protected readonly answer: TimelineAnswer | undefined, most: number) {
    this.row = new Int32Array(most);
    this.x = new Float32Array(most);
    this.kind = new Uint8Array(most);
    this.count = new Uint32Array(most);
    this.entry = new Uint32Array(most);
  }

  abstract at(index: number): T;

  protected place(row: number, x: number, kind: number, count: number, entry: number): number {
    const index = this.length;
    this.row[index] = row;
    this.x[index] = x;
    this.kind[index] = kind;
    this.count[index] = count;
    this.entry[index] = entry;
    this.length = index + 1;
    const range = this.#ranges.get(row);
    if (range === undefined) this.#ranges.set(row, { first: index, last: index + 1 });
    else range.last = index + 1;
    return index;
  }

  rangeOf(row: number): { readonly first: number; readonly last: number } {
    return this.#ranges.get(row) ?? { first: 0, last: 0 };
  }

  get rows(): Iterable<number> {
    return this.#ranges.keys();
  }

  /** As objects, for what is few or is bounded by its reader. */
  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }
}

export class SpanShapes extends Shapes<SpanBox> {
  readonly width: Float32Array;
  readonly bad: Uint8Array;
  /** How many of them are the lives of their handles. */
  lives = 0;

  constructor(answer?: TimelineAnswer) {
    super(answer, answer?.spans.lane.length ?? 0);
    this.width = new Float32Array(this.row.length);
    this.bad = new Uint8Array(this.row.length);
  }

  add(row: number, x: number, width: number, kind: number, bad: number, count: number, entry: number): void {
    const index = this.place(row, x, kind, count, entry);
    this.width[index] = width;
    this.bad[index] = bad;
    if (kind === LIFE) this.lives += 1;
  }

  override at(index: number): SpanBox {
    const entry = this.entry[index] ?? 0;
    const spans = this.answer?.spans;
    const end = spans?.end[entry] ?? Number.NaN;
    return {
      row: this.row[index] ?? 0, lane: handleId(spans?.lane[entry] ?? 0), kind: SPAN_KINDS[this.kind[index] ?? 0] ?? 'life', x: this.x[index] ?? 0,
      width: this.width[index] ?? 0, bad: this.bad[index] === 1, start: spans?.start[entry] ?? 0, end: Number.isNaN(end) ? undefined : end,
      seq: asSeq(spans?.seq[entry] ?? 0), label: this.labelOf(index), count: this.count[index] ?? 1,
    };
  }

  labelOf(index: number): string {
    return this.answer?.strings[this.answer.spans.label[this.entry[index] ?? 0] ?? 0] ?? '';
  }

  hasEnded(index: number): boolean {
    return !Number.isNaN(this.answer?.spans.end[this.entry[index] ?? 0] ?? Number.NaN);
  }
}

export class MarkShapes extends Shapes<MarkPoint> {
  readonly drawn: Uint8Array;

  constructor(answer?: TimelineAnswer) {
    super(answer, answer?.marks.lane.length ?? 0);
    this.drawn = new Uint8Array(this.row.length);
  }

  add(row: number, x: number, kind: number, count: number, entry: number): void {
    this.drawn[this.place(row, x, kind, count, entry)] = 1;
  }

  override at(index: number): MarkPoint {
    const entry = this.entry[index] ?? 0;
    const marks = this.answer?.marks;
    return {
      row: this.row[index] ?? 0, lane: handleId(marks?.lane[entry] ?? 0), kind: MARK_KINDS[this.kind[index] ?? 0] ?? 'note', x: this.x[index] ?? 0,
      time: marks?.time[entry] ?? 0, seq: asSeq(marks?.seq[entry] ?? 0), label: this.labelOf(index), count: this.count[index] ?? 1, drawn: this.drawn[index] === 1,
    };
  }

  labelOf(index: number): string {
    return this.answer?.strings[this.answer.marks.label[this.entry[index] ?? 0] ?? 0] ?? '';
  }

  /** The mark of an event; -1 when it is not in view. */
  indexOfSeq(seq: Seq): number {
    for (let index = 0; index < this.length; index++) if (this.answer?.marks.seq[this.entry[index] ?? 0] === seq) return index;
    return -1;
  }
}
