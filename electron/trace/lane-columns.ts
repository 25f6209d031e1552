import { seq, type Seq } from '../../preload/contract/ids';
import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind } from '../../preload/contract/query';
import { f32, f64, u16, u32, u8 } from './column';
import { SeverityPyramid } from './severity-pyramid';
import { StringTable } from './string-table';

/** Span and mark labels repeat over every lane: one table for all. */
export const LABELS = new StringTable();

/** Rows in time order from `start`, those of one pixel merged into one. */
export interface LaneSpan {
  readonly start: number;
  /** NaN while it lasts. */
  readonly end: number;
  readonly kind: number;
  readonly bad: boolean;
  readonly seq: Seq;
  readonly label: number;
  /** How many spans this one stands for. */
  readonly count: number;
}

export interface LaneMark {
  readonly time: number;
  /** Of several, the worst. */
  readonly kind: number;
  readonly seq: Seq;
  readonly label: number;
  /** How many marks this one stands for. */
  readonly count: number;
}

/** How much a kind of mark wants to be seen when many fall on one pixel: the later in this list, the more. */
const BY_SEVERITY: readonly MarkKind[] = [
  'callback', 'call', 'note', 'complete', 'completed', 'created', 'handle-closing', 'close-requested', 'connection-closed', 'cancelled',
  'failed-call', 'complete-failed',
];
const SEVERITY: readonly number[] = MARK_KINDS.map((kind) => BY_SEVERITY.indexOf(kind));
const KIND_OF_SEVERITY: readonly number[] = BY_SEVERITY.map((kind) => MARK_KINDS.indexOf(kind));

/** The spans and marks of one lane, in columns, in the order they began. */
export class LaneColumns {
  /** When each span was told of: never falls, so that it can be searched. */
  private readonly told = f64();
  /** How long before that it began: a call that blocked is told of when it returns. */
  private readonly late = f32();
  private readonly ends = f64();
  private readonly kinds = u8();
  private readonly bads = u8();
  private readonly seqs = u32();
  private readonly labels = u16();
  private readonly markTimes = f64();
  private readonly markSeqs = u32();
  private readonly markLabels = u16();
  private readonly severities = new SeverityPyramid();
  /** Spans dropped from the front: their numbers stay what they were. */
  private droppedSpans = 0;
  /** The longest span that has ended: how far back one can begin that still reaches into a time. */
  private longest = 0;
  private latest = 0;
  /** Spans that have not ended, by their numbers. */
  private readonly open = new Set<number>();

  get bytes(): number {
    return [this.told, this.late, this.ends, this.kinds, this.bads, this.seqs, this.labels, this.markTimes, this.markSeqs, this.markLabels]
      .reduce((sum, column) => sum + column.bytes, this.severities.length * 2);
  }

  openSpan(kind: SpanKind, start: number, from: Seq, label: string): number {
    const told = this.told.length === 0 ? start : Math.max(start, this.told.at(this.told.length - 1));
    this.told.push(told);
    this.late.push(told - start);
    this.latest = Math.max(this.latest, told - start);
    this.ends.push(Number.NaN);
    this.kinds.push(SPAN_KINDS.indexOf(kind));
    this.bads.push(0);
    this.seqs.push(from);
    this.labels.push(LABELS.intern(label));
    const span = this.droppedSpans + this.told.length - 1;
    this.open.add(span);
    return span;
  }

  endSpan(span: number, end: number, bad: boolean): void {
    const row = span - this.droppedSpans;
    if (!this.open.delete(span) || row < 0) return;
    this.ends.set(row, end);
    this.bads.set(row, bad ? 1 : 0);
    this.longest = Math.max(this.longest, end - this.startOf(row));
  }

  mark(kind: MarkKind, time: number, from: Seq, label: string): void {
    this.markTimes.push(time);
    this.markSeqs.push(from);
    this.markLabels.push(LABELS.intern(label));
    this.severities.push(SEVERITY[MARK_KINDS.indexOf(kind)] ?? 0);
  }

  /** Spans that reach into a time range; those shorter than `grain` milliseconds that begin together count as one. */
  spansWithin(from: number, to: number, grain: number): readonly LaneSpan[] {
    const found: LaneSpan[] = [];
    const nearby = this.told.lowerBound(from - this.longest);
    // Open ones reach everywhere, however long ago they began.
    for (const span of this.open) {
      const row = span - this.droppedSpans;
      if (row >= 0 && row < nearby && this.startOf(row) <= to) found.push(this.span(row, 1));
    }
    let row = nearby;
    while (row < this.told.length && this.told.at(row) <= to + this.latest) {
      const start = this.startOf(row);
      const end = this.ends.at(row);
      if (start > to || end < from) {
        row += 1;
        continue;
      }
      const next = end - start < grain ? this.nextBeyond(row, start + grain, grain) : row + 1;
      found.push(this.span(row, next - row));
      row = next;
    }
    return found;
  }

  /** Marks of a time range; several within `grain` milliseconds are one, which has the worst kind of them. */
  marksWithin(from: number, to: number, grain: number): readonly LaneMark[] {
    const found: LaneMark[] = [];
    let row = this.markTimes.lowerBound(from);
    while (row < this.markTimes.length) {
      const time = this.markTimes.at(row);
      if (time > to) break;
      const next = grain === 0 ? row + 1 : Math.max(row + 1, this.markTimes.lowerBound(time + grain, row));
      const kind = KIND_OF_SEVERITY[this.severities.worst(row, next)] ?? 0;
      found.push({ time, kind, seq: seq(this.markSeqs.at(row)), label: this.markLabels.at(row), count: next - row });
      row = next;
    }
    return found;
  }

  /** Forgets what belongs to events before `first`; spans that have not ended stay. */
  trim(first: Seq): void {
    const marks = this.markSeqs.lowerBound(first);
    // Copying what stays is worth it only when much goes.
    if (marks > 16 && marks * 2 > this.markSeqs.length) {
      for (const column of [this.markTimes, this.markSeqs, this.markLabels]) column.drop(marks);
      this.severities.drop(marks);
    }
    let spans = 0;
    while (spans < this.seqs.length && this.seqs.at(spans) < first && !this.open.has(this.droppedSpans + spans)) spans += 1;
    if (spans > 16 && spans * 2 > this.told.length) {
      for (const column of [this.told, this.late, this.ends, this.kinds, this.bads, this.seqs, this.labels]) column.drop(spans);
      this.droppedSpans += spans;
    }
  }

  /** The first row from `row` on that is no short span beginning before `limit`. */
  private nextBeyond(row: number, limit: number, grain: number): number {
    let next = row + 1;
    while (next < this.told.length && this.told.at(next) < limit && this.ends.at(next) - this.startOf(next) < grain) next += 1;
    return next;
  }

  private startOf(row: number): number {
    return this.told.at(row) - this.late.at(row);
  }

  private span(row: number, count: number): LaneSpan {
    const last = row + count - 1;
    let bad = false;
    for (let index = row; index <= last && !bad; index += 1) bad = this.bads.at(index) === 1;
    return {
      start: this.startOf(row), end: this.ends.at(last), kind: this.kinds.at(row), bad, seq: seq(this.seqs.at(row)), label: this.labels.at(row), count,
    };
  }
}
