import { describe, expect, test } from 'vitest';
import { milliseconds } from '../../../preload/contract/number-words';
import { clockTime, momentHead, momentText, rowMoment, stretchText, toldTicks, type TimeTelling } from '../../../renderer/model/time-mode';
import { formatTime, ticks } from '../../../renderer/model/time-scale';

/** 14:03:07.250 here, wherever that is. */
const STARTED = new Date(2026, 10, 22, 14, 3, 7, 250).getTime();
const SINCE_START: TimeTelling = { mode: 'start', startedAt: 0, zero: undefined };
const CLOCK: TimeTelling = { mode: 'clock', startedAt: STARTED, zero: undefined };
const FROM_EVENT: TimeTelling = { mode: 'event', startedAt: STARTED, zero: 1000 };
const DELTA: TimeTelling = { mode: 'delta', startedAt: STARTED, zero: undefined };

describe('a moment', () => {
  test('is told since the start, by the clock, or from an event', () => {
    expect(momentText(1960, SINCE_START)).toBe('1,960.0 ms');
    expect(momentText(1960, CLOCK)).toBe('14:03:09.210');
    expect(momentText(1960.5, CLOCK, 3)).toBe('14:03:09.210500');
    expect(momentText(1960, FROM_EVENT)).toBe('+960.0 ms');
    expect(momentText(40.25, FROM_EVENT, 3)).toBe('−959.750 ms');
  });

  test('of a list is told after the row above, in the mode for it, and its first row since the start', () => {
    expect(rowMoment(1960, 1950, DELTA)).toBe('+10.0');
    expect(rowMoment(1960, undefined, DELTA)).toBe('1,960.0');
    expect(rowMoment(1960, 1950, CLOCK)).toBe('14:03:09.210');
  });

  test('is told since the start while no event was chosen', () => {
    expect(momentText(5, { ...FROM_EVENT, zero: undefined })).toBe('5.0 ms');
    expect([SINCE_START, CLOCK, DELTA, FROM_EVENT].map(momentHead)).toEqual(['Time, ms', 'Clock', 'After, ms', 'From event']);
  });

  test('is written the same in the details, which main makes, as in the lists', () => {
    for (const time of [0, 0.04, 999.96, 1960, 1_234_567.89]) expect(milliseconds(time)).toBe(`${formatTime(time)} ms`);
  });

  test('by the clock is rounded before it is taken apart', () => {
    expect(clockTime(new Date(2026, 0, 1, 23, 59, 59, 999).getTime() + 0.9996, 6)).toBe('00:00:00.000000');
    expect(clockTime(new Date(2026, 0, 1, 8, 5, 3, 400).getTime(), 0)).toBe('08:05:03');
  });
});

test('a stretch has one unit', () => {
  expect(stretchText({ from: 12, to: 14.5 }, SINCE_START)).toBe('12.0–14.5 ms');
  expect(stretchText({ from: 0, to: 750 }, CLOCK)).toBe('14:03:07.250–14:03:08.000');
});

describe('the ruler', () => {
  const view = { from: 0, to: 10_000 };

  test('has its lines where the clock is round', () => {
    const found = toldTicks(view, 1000, 92, CLOCK);
    expect(found.length).toBeGreaterThan(2);
    for (const { label } of found) expect(label).toMatch(/^14:03:\d\d$/);
    expect(found[0]?.time).toBe(750);
  });

  test('counts by quarters and minutes and not by hundreds where the clock does', () => {
    const hours = toldTicks({ from: 0, to: 3 * 3_600_000 }, 1000, 92, CLOCK);
    for (const { time } of hours) expect(new Date(STARTED + time).getMinutes() % 15).toBe(0);
  });

  test('has zero where the chosen event is', () => {
    const found = toldTicks(view, 1000, 92, FROM_EVENT);
    expect(found.find(({ label }) => label === '0 s')?.time).toBe(1000);
    expect(found.find(({ time }) => time === 0)?.label).toBe('−1 s');
    expect(found.find(({ time }) => time === 2000)?.label).toBe('+1 s');
  });

  test('is as ever in the other modes', () => {
    for (const telling of [SINCE_START, DELTA]) expect(toldTicks(view, 1000, 92, telling)).toEqual(ticks(view, 1000, 92));
  });

  test('never has two lines nearer than they were asked to be', () => {
    for (const span of [0.05, 3, 77, 900, 5000, 61_000, 4_000_000]) {
      const [a, b] = toldTicks({ from: 10, to: 10 + span }, 1000, 92, CLOCK);
      if (a !== undefined && b !== undefined) expect(((b.time - a.time) / span) * 1000).toBeGreaterThanOrEqual(92);
    }
  });
});
