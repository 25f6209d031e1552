import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LaneColumns, type ShapeSink } from '../../../electron/trace/lane-columns';
import { SeverityPyramid } from '../../../electron/trace/severity-pyramid';
import { seq } from '../../../preload/contract/ids';
import { MARK_KINDS } from '../../../preload/contract/query';

interface Shape {
  readonly kind: number;
  readonly seq: number;
  readonly count: number;
  readonly start?: number;
  readonly end?: number;
  readonly bad?: boolean;
}

class Found implements ShapeSink {
  readonly shapes: Shape[] = [];

  span(start: number, end: number, kind: number, bad: boolean, place: number, _label: number, count: number): void {
    this.shapes.push({ start, end, kind, bad, seq: place, count });
  }

  mark(_time: number, kind: number, place: number, _label: number, count: number): void {
    this.shapes.push({ kind, seq: place, count });
  }
}

function spansOf(lane: LaneColumns, from: number, to: number, grain: number): readonly Shape[] {
  const found = new Found();
  lane.spansWithin(from, to, grain, found);
  return found.shapes;
}

function marksOf(lane: LaneColumns, from: number, to: number, grain: number): readonly Shape[] {
  const found = new Found();
  lane.marksWithin(from, to, grain, found);
  return found.shapes;
}

const GAPS = fc.array(fc.record({ gap: fc.nat(20), length: fc.option(fc.nat(60), { nil: undefined }), early: fc.nat(10) }), { maxLength: 80 });

describe('a lane', () => {
  test('finds exactly the spans that reach into a range, open, long and late-told ones too', () => {
    fc.assert(fc.property(GAPS, fc.nat(500), fc.nat(300), (gaps, from, width) => {
      const lane = new LaneColumns();
      const truth: { readonly start: number; readonly end: number }[] = [];
      let now = 0;
      for (const { gap, length, early } of gaps) {
        now += gap;
        const start = Math.max(0, now - early);
        const span = lane.openSpan('call', start, seq(truth.length), 'x');
        // Told at `now`: what began earlier ends no earlier than it was told of.
        if (length !== undefined) lane.endSpan(span, now + length, false);
        truth.push({ start, end: length === undefined ? Number.POSITIVE_INFINITY : now + length });
      }
      const to = from + width;
      const expected = truth.flatMap((span, index) => (span.start <= to && span.end >= from ? [index] : []));
      const found = spansOf(lane, from, to, 0).map((span) => span.seq).sort((a, b) => a - b);
      expect(found).toEqual(expected);
    }), { numRuns: 2000 });
  });

  test('merges short spans into one and loses none, and never a long or an open one', () => {
    fc.assert(fc.property(GAPS, fc.integer({ min: 1, max: 40 }), (gaps, grain) => {
      const lane = new LaneColumns();
      let now = 0;
      let long = 0;
      for (const [index, { gap, length }] of gaps.entries()) {
        now += gap;
        const span = lane.openSpan('call', now, seq(index), 'x');
        if (length !== undefined) lane.endSpan(span, now + length, false);
        if (length === undefined || length >= grain) long += 1;
      }
      const found = spansOf(lane, 0, now + 1000, grain);
      expect(found.reduce((sum, span) => sum + span.count, 0)).toBe(gaps.length);
      expect(found.filter((span) => span.count === 1).length).toBeGreaterThanOrEqual(long);
      expect(found.filter((span) => span.count > 1).every((span) => !Number.isNaN(span.end))).toBe(true);
    }), { numRuns: 1000 });
  });

  test('counts every mark exactly once, however coarse the view', () => {
    fc.assert(fc.property(fc.array(fc.record({ gap: fc.nat(9), kind: fc.constantFrom(...MARK_KINDS) }), { maxLength: 200 }), fc.nat(50), (marks, grain) => {
      const lane = new LaneColumns();
      let time = 0;
      for (const [index, { gap, kind }] of marks.entries()) {
        time += gap;
        lane.mark(kind, time, seq(index), kind);
      }
      const found = marksOf(lane, 0, time, grain);
      expect(found.reduce((sum, mark) => sum + mark.count, 0)).toBe(marks.length);
    }));
  });

  test('shows the failure among a thousand callbacks on one pixel', () => {
    const lane = new LaneColumns();
    for (let i = 0; i < 1000; i += 1) lane.mark(i === 500 ? 'failed-call' : 'callback', i / 1000, seq(i), 'x');
    const [only, ...rest] = marksOf(lane, 0, 1, 2);
    expect(rest).toEqual([]);
    expect(only).toMatchObject({ kind: MARK_KINDS.indexOf('failed-call'), seq: 500, count: 1000 });
  });

  test('tells a few marks at one place each by itself: the bolt of a connection beside the cross that closed it', () => {
    const lane = new LaneColumns();
    lane.mark('cancelled', 10, seq(7), 'cancel');
    lane.mark('connection-closed', 10.2, seq(8), 'connection closed');
    expect(marksOf(lane, 0, 100, 5).map((mark) => [mark.seq, mark.count])).toEqual([[7, 1], [8, 1]]);
  });

  test('forgets what is old and keeps what has not ended', () => {
    const lane = new LaneColumns();
    const open = lane.openSpan('life', 0, seq(0), 'life');
    for (let i = 1; i < 200; i += 1) {
      lane.mark('callback', i, seq(i), 'x');
      lane.endSpan(lane.openSpan('call', i, seq(i), 'c'), i + 0.5, false);
    }
    lane.trim(seq(150), 150);
    expect(marksOf(lane, 0, 1000, 0).map((mark) => mark.seq)).toEqual(Array.from({ length: 50 }, (_, index) => 150 + index));
    lane.endSpan(open, 300, true);
    expect(spansOf(lane, 250, 260, 0)).toMatchObject([{ start: 0, end: 300, bad: true }]);
  });

  test('of a handle that lives long keeps its life and gives back the memory of what came and went', () => {
    const lane = new LaneColumns();
    const life = lane.openSpan('life', 0, seq(0), 'life');
    const bytes: number[] = [];
    for (let i = 1; i <= 20_000; i += 1) {
      lane.mark('callback', i, seq(i), 'x');
      lane.endSpan(lane.openSpan('pending', i, seq(i), 'p'), i + 0.5, false);
      if (i % 1000 !== 0) continue;
      lane.trim(seq(i - 500), i - 500);
      bytes.push(lane.bytes);
    }
    expect(bytes.at(-1)).toBeLessThan(2 * (bytes[2] ?? 0));
    expect(spansOf(lane, 19_000, 19_001, 0)).toMatchObject([{ start: 0, end: Number.NaN }]);
    lane.endSpan(life, 20_001, false);
    expect(spansOf(lane, 19_600, 19_600.2, 0).filter(({ start }) => start === 0)).toMatchObject([{ end: 20_001 }]);
    lane.trim(seq(30_000), 30_000);
    expect(spansOf(lane, 0, 40_000, 0).filter(({ start }) => start === 0)).toEqual([]);
  });
});

