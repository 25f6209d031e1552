import type { Page } from '@playwright/test';
import { expect, test, type InspectorWindow } from './window';

const BUSY = { events: 400, handles: 12, seed: 5 };

/** The words of the event list's heads, from the left. */
const heads = (page: Page): Promise<readonly string[]> => page.getByRole('listbox', { name: /^Events/ }).locator('[data-column]').allTextContents();

const headOf = (page: Page, column: string) => page.getByRole('listbox', { name: /^Events/ }).locator(`[data-column=${column}]`);

async function reopened(inspector: InspectorWindow, page: Page): Promise<void> {
  await page.reload();
  await inspector.settled();
  inspector.tell(inspector.core.handlers.snapshot());
  await inspector.settled();
}

test('panes are hidden and brought back by their keys, and stay as they were left', async ({ inspector, page }) => {
  inspector.core.fill(BUSY);
  await inspector.open();
  const tree = page.getByRole('tree', { name: 'Handles' });
  const details = page.getByRole('complementary', { name: 'Details and scenario' });
  const bottom = page.getByRole('region', { name: /^Events, findings/ });
  await tree.focus();
  await page.keyboard.press('Control+b');
  await page.keyboard.press('Control+Shift+B');
  await page.keyboard.press('Control+j');
  for (const pane of [tree, details, bottom]) await expect(pane).toBeHidden();
  // The keyboard is not lost with the pane that had it.
  await expect(page.locator('[data-pane=timeline]')).toBeFocused();

  await reopened(inspector, page);
  for (const pane of [tree, details, bottom]) await expect(pane).toBeHidden();
  // What asks for a pane brings it.
  await inspector.menu('sweep');
  await expect(bottom).toBeVisible();
  await inspector.menu('reset-layout');
  for (const pane of [tree, details, bottom]) await expect(pane).toBeVisible();
});

test('a line between panes goes back to where it was at first by a double click or by Enter', async ({ inspector, page }) => {
  inspector.core.fill(BUSY);
  await inspector.open();
  const line = page.getByRole('separator', { name: 'Width of the tree' });
  await line.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(line).toHaveAttribute('aria-valuenow', '368');
  await page.keyboard.press('Enter');
  await expect(line).toHaveAttribute('aria-valuenow', '336');
  await page.keyboard.press('ArrowLeft');
  await line.dblclick();
  await expect(line).toHaveAttribute('aria-valuenow', '336');
});

test('columns are chosen, moved and resized at their heads, scroll sideways, and are remembered', async ({ inspector, page }) => {
  inspector.core.fill(BUSY);
  await inspector.open();
  expect(await heads(page)).toEqual(['Time, ms', 'Δ', 'Handle', 'Event', 'Detail', 'Result', 'Thread']);
  await headOf(page, 'delta').click({ button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Thread' }).click();
  expect(await heads(page)).not.toContain('Thread');

  const event = await headOf(page, 'event').boundingBox();
  const handle = await headOf(page, 'handle').boundingBox();
  if (event === null || handle === null) throw new Error('the heads are not on the screen');
  // An edge makes a column wider, and a head that is carried past another takes its place.
  await page.mouse.move(event.x + event.width + 6, event.y + 10);
  await page.mouse.down();
  await page.mouse.move(event.x + event.width + 906, event.y + 10, { steps: 4 });
  await page.mouse.up();
  const wider = await headOf(page, 'event').boundingBox();
  expect(wider?.width).toBeCloseTo(event.width + 900, -1);
  const list = page.getByRole('listbox', { name: /^Events/ });
  expect(await list.evaluate((element) => element.scrollWidth > element.clientWidth)).toBe(true);
  await page.mouse.move(handle.x + 10, handle.y + 10);
  await page.mouse.down();
  await page.mouse.move(handle.x - 60, handle.y + 10, { steps: 6 });
  await page.mouse.up();
  expect((await heads(page)).indexOf('Handle')).toBeLessThan(2);

  const left = await heads(page);
  await reopened(inspector, page);
  expect(await heads(page)).toEqual(left);
  expect((await headOf(page, 'event').boundingBox())?.width).toBeCloseTo(event.width + 900, -1);
});

test('the same is done by the keyboard in the dialog of the columns', async ({ inspector, page }) => {
  inspector.core.fill(BUSY);
  await inspector.open();
  await inspector.menu('columns');
  const dialog = inspector.dialog();
  await dialog.getByRole('checkbox', { name: 'Kind' }).focus();
  await page.keyboard.press('Space');
  await dialog.getByRole('button', { name: 'Move Kind up' }).focus();
  for (let press = 0; press < 4; press += 1) await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Make Kind wider' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Width of Kind')).toHaveText('112 px');
  expect((await heads(page))[0]).toBe('Kind');
  // A handle's name can stand alone.
  await dialog.getByRole('tab', { name: 'Handles' }).click();
  await dialog.getByRole('checkbox', { name: 'Raw value' }).uncheck();
  await dialog.getByRole('checkbox', { name: 'Lasted' }).check();
  await page.keyboard.press('Escape');
  const row = page.getByRole('treeitem').first();
  await expect(row).not.toContainText('0x');
  await expect(row).toContainText(/open| ms| s/);
});

