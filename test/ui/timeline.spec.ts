import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { expect, test } from './window';
import type { Locator } from '@playwright/test';

/** Whether any pixel of the lanes is not the ground, the grid or the selection: something is drawn. */
async function coloursOf(timeline: Locator): Promise<number> {
  return timeline.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += 4) colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
    return colours.size;
  });
}

test('the lanes are drawn, in the sharpness of the screen and in the colours of the theme', async ({ page, inspector }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await inspector.open();
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/ok`);
  await expect(inspector.events().filter({ hasText: 'REQUEST_COMPLETE' })).toHaveCount(1);
  await inspector.settled();
  const timeline = page.getByRole('application', { name: /Timeline/ });
  expect(await coloursOf(timeline)).toBeGreaterThan(8);
  const receive = await timeline.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray();
    let found = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at] === 0x57 && data[at + 1] === 0xd3 && data[at + 2] === 0x8c) found++;
    return found;
  });
  expect(receive).toBeGreaterThan(10);
});

test('the keyboard pans, zooms, fits and follows; a pan leaves live time and End finds it again', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  const following = page.getByRole('application', { name: 'Timeline, following live time' });
  const timeline = page.getByRole('application', { name: /^Timeline/ });
  await expect(following).toBeVisible();
  await timeline.focus();
  await page.keyboard.press('KeyA');
  await expect(following).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Follow live' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(following).toBeVisible();
  await page.keyboard.press('KeyW');
  await expect(following).toBeVisible();
  await page.keyboard.press('f');
  await expect(following).toHaveCount(0);
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('treeitem', { selected: true })).toHaveAccessibleName(/Connection/);
});

test('pointing at a span or a mark tells what it is; a click selects its event', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  const row = inspector.row(/GET \/slow/);
  await row.dblclick();
  await inspector.settled();
  const timeline = await page.getByRole('application', { name: /Timeline/ }).boundingBox();
  const place = await row.boundingBox();
  if (timeline === null || place === null) throw new Error('the lane is not on the screen');
  await page.mouse.move(timeline.x + timeline.width / 2, place.y + place.height / 2);
  await expect(page.getByText(/receiving · GET \/slow/)).toBeVisible();
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('Status callback');
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('RECEIVING_RESPONSE');
});

/** The table follows the lanes a little later: its caption once it has come to rest. */
async function steady(caption: Locator): Promise<string> {
  let last = '';
  await expect.poll(async () => {
    const now = await caption.textContent() ?? '';
    const same = now === last && /[1-9]\d* entries/.test(now);
    last = now;
    return same;
  }, { intervals: [400] }).toBe(true);
  return last;
}

test('the wheel zooms to the pointer, and a drag pans', async ({ page, inspector }) => {
  await inspector.open();
  // Nothing may be pending: what fits in the view would change with the clock.
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/ok`);
  await expect(inspector.events().last()).toContainText('InternetReadFile');
  const timeline = page.getByRole('application', { name: /^Timeline/ });
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('no timeline');
  await page.keyboard.press('f');
  const entries = page.getByRole('table', { name: /Timeline as a table/ }).locator('caption');
  const all = await steady(entries);
  await page.mouse.move(box.x + box.width - 10, box.y + 200);
  for (let turn = 0; turn < 12; turn++) await page.mouse.wheel(0, -240);
  await expect.poll(() => entries.textContent()).not.toBe(all);
  await page.keyboard.press('f');
  await expect.poll(() => entries.textContent()).toBe(all);
  // Two fingers that part come as a wheel with Ctrl and small steps.
  await page.keyboard.down('Control');
  for (let turn = 0; turn < 30; turn++) await page.mouse.wheel(0, -20);
  await page.keyboard.up('Control');
  await expect.poll(() => entries.textContent()).not.toBe(all);
  await page.keyboard.press('f');
  await expect.poll(() => entries.textContent()).toBe(all);
  await page.mouse.move(box.x + 200, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width + 900, box.y + 300, { steps: 6 });
  await page.mouse.up();
  await expect.poll(() => entries.textContent()).not.toBe(all);
});

