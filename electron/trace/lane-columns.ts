import { seq, type Seq } from '../../preload/contract/ids';
import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind } from '../../preload/contract/query';
import { f64, u32, u8 } from './column';
import { StringTable } from './string-table';

/** Span and mark labels repeat over every lane: one table for all. */
export const LABELS = new StringTable();

export interface LaneSpan {
  readonly start: number;
  /** NaN while it lasts. */
  readonly end: number;
  readonly kind: number;
  readonly bad: boolean;
  readonly seq: Seq;
  readonly label: number;
}

export interface LaneMark {
  readonly time: number;
  readonly kind: number;
  readonly seq: Seq;
  readonly label: number;
}

/** The spans and marks of one lane, in columns, in the order they began. */
export class LaneColumns {
  private readonly starts = f64();
  private readonly ends = f64();
  private readonly kinds = u8();
  private readonly bads = u8();
  private readonly seqs = u32();
  private readonly labels = u32();
  private readonly markTimes = f64();
  private readonly markKinds = u8();
  private readonly markSeqs = u32();
  private readonly markLabels = u32();

  openSpan(kind: SpanKind, start: number, from: Seq, label: string): number {
    this.starts.push(start);
    this.ends.push(Number.NaN);
    this.kinds.push(SPAN_KINDS.indexOf(kind));
    this.bads.push(0);
    this.seqs.push(from);
    this.labels.push(LABELS.intern(label));
    return this.starts.length - 1;
  }

  endSpan(span: number, end: number, bad: boolean): void {
    this.ends.set(span, end);
    this.bads.set(span, bad ? 1 : 0);
  }

  mark(kind: MarkKind, time: number, from: Seq, label: string): void {
    this.markTimes.push(time);
    this.markKinds.push(MARK_KINDS.indexOf(kind));
    this.markSeqs.push(from);
    this.markLabels.push(LABELS.intern(label));
  }

  spansWithin(from: number, to: number): readonly LaneSpan[] {
    const found: LaneSpan[] = [];
    // Spans overlap, so an early one may reach in: all that began before the end are looked at.
    for (let i = 0; i < this.starts.length; i += 1) {
      const start = this.starts.at(i);
      const end = this.ends.at(i);
      if (start > to || end < from) continue;
      found.push({ start, end, kind: this.kinds.at(i), bad: this.bads.at(i) === 1, seq: seq(this.seqs.at(i)), label: this.labels.at(i) });
    }
    return found;
  }

  /** Marks of a time range; of several of one kind within `grain` milliseconds only the first. */
  marksWithin(from: number, to: number, grain: number): readonly LaneMark[] {
    const found: LaneMark[] = [];
    const latest = new Map<number, number>();
    for (let i = this.markTimes.lowerBound(from); i < this.markTimes.length; i += 1) {
      const time = this.markTimes.at(i);
      if (time > to) break;
      const kind = this.markKinds.at(i);
      if (time - (latest.get(kind) ?? Number.NEGATIVE_INFINITY) < grain) continue;
      latest.set(kind, time);
      found.push({ time, kind, seq: seq(this.markSeqs.at(i)), label: this.markLabels.at(i) });
    }
    return found;
  }
}
