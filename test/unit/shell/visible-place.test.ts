import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { visiblePlace, type Area } from '../../../electron/shell/windows/visible-place';

const LAPTOP: Area = { x: 0, y: 25, width: 1440, height: 875 };
const BESIDE: Area = { x: 1440, y: 0, width: 2560, height: 1400 };

describe('where a window opens', () => {
  test('is where it was, on whichever display that is', () => {
    const left = { x: 100, y: 60, width: 1280, height: 800 };
    const right = { x: 2000, y: 200, width: 1280, height: 800 };
    expect(visiblePlace(left, [LAPTOP, BESIDE])).toBe(left);
    expect(visiblePlace(right, [LAPTOP, BESIDE])).toBe(right);
  });

  test('may lie over two displays, or partly outside, as long as its title bar can be taken hold of', () => {
    const over = { x: 1200, y: 100, width: 1800, height: 700 };
    const below = { x: 300, y: 800, width: 900, height: 700 };
    expect(visiblePlace(over, [LAPTOP, BESIDE])).toBe(over);
    expect(visiblePlace(below, [LAPTOP])).toBe(below);
  });

  test('is on the display that is left when its own is gone, and no larger than that', () => {
    expect(visiblePlace({ x: 2000, y: 200, width: 1280, height: 800 }, [LAPTOP])).toEqual({ x: 160, y: 100, width: 1280, height: 800 });
    expect(visiblePlace({ x: 1500, y: 0, width: 2500, height: 1400 }, [LAPTOP])).toEqual(LAPTOP);
  });

  test('is below a title bar that had gone above the screen', () => {
    expect(visiblePlace({ x: 10, y: -400, width: 800, height: 600 }, [LAPTOP])).toEqual({ x: 10, y: 25, width: 800, height: 600 });
  });

  test('is within reach, whatever was remembered and whichever displays there are', () => {
    const coordinate = fc.integer({ min: -20_000, max: 20_000 });
    const area = fc.record({ x: coordinate, y: coordinate, width: fc.integer({ min: 640, max: 8000 }), height: fc.integer({ min: 400, max: 8000 }) });
    fc.assert(fc.property(area, fc.array(area, { minLength: 1, maxLength: 4 }), (wanted, displays) => {
      const { x, y, width } = visiblePlace(wanted, displays);
      const grips = displays.filter((display) => (
        y >= display.y && y + 32 <= display.y + display.height
        && Math.min(x + width, display.x + display.width) - Math.max(x, display.x) >= 160
      ));
      expect(grips.length).toBeGreaterThan(0);
    }));
  });

  test('is left alone where no display is known', () => {
    const wanted = { x: 5, y: 5, width: 700, height: 500 };
    expect(visiblePlace(wanted, [])).toBe(wanted);
  });
});
