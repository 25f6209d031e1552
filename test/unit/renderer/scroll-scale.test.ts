import { describe, expect, test } from 'vitest';
import { barHeight, isScaled, lastOffset, offsetAt, offsetToReveal, scrollTopAt, TALLEST } from '../../../renderer/ui/scroll-scale';

const short = { content: 24_000, view: 200 };
const long = { content: 10_000_000 * 24, view: 200 };

describe('a list that an element can hold', () => {
  test('is scrolled as it is tall', () => {
    expect([isScaled(short), barHeight(short)]).toEqual([false, 24_000]);
    for (const offset of [0, 1, 12_345, 23_800]) {
      expect(scrollTopAt(short, offset)).toBeCloseTo(offset, 6);
      expect(offsetAt(short, offset)).toBe(offset);
    }
  });
});

describe('a list that is taller than an element may be', () => {
  test('has a bar that an element can hold, whose ends are the ends of the list', () => {
    expect([isScaled(long), barHeight(long)]).toEqual([true, TALLEST]);
    const bottom = barHeight(long) - long.view;
    expect(offsetAt(long, 0)).toBe(0);
    expect(offsetAt(long, bottom)).toBe(lastOffset(long));
    expect(scrollTopAt(long, lastOffset(long))).toBe(bottom);
  });

  test('has every row in reach: where the bar is put for a row is within a bar pixel of it', () => {
    for (const offset of [0, 24, 1_000_000, 120_000_000, lastOffset(long) - 24, lastOffset(long)]) {
      expect(Math.abs(offsetAt(long, scrollTopAt(long, offset)) - offset)).toBeLessThanOrEqual(1);
    }
  });
});

test('a list shorter than its view does not scroll', () => {
  const few = { content: 48, view: 200 };
  expect([barHeight(few), lastOffset(few), offsetAt(few, 10), scrollTopAt(few, 10)]).toEqual([200, 0, 0, 0]);
});

test.each([[0, 0, 0], [0, 7, 0], [0, 8, 16], [0, 20, 304], [480, 19, 456], [480, 20, 480]])('scrolled %d, row %d is seen at %d', (offset, row, expected) => {
  expect(offsetToReveal(short, offset, 24, row)).toBe(expected);
});