describe('the pyramid', () => {
  test('knows the worst of any run, before and after the front was dropped', () => {
    fc.assert(fc.property(fc.array(fc.nat(11), { maxLength: 300 }), fc.nat(300), fc.nat(300), fc.nat(100), (values, a, b, dropped) => {
      const pyramid = new SeverityPyramid();
      for (const value of values) pyramid.push(value);
      const worst = (list: readonly number[], from: number, to: number): number => Math.max(0, ...list.slice(from, to));
      const [from, to] = [Math.min(a, b, values.length), Math.min(Math.max(a, b), values.length)];
      expect(pyramid.worst(from, to)).toBe(worst(values, from, to));
      const gone = Math.min(dropped, values.length);
      pyramid.drop(gone);
      expect(pyramid.worst(0, values.length - gone)).toBe(worst(values, gone, values.length));
    }), { numRuns: 500 });
  });

  test('finds the first place of the worst in short runs and in long ones', () => {
    const run = fc.array(fc.nat(4), { minLength: 1, maxLength: 600 });
    fc.assert(fc.property(run, fc.nat(600), fc.nat(600), (values, a, b) => {
      const pyramid = new SeverityPyramid();
      for (const value of values) pyramid.push(value);
      const from = Math.min(a, b, values.length - 1);
      const to = Math.max(from + 1, Math.min(Math.max(a, b), values.length));
      const part = values.slice(from, to);
      expect(pyramid.firstWorst(from, to)).toBe(from + part.indexOf(Math.max(...part)));
    }), { numRuns: 1000 });
  });
});
