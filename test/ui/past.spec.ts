import { expect, test, type InspectorWindow } from './window';

/** A request that was answered and closed, in the whole view. */
async function closedRequest(inspector: InspectorWindow): Promise<void> {
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/ok`);
  await expect(inspector.events().last()).toContainText('InternetReadFile');
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet: BigInt(inspector.core.node('GET /ok').raw) }, { origin: 'test' });
  await expect(inspector.row('HTTP request GET /ok, closed')).toBeVisible();
}

test('a click on the ruler puts the tree at that time; the button and Escape lead back to now', async ({ page, inspector }) => {
  await inspector.open();
  await closedRequest(inspector);
  await inspector.row(/GET \/ok/).dblclick();
  await inspector.settled();
  const lanes = await page.getByRole('application', { name: /^Timeline/ }).boundingBox();
  if (lanes === null) throw new Error('no timeline');
  await page.mouse.click(lanes.x + lanes.width / 2, lanes.y - 10);
  await expect(inspector.row('HTTP request GET /ok, open')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: /^as of [\d,.]+ ms$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(inspector.row('HTTP request GET /ok, closed')).toBeVisible();
  await page.mouse.click(lanes.x + 2, lanes.y - 10);
  await expect(inspector.row(/GET \/ok/)).toHaveCount(0);
  await page.getByRole('application', { name: /^Timeline/ }).focus();
  await page.keyboard.press('Escape');
  await expect(inspector.row('HTTP request GET /ok, closed')).toBeVisible();
});

test('a shifted drag marks a stretch, tells its length and what happened in it, and zooms to it', async ({ page, inspector }) => {
  await inspector.open();
  await closedRequest(inspector);
  await page.getByRole('tree', { name: 'Handles' }).focus();
  await page.keyboard.press('f');
  await inspector.settled();
  const timeline = page.getByRole('application', { name: /^Timeline/ });
  const box = await timeline.boundingBox();
  if (box === null) throw new Error('no timeline');
  await page.keyboard.down('Shift');
  await page.mouse.move(box.x + 4, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 4, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Shift');
  const marked = page.getByRole('group', { name: 'Marked time' });
  await expect(marked).toContainText(/[1-9]\d* calls, [1-9]\d* callbacks, 0 failed/);
  const caption = page.getByRole('table', { name: /Timeline as a table/ }).locator('caption');
  await timeline.focus();
  await page.keyboard.press('Escape');
  await expect(marked).toHaveCount(0);
  await page.mouse.move(box.x + box.width * 0.45, box.y - 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y - 10, { steps: 4 });
  await page.mouse.up();
  await expect(marked).toBeVisible();
  const before = await caption.textContent();
  await marked.getByRole('button', { name: 'Zoom to it' }).click();
  await expect.poll(() => caption.textContent()).not.toBe(before);
  await marked.getByRole('button', { name: 'Clear' }).click();
  await expect(marked).toHaveCount(0);
});
