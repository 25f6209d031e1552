import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MARK_KINDS, SPAN_KINDS, type MarkKind, type SpanKind, type TimelineAnswer } from '../../../preload/contract/query';
import { hitTest } from '../../../renderer/model/hit-test';
import { placeLabels, type Label, type LaneItem } from '../../../renderer/model/label-placement';
import { buildScene, PAINT_ORDER, type Scene } from '../../../renderer/model/timeline-scene';

interface Span { readonly kind: SpanKind; readonly from: number; readonly to?: number; readonly label?: string; readonly lane?: number; readonly bad?: boolean }
interface Mark { readonly kind: MarkKind; readonly at: number; readonly label?: string; readonly lane?: number }

const WIDTH = 1000;
/** Six pixels a character: near to the real font, and the same everywhere. */
const measure = (text: string): number => text.length * 6;

function answerOf(spans: readonly Span[], marks: readonly Mark[]): TimelineAnswer {
  const strings: string[] = [];
  const text = (label = ''): number => strings.push(label) - 1;
  return {
    revision: 1, overview: { from: 0, bucket: 1, counts: new Uint32Array(), worst: new Uint8Array() },
    spans: {
      lane: Uint32Array.from(spans, ({ lane = 1 }) => lane), start: Float64Array.from(spans, ({ from }) => from), end: Float64Array.from(spans, ({ to = Number.NaN }) => to),
      kind: Uint8Array.from(spans, ({ kind }) => SPAN_KINDS.indexOf(kind)), bad: Uint8Array.from(spans, ({ bad = false }) => Number(bad)),
      seq: Uint32Array.from(spans, (_span, index) => index), label: Uint32Array.from(spans, ({ label }) => text(label)),
      count: new Uint32Array(spans.length).fill(1),
    },
    marks: {
      lane: Uint32Array.from(marks, ({ lane = 1 }) => lane), time: Float64Array.from(marks, ({ at }) => at), kind: Uint8Array.from(marks, ({ kind }) => MARK_KINDS.indexOf(kind)),
      seq: Uint32Array.from(marks, (_mark, index) => 100 + index), label: Uint32Array.from(marks, ({ label }) => text(label)),
      count: new Uint32Array(marks.length).fill(1),
    },
    strings,
  };
}

/** A view of 1,000 ms on 1,000 pixels: a millisecond is a pixel. */
function sceneOf(spans: readonly Span[], marks: readonly Mark[] = [], now = 900): Scene {
  return buildScene({ answer: answerOf(spans, marks), viewport: { from: 0, to: 1000 }, width: WIDTH, now, rowOf: new Map([[1, 0], [2, 1]]), measure });
}

describe('a scene', () => {
  test('draws what has not ended up to now', () => {
    const [span] = sceneOf([{ kind: 'pending', from: 100 }]).spans;
    expect(span).toMatchObject({ x: 100, width: 800, end: undefined });
  });

  test('paints phases over the operation that they belong to, and a closing over all', () => {
    const kinds = sceneOf([{ kind: 'closing', from: 5, to: 9 }, { kind: 'send', from: 2, to: 4 }, { kind: 'pending', from: 1, to: 9 }, { kind: 'life', from: 0 }]).spans;
    const depth = (kind: SpanKind): number => PAINT_ORDER.indexOf(kind);
    expect([...kinds].map(({ kind }) => kind).toSorted((a, b) => depth(a) - depth(b))).toEqual(['life', 'pending', 'send', 'closing']);
  });

  test('leaves out what lies outside the view and the lanes that are not on the screen', () => {
    const scene = sceneOf([{ kind: 'send', from: 2000, to: 2100 }, { kind: 'send', from: 10, to: 20, lane: 9 }], [{ kind: 'call', at: 1500 }, { kind: 'call', at: 5, lane: 9 }]);
    expect([scene.spans.length, scene.marks.length, scene.labels.length]).toEqual([0, 0, 0]);
  });

  test('cuts a box far beyond the view near its edge, and keeps the shortest visible', () => {
    const scene = sceneOf([{ kind: 'life', from: -1e9, to: 1e9 }, { kind: 'send', from: 50, to: 50.001 }]);
    expect([...scene.spans].map(({ x, width }) => [x, width])).toEqual([[-8, WIDTH + 16], [50, 2]]);
  });

  test('stands the bolt of a connection beside the cross that closed it', () => {
    const [cross, bolt] = sceneOf([], [{ kind: 'cancelled', at: 300 }, { kind: 'connection-closed', at: 300.2 }]).marks;
    expect(cross).toMatchObject({ x: 300, drawn: true });
    expect(bolt?.drawn).toBe(true);
    expect((bolt?.x ?? 0) - (cross?.x ?? 0)).toBeGreaterThanOrEqual(12);
  });

  test('of marks that would lie on each other draws the most telling, and keeps the others for the pointer and the table', () => {
    const { marks } = sceneOf([], [{ kind: 'complete', at: 300 }, { kind: 'close-requested', at: 303 }, { kind: 'handle-closing', at: 304 }, { kind: 'callback', at: 302 }, { kind: 'handle-closing', at: 340 }]);
    expect([...marks].map(({ kind, drawn }) => [kind, drawn])).toEqual([['complete', false], ['close-requested', true], ['handle-closing', false], ['callback', true], ['handle-closing', true]]);
  });

  test('writes that a close waits only while it does', () => {
    const waiting = sceneOf([{ kind: 'closing', from: 100, label: 'waiting for HANDLE_CLOSING' }]);
    const over = sceneOf([{ kind: 'closing', from: 100, to: 700, label: 'waiting for HANDLE_CLOSING' }]);
    expect(waiting.labels.map(({ text }) => text)).toEqual(['waiting for HANDLE_CLOSING']);
    expect(over.labels).toEqual([]);
  });

  test('clears a place for words on a bar that is lower than they are', () => {
    const labels = sceneOf([{ kind: 'call', from: 100, to: 700, label: 'InternetCloseHandle' }, { kind: 'receive', from: 100, to: 700, label: 'receive' }]).labels;
    expect(labels.filter(({ cleared }) => cleared).map(({ text }) => text)).not.toContain('receive');
    expect(sceneOf([{ kind: 'call', from: 100, to: 700, label: 'InternetCloseHandle' }]).labels).toMatchObject([{ text: 'InternetCloseHandle', cleared: true }]);
  });

  test('writes the same words of operations that pend at once only once', () => {
    const receives = [10, 11, 12, 13].map((from) => ({ kind: 'pending' as const, from, label: 'HttpReceiveHttpRequest pending' }));
    expect(sceneOf(receives).labels).toHaveLength(1);
  });
});

