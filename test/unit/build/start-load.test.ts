import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { chunksAtStart, contentsOf } from '../../../build/bundles/bundle-contents.mjs';
import { buildStale, everyBundle } from '../../../build/bundles/bundles.mjs';

const DIST = path.resolve(import.meta.dirname, '..', '..', '..', 'dist');

/** What a start can do without, by where it stands. Each of them is somewhere in the page, or there would be nothing to keep out. */
const LATER = [
  'renderer/about/', 'renderer/details/http/', 'renderer/exchange/', 'renderer/manual/', 'renderer/scenarios/', 'renderer/settings/', 'renderer/sweep/', 'renderer/commands/help-dialog', 'renderer/commands/palette-dialog',
  'renderer/compose/client-dialog', 'renderer/compose/code-dialog', 'renderer/compose/record-others-dialog', 'renderer/compose/respond-dialog', 'renderer/compose/server-dialog',
  'node_modules/jsonc-parser/', 'node_modules/valibot/',
];

/** As far as any of them is there at all. */
const LATER_PACKAGES = ['node_modules/@codemirror/', 'node_modules/@lezer/', 'node_modules/yaml/'];

const MOST_GZIPPED = 150_000;

beforeAll(() => buildStale(everyBundle), 120_000);

describe('the page', () => {
  test('loads at its start no dialog, no sweep and no editor: they come when they are asked for', () => {
    const first = chunksAtStart('renderer').flatMap(({ modules }) => Object.keys(modules));
    const all = contentsOf('renderer').chunks.flatMap(({ modules }) => Object.keys(modules));
    expect(first).toContain('renderer/app.tsx');
    expect(first.filter((module) => [...LATER, ...LATER_PACKAGES].some((one) => module.startsWith(one)))).toEqual([]);
    for (const one of LATER) expect(all.some((module) => module.startsWith(one)), `${one} is nowhere in the page`).toBe(true);
  });

  test('has at most 150 KB of script at its start, gzipped', () => {
    const bytes = chunksAtStart('renderer').reduce((sum, { file }) => sum + gzipSync(readFileSync(path.join(DIST, 'renderer', file)), { level: 9 }).length, 0);
    expect(bytes).toBeLessThanOrEqual(MOST_GZIPPED);
  });

  test('asks for everything that it names at its start and for nothing else', () => {
    const page = readFileSync(path.join(DIST, 'renderer', 'index.html'), 'utf8');
    const named = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, file]) => file).sort();
    expect(named).toEqual(chunksAtStart('renderer').map(({ file }) => file).sort());
  });
});

describe('the main process', () => {
  test('holds neither the updater nor a native library: they are loaded when they are asked for', () => {
    const { packages } = contentsOf('main');
    expect(packages).toContain('valibot');
    expect(packages.filter((name) => ['electron-updater', 'builder-util-runtime', 'koffi'].includes(name))).toEqual([]);
  });
});

test('the preload is one file without a package', () => {
  const { packages, chunks } = contentsOf('preload');
  expect(packages).toEqual([]);
  expect(chunks).toHaveLength(1);
});
