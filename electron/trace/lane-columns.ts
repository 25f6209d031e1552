import type { Seq } from '../../preload/contract/ids';
import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind } from '../../preload/contract/query';
import { firstNotBelow, MarkRows, SpanRows } from './lane-rows';
import { SeverityPyramid } from './severity-pyramid';
import { StringTable } from './string-table';

/** Span and mark labels repeat over every lane: one table for all. */
export const LABELS = new StringTable();

/** Takes what a lane finds; numbers only, so that a dense answer makes no objects. */
export interface ShapeSink {
  /** `end` is NaN while it lasts; `count` spans are merged into this one. */
  span(start: number, end: number, kind: number, bad: boolean, seq: number, label: number, count: number): void;
  /** Of `count` marks the first of the worst kind. */
  mark(time: number, kind: number, seq: number, label: number, count: number): void;
}

/** How much a kind of mark wants to be seen when many fall on one pixel: the later in this list, the more. */
const BY_SEVERITY: readonly MarkKind[] = [
  'callback', 'call', 'note', 'complete', 'completed', 'created', 'handle-closing', 'close-requested', 'connection-closed', 'cancelled',
  'failed-call', 'complete-failed',
];
// Object.fromEntries forgets its keys, which are all the kinds there are.
const SEVERITY = Object.fromEntries(MARK_KINDS.map((kind) => [kind, BY_SEVERITY.indexOf(kind)])) as Readonly<Record<MarkKind, number>>;
const KIND_OF_SEVERITY: readonly number[] = BY_SEVERITY.map((kind) => MARK_KINDS.indexOf(kind));

/** So few marks at one place are all told: the bolt beside its cross, the completion before its HANDLE_CLOSING. */
const FEW_MARKS = 4;

/** Spans looked at one by one before whole runs of as many are asked for at once. */
const RUN = 64;

/** A span outside the columns. */
interface Carried {
  readonly start: number;
  /** NaN while it lasts. */
  readonly end: number;
  readonly kind: number;
  readonly bad: boolean;
  readonly seq: number;
  readonly label: number;
}

/** The spans and marks of one lane, in columns, in the order they began. */
export class LaneColumns {
  private readonly spans = new SpanRows();
  private readonly marks = new MarkRows();
  private readonly severities = new SeverityPyramid();
  /** Of each ended span how long it was, as a power of two: whether a run holds one too long to be merged. */
  private readonly lengths = new SeverityPyramid();
  private readonly worsts = new SeverityPyramid();
  /** Spans dropped from the front: their numbers stay what they were. */
  private droppedSpans = 0;
  /** The longest span that has ended: how far back one can begin that still reaches into a time. */
  private longest = 0;
  private latest = 0;
  /** Spans that began before the history and last into it, by their numbers: a handle's life, a call that has pended long. */
  private readonly carried = new Map<number, Carried>();
  /** Spans that have not ended, by their numbers. */
  private readonly open = new Set<number>();

