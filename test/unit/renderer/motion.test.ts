import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const renderer = new URL('../../../renderer/', import.meta.url);
const sheets = readdirSync(renderer, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css')).map((file) => ({ file, css: readFileSync(new URL(file, renderer), 'utf8') }));

test('whatever moves takes the time of one token, which is nothing for those who want no motion', () => {
  const moving = sheets.flatMap(({ file, css }) => [...css.matchAll(/^\s*(?:transition|animation)[\w-]*:[^;]*;/gm)].map(([declaration]) => ({ file, declaration: declaration.trim() })));
  expect(moving.length).toBeGreaterThan(0);
  for (const { file, declaration } of moving) expect(`${file}: ${declaration}`).toContain('var(--quick)');
  expect(sheets.find(({ file }) => file.endsWith('tokens.css'))?.css).toMatch(/prefers-reduced-motion: reduce\) \{\s*:root \{\s*--quick: 0ms;/);
});

test('nothing scrolls smoothly by itself', () => {
  expect(sheets.filter(({ css }) => css.includes('scroll-behavior')).map(({ file }) => file)).toEqual([]);
});
