import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OverviewIndex } from '../../../electron/trace/overview';
import { OVERVIEW_LEVELS } from '../../../preload/contract/query';

const sum = (counts: Uint32Array): number => counts.reduce((all, count) => all + count, 0);

describe('the overview of a trace', () => {
  test('counts every mark once, in the bucket of its time, however the trace grows', () => {
    fc.assert(fc.property(fc.array(fc.float({ min: 0, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 200 }), (unordered) => {
      const times = unordered.toSorted((a, b) => a - b);
      const index = new OverviewIndex();
      for (const time of times) index.add(time, 'call');
      const { from, bucket, counts } = index.answer();
      expect(from).toBe(times[0]);
      expect(counts.length).toBeLessThanOrEqual(2048);
      expect(sum(counts)).toBe(times.length);
      const plain = new Uint32Array(counts.length);
      for (const time of times) plain[Math.floor((time - from) / bucket)] = (plain[Math.floor((time - from) / bucket)] ?? 0) + 1;
      expect([...counts]).toEqual([...plain]);
    }));
  });

  test('keeps the worst of a bucket when buckets become one', () => {
    const index = new OverviewIndex();
    index.add(0, 'call');
    index.add(0.1, 'failed-call');
    index.add(0.2, 'handle-closing');
    for (let time = 1; time < 100_000; time += 50) index.add(time, 'callback');
    const { worst } = index.answer();
    expect(OVERVIEW_LEVELS[worst[0] ?? 0]).toBe('bad');
    expect(worst.slice(1).every((level) => level === 0)).toBe(true);
  });

  test('forgets what a full history has dropped, and takes as much room after ten days as after a second', () => {
    const index = new OverviewIndex();
    for (let hour = 0; hour < 240; hour++) index.add(hour * 3_600_000, 'call');
    index.trim(120 * 3_600_000);
    const { from, bucket, counts } = index.answer();
    expect(counts.length).toBeLessThanOrEqual(2048);
    expect(sum(counts)).toBe(120);
    expect(from + counts.findIndex((count) => count > 0) * bucket).toBeLessThanOrEqual(120 * 3_600_000);
  });
});