test('the time is told everywhere in one of four ways, and goes on so', async ({ inspector, page }) => {
  inspector.core.fill(BUSY);
  await inspector.open();
  const told = inspector.events().nth(3).locator('span').first();
  const table = page.getByRole('table', { name: /^Timeline/ });
  const ways = page.getByLabel('How the time is told');
  // From the first row on, where none is drawn above the list.
  await page.getByRole('listbox', { name: /^Events/ }).focus();
  for (const key of ['Home', 'ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  await expect(inspector.events().nth(3)).toHaveAttribute('aria-selected', 'true');
  const sinceStart = await told.textContent();
  const kind = page.getByRole('complementary').locator('header p').first();
  await expect(kind).toContainText(`${sinceStart}`.slice(0, -1));

  await ways.selectOption({ label: 'By the clock' });
  await expect(told).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/);
  await expect(kind).toHaveText(/\d\d:\d\d:\d\d\.\d{6}$/);
  await expect(table.getByRole('columnheader', { name: 'Clock' })).toBeAttached();

  await inspector.menu('time-zero');
  await expect(told).toHaveText('+0.0');
  await expect(kind).toHaveText(/\+0\.000 ms$/);
  await expect(inspector.events().nth(2).locator('span').first()).toHaveText(/^[−+]/);

  await ways.selectOption({ label: 'Since the event before' });
  const delta = await inspector.events().nth(3).locator('span').nth(1).textContent();
  await expect(told).toHaveText(delta ?? '');
  await reopened(inspector, page);
  await expect(ways).toHaveValue('delta');
});

test('in high contrast the canvas is drawn in the person’s own colours, and redrawn when they come into force', async ({ inspector, page }) => {
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
  inspector.core.fill(BUSY);
  await inspector.open();
  /** The colours of the lanes and of the system, the most frequent of the picture first. */
  const drawn = (): Promise<{ readonly canvas: readonly string[]; readonly system: readonly string[] }> => page.evaluate(() => {
    const element = document.querySelector<HTMLCanvasElement>('[data-pane=timeline] canvas');
    const pixels = element?.getContext('2d')?.getImageData(0, 0, element.width, element.height).data ?? new Uint8ClampedArray();
    const counts = new Map<string, number>();
    for (let at = 0; at < pixels.length; at += 4) {
      if (pixels[at + 3] !== 255) continue;
      const colour = `rgb(${pixels[at] ?? 0}, ${pixels[at + 1] ?? 0}, ${pixels[at + 2] ?? 0})`;
      counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
    const probe = document.createElement('i');
    document.body.append(probe);
    const system = ['Canvas', 'CanvasText', 'GrayText', 'Highlight', 'HighlightText'].map((name) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    return { canvas: [...counts].sort((a, b) => b[1] - a[1]).map(([colour]) => colour), system };
  });
  const plain = await drawn();
  await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'active' });
  await inspector.settled();
  // The change is told to the page between two frames.
  await expect.poll(async () => (await drawn()).canvas[0]).not.toBe(plain.canvas[0]);
  const high = await drawn();
  // Edges that fall between pixels are blends; what fills whole pixels is one of the system's.
  expect(high.system).toContain(high.canvas[0]);
  expect(high.system).toContain(high.canvas[1]);
  expect(high.canvas.slice(0, 6).some((colour) => plain.canvas.slice(0, 6).includes(colour) && !high.system.includes(colour))).toBe(false);
});

test('whoever wants no motion gets none', async ({ inspector, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  inspector.core.fill(BUSY);
  await inspector.open();
  await page.getByRole('toolbar').getByRole('button', { name: 'New client' }).hover();
  await inspector.menu('palette');
  expect(await page.evaluate(() => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 0).length)).toBe(0);
});
