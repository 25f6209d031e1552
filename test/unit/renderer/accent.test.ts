import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accentColour } from '../../../electron/shell/windows/accent-colour';
import { readableAccent } from '../../../renderer/model/accent';
import { contrast } from './wcag';

const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');
const THEMES = ['dark', 'light'] as const;

function surfacesOf(theme: (typeof THEMES)[number]): readonly string[] {
  const block = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'selection'].map((name) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)?.[1] ?? '');
}

describe.each(THEMES)('a person’s accent in the %s theme', (theme) => {
  const surfaces = surfacesOf(theme);

  test('can be read on every surface, whichever it is, and so can what stands on it', () => {
    const part = fc.integer({ min: 0, max: 255 });
    fc.assert(fc.property(part, part, part, (...rgb) => {
      const own = `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
      const found = readableAccent(own, surfaces, theme);
      expect(found, own).toBeDefined();
      for (const surface of surfaces) expect(contrast(found?.accent ?? own, surface)).toBeGreaterThanOrEqual(4.5);
      for (const ground of [found?.accent, found?.hover]) expect(contrast(found?.onAccent ?? own, ground ?? own)).toBeGreaterThanOrEqual(4.5);
    }), { numRuns: 300 });
  });

  test('is left as it is where it can be read as it is', () => {
    const [own] = theme === 'dark' ? ['#6ea8fe'] : ['#1a5fd0'];
    expect(readableAccent(own ?? '', surfaces, theme)?.accent).toBe(own);
  });
});

test('what is no colour is no accent', () => {
  for (const nothing of ['', 'Highlight', '#12', 'rgb(1, 2, 3)']) expect(readableAccent(nothing, surfacesOf('dark'), 'dark')).toBeUndefined();
});

describe('the accent of the system', () => {
  test('is asked for under Windows alone', () => {
    expect(accentColour('win32', () => '0078d7ff')).toBe('#0078d7');
    for (const platform of ['linux', 'darwin'] as const) expect(accentColour(platform, () => { throw new Error('asked'); })).toBeUndefined();
  });

  test('is none where Windows says something else than a colour', () => {
    for (const said of ['', '0078d7', 'zz78d7ff']) expect(accentColour('win32', () => said)).toBeUndefined();
  });
});