  get bytes(): number {
    return [this.spans, this.marks, this.severities, this.lengths, this.worsts].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  openSpan(kind: SpanKind, start: number, from: Seq, label: string): number {
    const { spans } = this;
    const told = Math.max(start, spans.told[spans.length - 1] ?? start);
    spans.push(told, told - start, SPAN_KINDS.indexOf(kind), from, LABELS.intern(label));
    this.latest = Math.max(this.latest, told - start);
    this.lengths.push(0);
    this.worsts.push(0);
    const span = this.droppedSpans + spans.length - 1;
    this.open.add(span);
    return span;
  }

  endSpan(span: number, end: number, bad: boolean): void {
    const row = span - this.droppedSpans;
    if (!this.open.delete(span)) return;
    const carried = this.carried.get(span);
    if (carried !== undefined) this.carried.set(span, { ...carried, end, bad });
    if (row < 0) return;
    this.spans.ends[row] = end;
    this.lengths.raise(row, lengthClass(end - this.spans.startOf(row)));
    if (bad) this.worsts.raise(row, 1);
    this.longest = Math.max(this.longest, end - this.spans.startOf(row));
  }

  mark(kind: MarkKind, time: number, from: Seq, label: string): void {
    this.marks.push(time, from, LABELS.intern(label));
    this.severities.push(SEVERITY[kind]);
  }

  /** Spans that reach into a time range; those shorter than `grain` milliseconds that begin together count as one. */
  spansWithin(from: number, to: number, grain: number, sink: ShapeSink): void {
    for (const { start, end, kind, bad, seq, label } of this.carried.values()) {
      if (start <= to && !(end < from)) sink.span(start, end, kind, bad, seq, label, 1);
    }
    const { told, late, ends, length: count } = this.spans;
    const nearby = firstNotBelow(told, count, from - this.longest);
    // Open ones reach everywhere, however long ago they began.
    for (const span of this.open) {
      const row = span - this.droppedSpans;
      if (row >= 0 && row < nearby && this.spans.startOf(row) <= to) this.give(row, 1, sink);
    }
    const last = to + this.latest;
    let row = nearby;
    while (row < count) {
      const at = told[row] ?? 0;
      if (at > last) break;
      const start = at - (late[row] ?? 0);
      const end = ends[row] ?? Number.NaN;
      if (start > to || end < from) {
        row += 1;
        continue;
      }
      const next = end - start < grain ? this.nextBeyond(row, start + grain, grain) : row + 1;
      this.give(row, next - row, sink);
      row = next;
    }
  }

  /** Marks of a time range; many within `grain` milliseconds are one, the worst of them. A few stay themselves. */
  marksWithin(from: number, to: number, grain: number, sink: ShapeSink): void {
    const { times, length: count } = this.marks;
    let row = firstNotBelow(times, count, from);
    while (row < count) {
      const time = times[row] ?? 0;
      if (time > to) break;
      const next = grain === 0 ? row + 1 : firstNotBelow(times, count, time + grain, row + 1);
      if (next - row > FEW_MARKS) this.giveMark(this.severities.firstWorst(row, next), next - row, sink);
      else for (let few = row; few < next && (times[few] ?? 0) <= to; few += 1) this.giveMark(few, 1, sink);
      row = next;
    }
  }

  private giveMark(row: number, count: number, sink: ShapeSink): void {
    const kind = KIND_OF_SEVERITY[this.severities.at(row)] ?? 0;
    const { times, seqs, labels } = this.marks;
    sink.mark(times[row] ?? 0, kind, seqs[row] ?? 0, labels[row] ?? 0, count);
  }

  /** The event of the newest mark, -1 without one. */
  get lastMark(): number {
    return this.marks.seqs[this.marks.length - 1] ?? -1;
  }

  /** Forgets what belongs to events before `first`, whose time is `time`; spans that last beyond it stay. */
  trim(first: Seq, time: number): void {
    const marks = marksBefore(this.marks, first);
    // Copying what stays is worth it only when much goes.
    if (marks > 16 && marks * 2 > this.marks.length) {
      for (const rows of [this.marks, this.severities]) rows.drop(marks);
    }
    const spans = spansBefore(this.spans, first);
    if (spans > 16 && spans * 2 > this.spans.length) {
      for (let row = 0; row < spans; row += 1) this.carry(row, time);
      for (const rows of [this.spans, this.lengths, this.worsts]) rows.drop(spans);
      this.droppedSpans += spans;
    }
    for (const [span, { end }] of this.carried) if (end < time) this.carried.delete(span);
  }

  /** Sets aside a span of a row that is dropped, if it lasts beyond a time. */
  private carry(row: number, time: number): void {
    const { ends, kinds, seqs, labels } = this.spans;
    const end = ends[row] ?? Number.NaN;
    if (end < time) return;
    this.carried.set(this.droppedSpans + row, {
      start: this.spans.startOf(row), end, kind: kinds[row] ?? 0, bad: this.worsts.at(row) === 1, seq: seqs[row] ?? 0, label: labels[row] ?? 0,
    });
  }

  /** The first row from `row` on that is no short, ended span told of before `limit`. */
  private nextBeyond(row: number, limit: number, grain: number): number {
    const { told, length: count } = this.spans;
    const few = Math.min(count, row + RUN);
    let next = row + 1;
    while (next < few && (told[next] ?? 0) < limit && this.isShort(next, grain)) next += 1;
    return next < few ? next : this.nextBeyondMany(next, limit, grain);
  }

  /** The same for rows that lie close: a whole run of short ones is passed over at once. */
  private nextBeyondMany(from: number, limit: number, grain: number): number {
    const bound = firstNotBelow(this.spans.told, this.spans.length, limit, from);
    const tooLong = lengthClass(grain);
    let next = from;
    while (next < bound) {
      const run = Math.min(bound, next + RUN);
      if (this.lengths.worst(next, run) < tooLong && this.allEnded(next, run)) next = run;
      else if (this.isShort(next, grain)) next += 1;
      else break;
    }
    return next;
  }

  /** False for one that has not ended: NaN is below nothing. */
  private isShort(row: number, grain: number): boolean {
    return (this.spans.ends[row] ?? Number.NaN) - this.spans.startOf(row) < grain;
  }

  private allEnded(from: number, to: number): boolean {
    for (const span of this.open) {
      const row = span - this.droppedSpans;
      if (row >= from && row < to) return false;
    }
    return true;
  }

  private give(row: number, count: number, sink: ShapeSink): void {
    const bad = (count === 1 ? this.worsts.at(row) : this.worsts.worst(row, row + count)) === 1;
    const { ends, kinds, seqs, labels } = this.spans;
    sink.span(this.spans.startOf(row), ends[row + count - 1] ?? Number.NaN, kinds[row] ?? 0, bad, seqs[row] ?? 0, labels[row] ?? 0, count);
  }
}

/** Lengths by powers of two from a microsecond on: 1 to 255, growing with the length. */
function lengthClass(milliseconds: number): number {
  return Math.min(255, Math.max(1, Math.floor(Math.log2(Math.max(milliseconds, 0.001) * 1000)) + 1));
}

/** How many of the first spans tell of events before a place. One that was told of late lies behind younger ones. */
function spansBefore({ seqs, length }: SpanRows, first: Seq): number {
  let row = 0;
  while (row < length && (seqs[row] ?? 0) < first) row += 1;
  return row;
}

/** The same of marks, whose places never fall. */
function marksBefore({ seqs, length }: MarkRows, first: Seq): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((seqs[middle] ?? 0) < first) low = middle + 1;
    else high = middle;
  }
  return low;
}
