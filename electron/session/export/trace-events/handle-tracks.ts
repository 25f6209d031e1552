import type { HandleNode } from '../../../../preload/contract/handle';
import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind } from '../../../../preload/contract/query';
import { LABELS, type LaneColumns, type ShapeSink } from '../../../trace/lane-columns';
import { HANDLES, micros, type TraceEventRecord } from './trace-event';

/** Spans of a lane that are apart from one another, inside its life: slices. The others overlap, and are spans of their own. */
const SLICES: ReadonlySet<SpanKind> = new Set(['life', 'received', 'resolve', 'connect', 'send', 'receive']);

/** Marks that the threads do not show better: what ended a handle, and what failed. */
const TOLD: ReadonlySet<MarkKind> = new Set(['close-requested', 'handle-closing', 'cancelled', 'connection-closed', 'failed-call', 'complete-failed', 'completed']);

/** One handle as a track: its life, the phases in it, what it waits for, and how it ended. */
export function handleTrack(node: HandleNode, lane: LaneColumns, end: number): readonly TraceEventRecord[] {
  const sink = new TrackSink(node, end);
  lane.spansWithin(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, sink);
  lane.marksWithin(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, sink);
  return sink.records;
}

export function trackName(node: HandleNode): string {
  return `${node.label} #${node.id}`;
}

class TrackSink implements ShapeSink {
  readonly records: TraceEventRecord[] = [];

  constructor(private readonly node: HandleNode, private readonly end: number) {}

  span(start: number, until: number, kindPlace: number, bad: boolean, seq: number, label: number): void {
    const kind = SPAN_KINDS[kindPlace] ?? 'life';
    if (start > this.end || kind === 'call') return;
    // While it lasts its end is not a number.
    const last = Math.min(Number.isNaN(until) ? this.end : until, this.end);
    const words = kind === 'life' || kind === 'received' ? trackName(this.node) : LABELS.at(label);
    const common = { name: words, cat: kind, pid: HANDLES, tid: this.node.id, ts: micros(start) } as const;
    const args = { seq, ...(bad ? { failed: true } : {}), ...(kind === 'life' || kind === 'received' ? { state: this.node.state, detail: this.node.detail, raw: this.node.raw } : {}), ...(Number.isNaN(until) ? { open: true } : {}) };
    if (SLICES.has(kind)) {
      this.records.push({ ...common, ph: 'X', dur: micros(last - start), args });
      return;
    }
    const id = `${kind}-${this.node.id}-${seq}`;
    this.records.push({ ...common, ph: 'b', id, args }, { ...common, ph: 'e', id, ts: micros(last) });
  }

  mark(time: number, kindPlace: number, seq: number, label: number): void {
    const kind = MARK_KINDS[kindPlace] ?? 'note';
    if (!TOLD.has(kind) || time > this.end) return;
    this.records.push({ name: kind.replace('-', ' '), cat: kind, ph: 'i', s: 't', pid: HANDLES, tid: this.node.id, ts: micros(time), args: { what: LABELS.at(label), seq } });
  }
}
