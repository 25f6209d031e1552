import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clockAfter, followViewport, liveNow } from '../../../renderer/model/follow';
import {
  digitsOf, fit, formatDelta, formatDuration, formatTick, formatTime, LONGEST_SPAN, panBy, SHORTEST_SPAN, spanOf, tickStep, ticks, timeAt, xOf, zoomAround,
} from '../../../renderer/model/time-scale';

const viewports = fc.record({ from: fc.double({ min: -1e6, max: 1e8, noNaN: true }), span: fc.double({ min: 0.05, max: 1e7, noNaN: true }) })
  .map(({ from, span }) => ({ from, to: from + span }));

describe('the scale', () => {
  test('gives a place back as the time it was asked for', () => {
    fc.assert(fc.property(viewports, fc.integer({ min: 1, max: 4000 }), fc.double({ min: 0, max: 1, noNaN: true }), (viewport, width, part) => {
      const time = viewport.from + part * spanOf(viewport);
      expect(Math.abs(timeAt(viewport, width, xOf(viewport, width, time)) - time)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(time)));
    }));
  });

  test('keeps the time under the pointer in its place, however much it zooms', () => {
    fc.assert(fc.property(viewports, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.2, max: 5, noNaN: true }), (viewport, part, factor) => {
      const anchor = viewport.from + part * spanOf(viewport);
      const zoomed = zoomAround(viewport, anchor, factor);
      expect(Math.abs(xOf(zoomed, 1000, anchor) - part * 1000)).toBeLessThan(0.5);
    }));
  });

  test('zooms neither below what the recorder can tell apart nor beyond a day', () => {
    expect(spanOf(zoomAround({ from: 0, to: 1 }, 0.5, 1e-9))).toBeCloseTo(SHORTEST_SPAN);
    expect(spanOf(zoomAround({ from: 0, to: 1000 }, 0, 1e9))).toBe(LONGEST_SPAN);
  });

  test('pans without changing how much it shows', () => {
    expect(panBy({ from: 10, to: 30 }, -5)).toEqual({ from: 5, to: 25 });
  });

  test('fits a moment as well as a stretch', () => {
    expect(spanOf(fit(5, 5))).toBeGreaterThan(1);
    const fitted = fit(100, 300);
    expect(fitted.from).toBeLessThan(100);
    expect(fitted.to).toBeGreaterThan(300);
  });
});

describe('the ruler', () => {
  test('has ticks at 1, 2 or 5 times a power of ten, far enough apart and all within the view', () => {
    fc.assert(fc.property(viewports, fc.integer({ min: 200, max: 3000 }), (viewport, width) => {
      const step = tickStep(viewport, width, 90);
      const mantissa = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
      expect([1, 2, 5, 10].some((nice) => Math.abs(mantissa - nice) < 1e-6)).toBe(true);
      expect((step / spanOf(viewport)) * width).toBeGreaterThanOrEqual(90 - 1e-6);
      for (const { time } of ticks(viewport, width, 90)) {
        expect(time).toBeGreaterThanOrEqual(viewport.from - step * 1e-6);
        expect(time).toBeLessThanOrEqual(viewport.to + step * 1e-6);
      }
    }));
  });

  test('tells two neighbouring ticks apart', () => {
    for (const viewport of [{ from: 1306, to: 1306.08 }, { from: 0, to: 5000 }, { from: 12_000, to: 12_900 }, { from: 0, to: 3_600_000 }]) {
      const labels = ticks(viewport, 800, 92).map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
      expect(labels.length).toBeGreaterThan(1);
    }
  });

  test.each([[1200, 25, '1,200 ms'], [1200.5, 0.5, '1,200.5 ms'], [4000, 1000, '4 s'], [12_500, 500, '12.5 s'], [-20, 10, '−20 ms'], [0, 5, '0 ms']])(
    'writes %d at steps of %d as %s', (time, step, label) => expect(formatTick(time, step)).toBe(label));
});

describe('times in words', () => {
  test.each([[0.0124, '12 µs'], [5.25, '5.3 ms'], [800, '800 ms'], [12_345, '12.3 s']])('%d lasts %s', (time, words) => expect(formatDuration(time)).toBe(words));
  test('group thousands and keep the sign', () => {
    expect(formatTime(1306.44)).toBe('1,306.4');
    expect(formatDelta(98.06)).toBe('+98.1');
    expect(formatDelta(-1)).toBe('−1.0');
    expect(formatTime(1_234_567.8, 0)).toBe('1,234,568');
  });
  test('have the digits that tell two pixels apart', () => {
    expect(digitsOf({ from: 0, to: 10_000 }, 1000)).toBe(1);
    expect(digitsOf({ from: 0, to: 1 }, 1000)).toBe(3);
  });
});

describe('a view that follows', () => {
  test('grows from its anchor and slides when it is as long as it may be', () => {
    const follow = { anchor: 100, longest: 1000 };
    const young = followViewport(follow, 300);
    expect(young.from).toBeLessThan(100);
    expect(young.to).toBeGreaterThan(300);
    const old = followViewport(follow, 5000);
    expect(old.from).toBeLessThan(4000);
    expect(old.from).toBeGreaterThan(3900);
  });
  test('shows something before anything took time', () => expect(spanOf(followViewport({ anchor: 5, longest: 1000 }, 5))).toBeGreaterThan(10));
  test('stands still where the last event put it while nothing happens and nothing is owed', () => {
    const idle = { now: 50, heardAt: 1000, running: false };
    expect(clockAfter(idle, { now: 1050, heardAt: 2000, running: false }, false).now).toBe(50);
    expect(clockAfter(idle, { now: 1050, heardAt: 2000, running: false }, true).now).toBe(1050);
    expect(clockAfter(idle, { now: 1050, heardAt: 2000, running: true }, false).now).toBe(1050);
    expect(clockAfter({ ...idle, running: true }, { now: 1050, heardAt: 2000, running: false }, false).now).toBe(1050);
  });
  test('lets time run on only while something is owed', () => {
    expect(liveNow({ now: 50, heardAt: 1000, running: true }, 1016)).toBe(66);
    expect(liveNow({ now: 50, heardAt: 1000, running: false }, 9000)).toBe(50);
  });
});
