import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { densityColumns, drawn, extentOf, frameOf, gripAt, minimapKey } from '../../../renderer/model/minimap';
import { spanOf } from '../../../renderer/model/time-scale';

const extent = { from: 100, to: 1100 };

describe('the frame of the minimap', () => {
  test('lies where the view does', () => expect(frameOf({ from: 350, to: 600 }, extent, 1000)).toEqual({ left: 250, width: 250 }));

  test('can be seen and taken hold of whatever the view is', () => {
    const time = fc.float({ min: -5000, max: 5000, noNaN: true });
    fc.assert(fc.property(time, time, (a, b) => {
      const { left, width } = frameOf({ from: Math.min(a, b), to: Math.max(a, b) + 0.01 }, extent, 1000);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(width).toBeGreaterThanOrEqual(11.9);
      expect(left + width).toBeLessThanOrEqual(1000.1);
    }));
  });

  test.each([[250, 'start'], [247, 'start'], [500, 'end'], [375, 'frame'], [100, 'strip'], [900, 'strip']] as const)('at %d is held by its %s', (x, grip) => {
    expect(gripAt({ left: 250, width: 250 }, x)).toBe(grip);
  });

  test('is drawn along, or by an edge, which never passes the other', () => {
    const view = { from: 350, to: 600 };
    expect(drawn(view, 'frame', 50)).toEqual({ from: 400, to: 650 });
    expect(drawn(view, 'start', 50)).toEqual({ from: 400, to: 600 });
    expect(drawn(view, 'end', -50)).toEqual({ from: 350, to: 550 });
    expect(spanOf(drawn(view, 'start', 5000))).toBeGreaterThan(0);
    expect(spanOf(drawn(view, 'end', -5000))).toBeGreaterThan(0);
  });

  test.each([
    ['ArrowLeft', { from: 325, to: 575 }], ['ArrowRight', { from: 375, to: 625 }], ['PageDown', { from: 575, to: 825 }],
    ['Home', { from: 100, to: 350 }], ['End', { from: 850, to: 1100 }], ['x', undefined],
  ])('goes by %s as a slider does', (key, expected) => {
    expect(minimapKey({ from: 350, to: 600 }, extent, { key, shiftKey: false })).toEqual(expected);
  });
});

describe('the strip', () => {
  const overview = { from: 100, bucket: 10, counts: Uint32Array.from([4, 0, 1, 0]), worst: Uint8Array.from([2, 0, 0, 0]) };

  test('reaches from the first event to the last, or to now', () => {
    expect(extentOf(overview, 0)).toEqual({ from: 100, to: 140 });
    const live = extentOf(overview, 501);
    expect(live.from).toBe(100);
    expect(live.to).toBeGreaterThanOrEqual(501);
    expect(live.to).toBeLessThan(560);
    expect(extentOf(overview, 502)).toEqual(live);
    expect(spanOf(extentOf(undefined, 0))).toBeGreaterThan(0);
  });

  test('shows how dense and how bad each pixel is, also where many buckets fall on one', () => {
    const fine = densityColumns(overview, { from: 100, to: 140 }, 8);
    expect(fine.map(({ x }) => x)).toEqual([0, 1, 4, 5]);
    expect(fine[0]).toEqual({ x: 0, height: 1, level: 2 });
    expect(fine[2]?.height).toBeCloseTo(0.5);
    expect(densityColumns(overview, { from: 100, to: 1100 }, 10)).toEqual([{ x: 0, height: 1, level: 2 }]);
  });
});