describe('labels', () => {
  const item = (change: Partial<LaneItem>): LaneItem => ({ row: 0, from: 0, to: 100, depth: 1, text: '', rank: 10, place: 'inside', ink: 'text-1', cleared: false, ...change });

  const place = (items: readonly LaneItem[]): readonly Label[] => placeLabels(items, (row, cover) => {
    for (const other of items) if (other.row === row) cover.add(other.from, other.to, other.depth);
  }, WIDTH, measure);

  test('stand in the part of their span that nothing covers', () => {
    const [label] = place([item({ from: 0, to: 500, text: 'pending' }), item({ from: 0, to: 200, depth: 2 })]);
    expect(label).toMatchObject({ x: 204, text: 'pending' });
  });

  test('after a mark end before the next item', () => {
    const mark = item({ from: 94, to: 106, depth: 100, place: 'after', text: 'cancelled', rank: 1 });
    expect(place([mark])).toHaveLength(1);
    expect(place([mark, item({ from: 130, to: 140, depth: 100 })])).toEqual([]);
  });

  test('that are a little too long are cut, and left out where a cut would say nothing', () => {
    const [cut] = place([item({ to: 120, text: 'a rather long label indeed' })]);
    expect(cut?.text.endsWith('…')).toBe(true);
    expect(place([item({ to: 50, text: 'a rather long label indeed' })])).toEqual([]);
  });

  test('never touch each other, an item that covers theirs, or the edge, whatever the lane holds', () => {
    const items = fc.array(fc.record({
      row: fc.integer({ min: 0, max: 2 }), from: fc.integer({ min: -50, max: 950 }), length: fc.integer({ min: 1, max: 400 }), depth: fc.integer({ min: 0, max: 5 }),
      text: fc.constantFrom('', 'send', 'HttpSendRequest pending', 'connection closed'), rank: fc.integer({ min: 1, max: 10 }), place: fc.constantFrom('inside' as const, 'after' as const),
    }).map(({ length, ...rest }) => item({ ...rest, to: rest.from + length })), { maxLength: 25 });
    fc.assert(fc.property(items, (lane) => {
      const labels = place(lane);
      for (const label of labels) {
        expect(label.x).toBeGreaterThanOrEqual(0);
        expect(label.x + label.width).toBeLessThanOrEqual(WIDTH);
        for (const other of labels) {
          if (other !== label && other.row === label.row) expect(label.x + label.width <= other.x || other.x + other.width <= label.x).toBe(true);
        }
      }
    }));
  });
});

describe('the pointer', () => {
  const scene = sceneOf([{ kind: 'life', from: 0 }, { kind: 'pending', from: 100, to: 400 }, { kind: 'send', from: 150, to: 200 }], [{ kind: 'complete', at: 400 }]);

  test('finds the nearest mark, else the span on top, else nothing of a bare life', () => {
    expect(hitTest(scene, 0, 396)).toMatchObject({ kind: 'mark', mark: { kind: 'complete' } });
    expect(hitTest(scene, 0, 170)).toMatchObject({ kind: 'span', span: { kind: 'send' } });
    expect(hitTest(scene, 0, 300)).toMatchObject({ kind: 'span', span: { kind: 'pending' } });
    expect(hitTest(scene, 0, 600)).toBeUndefined();
    expect(hitTest(scene, 1, 170)).toBeUndefined();
  });
});
