import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { InspectorBridge } from '../../preload/contract/bridge';
import { expect, test, Window } from './app';

/** Opens another window from one, as its keys do. */
async function another(window: Window, from: Page): Promise<Page> {
  const opened = window.electron.waitForEvent('window');
  await from.keyboard.press('Control+Shift+W');
  const page = await opened;
  await expect(page.getByRole('toolbar')).toBeVisible();
  return page;
}

const treeitems = (page: Page, name: string | RegExp) => page.getByRole('tree').getByRole('treeitem', { name });

test('several windows look at one recording, each with its own selection and filter; the last one to go takes the program with it', async ({ window }) => {
  const url = await window.peer((_request, response) => { response.end('ok'); });
  await window.newClient(`${url}/one`);
  const first = window.page;
  const second = await another(window, first);
  await expect(treeitems(second, /GET \/one/)).toBeVisible();

  // What is done in one is seen in the other.
  await treeitems(second, /Session/).click();
  await second.keyboard.press('Delete');
  await second.getByRole('dialog').getByRole('button', { name: 'Close the handle' }).click();
  await expect(treeitems(first, /Session.*closed/)).toBeVisible();

  await first.getByLabel('Filter handles, events and findings').fill('nothing-matches-this');
  await expect(treeitems(first, /.*/)).toHaveCount(0);
  await expect(treeitems(second, /Session/)).toHaveAttribute('aria-selected', 'true');

  // Every one of them is locked down, and answered as itself.
  const asked = await Promise.all([first, second].map((page) => page.evaluate(async () => {
    const inspector = Reflect.get(globalThis, 'inspector') as InspectorBridge;
    return { number: (await inspector.info()).window, node: typeof Reflect.get(globalThis, 'require'), open: globalThis.open('app://hinspector/index.html') };
  })));
  expect(asked).toEqual([{ number: 0, node: 'undefined', open: null }, { number: 1, node: 'undefined', open: null }]);

  // One goes, and the other stays with all that was recorded.
  const gone = first.waitForEvent('close');
  await window.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().find((one) => one.webContents.id === Math.min(...BrowserWindow.getAllWindows().map(({ webContents }) => webContents.id)))?.close());
  await gone;
  await expect(treeitems(second, /GET \/one/)).toBeVisible();
  const left = window.electron.waitForEvent('close');
  await window.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await left;
});

test('a window comes back where it was and as large as it was, with the same zoom', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-windows-'));
  const place = { x: 60, y: 40, width: 900, height: 640 };
  try {
    const before = await Window.launch([`--user-data-dir=${folder}`]);
    // A page can be used a moment before its window is shown, and a window that is not shown keeps no place.
    await expect.poll(() => before.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
    await before.electron.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), place);
    const wide = await before.page.evaluate(() => innerWidth);
    await before.page.keyboard.press('Control+=');
    await expect.poll(() => before.page.evaluate(() => innerWidth)).toBeLessThan(wide);
    const second = await another(before, before.page);
    await expect.poll(() => second.evaluate(() => devicePixelRatio)).toBeCloseTo(1.1);
    await before.close();

    const after = await Window.launch([`--user-data-dir=${folder}`]);
    await expect(after.page.getByRole('toolbar')).toBeVisible();
    const stands = await after.electron.evaluate(({ BrowserWindow }) => {
      const [only] = BrowserWindow.getAllWindows();
      return { bounds: only?.getNormalBounds(), zoom: only?.webContents.getZoomFactor() };
    });
    expect(stands.bounds).toEqual(place);
    expect(stands.zoom).toBeCloseTo(1.1);
    await after.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
