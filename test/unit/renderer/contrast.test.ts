import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PALETTE_TOKENS } from '../../../renderer/timeline/palette';
import { contrast } from './wcag';

/** WCAG 2.2: text against what it stands on. */
const LEAST = 4.5;
/** WCAG 2.2 1.4.11: the outline of a control, the focus, a mark of the timeline. */
const LEAST_SHAPE = 3;

const css = readFileSync(new URL('../../../renderer/ui/tokens.css', import.meta.url), 'utf8');

/** The hex colours of a theme's block. */
function tokensOf(theme: 'dark' | 'light'): ReadonlyMap<string, string> {
  const block = new RegExp(`:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const SURFACES = ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'selection', 'hover'];

/** Every text and what it may stand on. */
const TEXTS: readonly (readonly [text: string, on: readonly string[]])[] = [
  ['text-1', [...SURFACES, 'pending', 'pending-stripe', 'received', 'body', 'mark']],
  ['text-2', SURFACES],
  ['text-3', SURFACES],
  ['accent', ['surface-0', 'surface-1', 'surface-2']],
  ['good', ['surface-0', 'surface-1', 'surface-2', 'selection', 'hover']],
  ['closing', ['surface-0', 'surface-1', 'surface-2', 'selection', 'hover']],
  ['bad', ['surface-0', 'surface-1', 'surface-2', 'selection', 'hover']],
  ['on-accent', ['accent', 'accent-hover']],
  ['on-danger', ['danger', 'danger-hover']],
  ['on-span', ['resolve', 'connect', 'send', 'receive']],
];

const SHAPES: readonly (readonly [shape: string, on: readonly string[]])[] = [
  ['line-strong', ['surface-0', 'surface-1', 'surface-2']],
  ['accent', ['surface-0', 'surface-1', 'surface-2', 'surface-3', 'selection']],
  ...['resolve', 'connect', 'send', 'receive', 'call', 'closing', 'bad', 'good'].map((mark) => [mark, ['surface-0', 'selection']] as const),
];

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const colour = (token: string): string => {
    const found = tokens.get(token);
    if (found === undefined) throw new Error(`tokens.css gives no hex colour to --${token} in the ${theme} theme`);
    return found;
  };

  test.each(TEXTS.flatMap(([text, on]) => on.map((surface) => [text, surface] as const)))('%s can be read on %s', (text, surface) => {
    expect(contrast(colour(text), colour(surface))).toBeGreaterThanOrEqual(LEAST);
  });

  test.each(SHAPES.flatMap(([shape, on]) => on.map((surface) => [shape, surface] as const)))('%s can be seen on %s', (shape, surface) => {
    expect(contrast(colour(shape), colour(surface))).toBeGreaterThanOrEqual(LEAST_SHAPE);
  });
});

/** Edges and grounds, of which nothing need be read: bars that tell of themselves by their words and their place. */
const GROUNDS = ['surface-0', 'surface-1', 'surface-2', 'selection', 'line', 'pending', 'pending-stripe', 'received', 'body', 'closed', 'span-edge'];

test('every colour that a canvas draws with is a ground, or held to a contrast here', () => {
  const held = new Set([...TEXTS, ...SHAPES].map(([colour]) => colour));
  expect(PALETTE_TOKENS.filter((token) => !held.has(token) && !GROUNDS.includes(token))).toEqual([]);
});

describe.each(['dark', 'light'] as const)('the %s theme with more contrast', (theme) => {
  const more = new RegExp(`prefers-contrast: more\\) \\{[\\s\\S]*?:root\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  const tokens = new Map([...tokensOf(theme), ...[...more.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? ''] as const)]);
  const colour = (token: string): string => tokens.get(token) ?? '';

  test.each(['text-1', 'text-2', 'text-3', 'good', 'closing', 'bad'])('%s can be read from afar', (text) => {
    expect(more).not.toBe('');
    for (const surface of ['surface-0', 'surface-1', 'surface-2']) expect(contrast(colour(text), colour(surface)), `${text} on ${surface}`).toBeGreaterThanOrEqual(7);
  });

  test.each(['line', 'line-strong', 'closed'])('%s can be seen', (line) => {
    for (const surface of ['surface-0', 'surface-1', 'surface-2']) expect(contrast(colour(line), colour(surface)), `${line} on ${surface}`).toBeGreaterThanOrEqual(LEAST_SHAPE);
  });
});

test('both themes have the same colours', () => {
  expect([...tokensOf('light').keys()].sort()).toEqual([...tokensOf('dark').keys()].sort());
});

describe('high contrast', () => {
  const block = /forced-colors: active\) \{\s*:root\[data-theme\] \{([^}]*)\}/.exec(css)?.[1] ?? '';
  const system = new Map([...block.matchAll(/--([\w-]+): (\w+);/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
  /** What the system promises to be readable: the foregrounds of each background (CSS Color 4, system colours). */
  const PAIRS: Readonly<Record<string, readonly string[]>> = {
    Canvas: ['CanvasText', 'LinkText', 'GrayText'], Highlight: ['HighlightText'], ButtonFace: ['ButtonText'], CanvasText: ['Canvas'],
  };

  test('every colour of the themes is one of the person’s own', () => {
    const missing = [...tokensOf('dark').keys()].filter((token) => !system.has(token));
    expect(missing).toEqual([]);
  });

  // The accent as a text names a control that has an edge of its own.
  const pairs = TEXTS.filter(([text]) => text !== 'accent').flatMap(([text, on]) => on.map((surface) => [text, surface] as const));
  test.each(pairs)('%s can be read on %s', (text, surface) => {
    expect(PAIRS[system.get(surface) ?? '']).toContain(system.get(text));
  });
});