test('the table twin is bounded however much the lanes hold', async ({ page, inspector }) => {
  await inspector.open();
  for (let index = 0; index < 300; index++) await inspector.core.inspector.call('InternetQueryOption', { hInternet: 4n, dwOption: 9 }, { origin: 'test' });
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  await page.keyboard.press('f');
  await inspector.settled();
  expect(await page.getByRole('table', { name: /Timeline as a table/ }).getByRole('row').count()).toBeLessThanOrEqual(201);
});

test('the minimap shows the whole trace; its frame is moved by keys, drawn along, resized and put elsewhere', async ({ page, inspector }) => {
  inspector.core.fill({ events: 20_000, handles: 50, seed: 1 });
  await inspector.open();
  const view = page.getByRole('slider', { name: 'View in the whole trace' });
  const from = async (): Promise<number> => Number(await view.getAttribute('aria-valuenow'));
  const size = async (): Promise<number> => (await view.boundingBox())?.width ?? 0;
  await view.focus();
  await page.keyboard.press('f');
  const whole = await size();
  for (let press = 0; press < 4; press++) await page.keyboard.press('+');
  await expect.poll(size).toBeLessThan(whole / 3);
  await page.keyboard.press('Home');
  const start = await from();
  expect(start).toBe(Number(await view.getAttribute('aria-valuemin')));
  await page.keyboard.press('PageDown');
  await expect.poll(from).toBeGreaterThan(start);
  await expect(page.getByRole('button', { name: 'Follow live' })).toBeVisible();

  const box = await view.boundingBox();
  if (box === null) throw new Error('the frame is not on the screen');
  const [before, middle] = [await from(), box.y + box.height / 2];
  await page.mouse.move(box.x + box.width / 2, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 80, middle, { steps: 4 });
  await page.mouse.up();
  await expect.poll(from).toBeGreaterThan(before);
  await expect.poll(size).toBeCloseTo(box.width, 0);

  const moved = await view.boundingBox();
  if (moved === null) throw new Error('the frame is not on the screen');
  await page.mouse.move(moved.x + moved.width - 1, middle);
  await page.mouse.down();
  await page.mouse.move(moved.x + moved.width + 59, middle, { steps: 4 });
  await page.mouse.up();
  await expect.poll(size).toBeCloseTo(moved.width + 60, 0);
  await expect.poll(async () => (await view.boundingBox())?.x).toBeCloseTo(moved.x, 0);

  await page.mouse.click(20, middle);
  await expect.poll(from).toBeLessThan(before);
  await page.mouse.dblclick(600, middle);
  await expect.poll(size).toBeCloseTo(whole, 0);
});

test('what a resting pointer is told follows what moves under it', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  // A lane that has ended, and of which receiving is most: a pending one grows under the pointer for as long as the test lasts.
  const { trace } = inspector.core.inspector;
  const created = inspector.core.node('GET /slow').createdAt;
  const receiving = (): number => [...trace.log].find((event) => event.kind === 'callback' && event.status === INTERNET_STATUS.INTERNET_STATUS_RECEIVING_RESPONSE)?.time ?? Infinity;
  await expect.poll(() => trace.now() - receiving() > 2 * (receiving() - created)).toBe(true);
  await page.keyboard.press('Delete');
  await inspector.dialog().getByRole('button', { name: 'Close the handle' }).click();
  const row = inspector.row(/GET \/slow, closed/);
  await row.dblclick();
  await inspector.settled();
  const [timeline, place] = [await page.getByRole('application', { name: /Timeline/ }).boundingBox(), await row.boundingBox()];
  if (timeline === null || place === null) throw new Error('the lane is not on the screen');
  await page.mouse.move(timeline.x + timeline.width / 2, place.y + place.height / 2);
  const card = page.getByText(/receiving · GET \/slow/);
  await expect(card).toBeVisible();
  await page.getByRole('application', { name: /Timeline/ }).focus();
  for (let press = 0; press < 6; press++) await page.keyboard.press('Shift+KeyD');
  await expect(card).toBeHidden();
});
