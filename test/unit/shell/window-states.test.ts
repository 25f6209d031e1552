import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WindowStates, ZOOM_FACTORS, type WindowState } from '../../../electron/shell/windows/window-states';

const FIRST: WindowState = { bounds: { x: -200, y: 40, width: 1400, height: 900 }, maximized: true, fullScreen: false };
const THIRD: WindowState = { bounds: { x: 10, y: 20, width: 640, height: 400 }, maximized: false, fullScreen: true };

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hwindows-'));
  file = path.join(folder, 'windows.json');
});
afterEach(async () => rm(folder, { recursive: true }));

describe('how windows stood', () => {
  test('is known at the next start, of each window its own', () => {
    const before = new WindowStates(file);
    before.keep(0, FIRST);
    before.keep(2, THIRD);
    before.magnify('larger');
    const after = new WindowStates(file);
    expect([after.of(0), after.of(1), after.of(2)]).toEqual([FIRST, undefined, THIRD]);
    expect(after.zoom).toBe(1.1);
  });

  test.each([
    ['is torn', '{"zoom":1,"windows":[{"bounds":{"x":1'],
    ['is empty', ''],
    ['is of something else', '[1, 2, 3]'],
    ['names a zoom that there is none of', '{"zoom":40,"windows":[]}'],
    ['is nothing', 'null'],
  ])('is as at first when the file %s, and can be kept again', async (_what, text) => {
    await writeFile(file, text);
    const states = new WindowStates(file);
    expect([states.zoom, states.of(0)]).toEqual([1, undefined]);
    states.keep(0, FIRST);
    expect(new WindowStates(file).of(0)).toEqual(FIRST);
  });

  test('costs only the window whose entry makes no sense', async () => {
    new WindowStates(file).keep(1, THIRD);
    const kept: { windows: unknown[] } = JSON.parse(await readFile(file, 'utf8'));
    kept.windows[0] = { bounds: { x: 0, y: 0, width: 3, height: 1e9 }, maximized: 'yes' };
    await writeFile(file, JSON.stringify(kept));
    const states = new WindowStates(file);
    expect([states.of(0), states.of(1)]).toEqual([undefined, THIRD]);
  });

  test('is not lost for being unwritable', () => {
    const states = new WindowStates(path.join('/dev/null', 'windows.json'));
    states.keep(0, FIRST);
    expect(states.of(0)).toEqual(FIRST);
  });
});

test('the zoom goes from the least to the most, stays there, and leads back', () => {
  const states = new WindowStates(file);
  const reached = new Set<number>();
  for (let step = 0; step < 20; step += 1) reached.add(states.magnify('smaller'));
  expect(states.zoom).toBe(ZOOM_FACTORS[0]);
  for (let step = 0; step < 20; step += 1) reached.add(states.magnify('larger'));
  expect(states.zoom).toBe(ZOOM_FACTORS.at(-1));
  expect([...reached].sort((a, b) => a - b)).toEqual([...ZOOM_FACTORS]);
  expect(states.magnify('actual')).toBe(1);
});
