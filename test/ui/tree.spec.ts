import { expect, test, type InspectorWindow } from './window';
import { handleId, seq } from '../../preload/contract/ids';
import type { HandleNode } from '../../preload/contract/handle';
import type { EventQuery } from '../../preload/contract/query';
import { ok } from '../../preload/contract/result';

function plainNode(id: number, label: string): HandleNode {
  return {
    id: handleId(id), kind: 'session', parent: undefined, raw: '0xcc0004', label, detail: 'async', state: 'open', createdAt: id, endedAt: undefined, createdBy: seq(0),
    closeRequestedAt: undefined, pending: [], context: '0x1', hasCallback: true, asynchronous: true, connectionId: undefined,
  };
}

function tellNodes(inspector: InspectorWindow, nodes: readonly HandleNode[]): void {
  const now = inspector.core.handlers.snapshot();
  inspector.tell({ ...now, nodes, revision: now.revision + 1, recorder: { ...now.recorder, events: nodes.length } });
}

test('the tree is worked by its keys alone', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  await inspector.newClient(`${url}/one`);
  await inspector.newClient(`${url}/two`);
  const tree = page.getByRole('tree', { name: 'Handles' });
  await tree.focus();
  const selected = page.getByRole('treeitem', { selected: true });
  await page.keyboard.press('Home');
  await expect(selected).toHaveAccessibleName(/^Session/);
  await page.keyboard.press('ArrowLeft');
  await expect(selected).toHaveAttribute('aria-expanded', 'false');
  await expect(inspector.row(/GET \/one/)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(selected).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveAccessibleName(/GET \/one/);
  await page.keyboard.press('ArrowLeft');
  await expect(selected).toHaveAccessibleName(/Connection/);
  await page.keyboard.press('End');
  await expect(selected).toHaveAccessibleName(/GET \/two/);
  const active = await tree.getAttribute('aria-activedescendant');
  await expect(selected).toHaveAttribute('id', active ?? '');
  await page.keyboard.press('s');
  await expect(selected).toHaveAccessibleName(/^Session/);
});

test('10,000 handles cost the page no more rows than it shows, and the last is a key away', async ({ page, inspector }) => {
  await inspector.open();
  tellNodes(inspector, Array.from({ length: 10_000 }, (_, index) => plainNode(index + 1, `Session ${index + 1}`)));
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  expect(await page.getByRole('treeitem').count()).toBeLessThan(80);
  await page.getByRole('tree').focus();
  await page.keyboard.press('End');
  const last = inspector.row(/Session 10000/);
  await expect(last).toBeVisible();
  await expect(last).toHaveAttribute('aria-posinset', '10000');
  await expect(last).toHaveAttribute('aria-setsize', '10000');
  expect(await page.getByRole('treeitem').count()).toBeLessThan(80);
});

test('10,000 events cost the page no more lines than it shows; the list follows the newest until it is scrolled', async ({ page, inspector }) => {
  await inspector.open();
  for (let index = 0; index < 5000; index++) await inspector.core.inspector.call('InternetOpen', { lpszAgent: `agent ${index}` }, { origin: 'test' });
  const list = page.getByRole('listbox', { name: /^Events, 10,000/ });
  await expect(list).toBeVisible();
  await expect(inspector.events().last()).toHaveAttribute('aria-posinset', '10000');
  expect(await inspector.events().count()).toBeLessThan(80);
  await list.focus();
  await page.keyboard.press('Home');
  await expect(inspector.events().first()).toHaveAttribute('aria-posinset', '1');
  await inspector.core.inspector.call('InternetOpen', { lpszAgent: 'later' }, { origin: 'test' });
  await expect(page.getByRole('listbox', { name: /^Events, 10,002/ })).toBeVisible();
  await expect(inspector.events().first()).toHaveAttribute('aria-posinset', '1');
  await page.getByRole('button', { name: 'Follow the newest' }).click();
  await expect(inspector.events().last()).toHaveAttribute('aria-posinset', '10002');
});

test('a list taller than an element may be is read to its very end by bar, wheel and keys', async ({ page, inspector }) => {
  inspector.core.fill({ events: 400_000, handles: 20, seed: 1 });
  const total = inspector.core.inspector.trace.log.length;
  await inspector.open();
  const list = page.getByRole('listbox', { name: /^Events/ });
  const last = inspector.events().last();
  await expect(last).toHaveAttribute('aria-posinset', String(total));
  await list.focus();
  await page.keyboard.press('Home');
  await expect(inspector.events().first()).toHaveAttribute('aria-posinset', '1');
  await page.keyboard.press('End');
  await expect(last).toHaveAttribute('aria-posinset', String(total));
  await expect(last).toBeInViewport();
  const bar = async (part: number): Promise<void> => list.evaluate((element, to) => { element.scrollTop = (element.scrollHeight - element.clientHeight) * to; }, part);
  await bar(0);
  await expect(inspector.events().first()).toHaveAttribute('aria-posinset', '1');
  await bar(1);
  await expect(last).toHaveAttribute('aria-posinset', String(total));
  await list.hover();
  // A turn of the wheel is as long here as in a short list: ten rows of 24 pixels.
  const top = async (): Promise<number> => Number(await inspector.events().first().getAttribute('aria-posinset'));
  const before = await top();
  await page.mouse.wheel(0, -240);
  await expect.poll(top).toBe(before - 10);
  await page.mouse.wheel(0, 10_000);
  await expect(last).toHaveAttribute('aria-posinset', String(total));
  await expect(last).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Follow the newest' })).toHaveCount(0);
});

test('a search over a long trace tells how far it is, is stopped with what it has, and goes on', async ({ page, inspector }) => {
  inspector.core.fill({ events: 100_000, handles: 20, seed: 1 });
  const { trace } = inspector.core.inspector;
  // Until it may, the search goes no further than a few events with each question, so that it lasts.
  let mayRun = false;
  inspector.core.handlers.events = (asked) => {
    // The bridge gives what EVENTS_SCHEMA describes.
    const query = asked as EventQuery;
    const page = trace.events(query, mayRun ? Number.POSITIVE_INFINITY : 0);
    if (!mayRun) trace.events({ ...query, count: 0, stopped: true });
    return ok(page);
  };
  await inspector.open();
  await page.getByLabel('Filter handles, events and findings').fill('readfile');
  const found = page.getByRole('status').filter({ hasText: 'found' });
  await expect(found).toContainText('still looking…');
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(found).toContainText('then stopped');
  expect(await inspector.events().count()).toBeGreaterThan(0);
  mayRun = true;
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(found).toHaveText(/^[\d,]+ found$/);
});

test('a lane stands at the height of its row, wherever the tree is scrolled', async ({ page, inspector }) => {
  await inspector.open();
  for (let index = 0; index < 60; index++) await inspector.core.inspector.call('InternetOpen', { lpszAgent: `agent ${index}` }, { origin: 'test' });
  await expect(page.getByRole('treeitem').first()).toBeVisible();
  const timeline = page.getByRole('application', { name: /Timeline/ });
  await page.mouse.move(100, 200);
  await page.mouse.wheel(0, 437);
  await expect.poll(async () => (await page.getByRole('treeitem').first().boundingBox())?.y).not.toBe(80);
  const box = await timeline.boundingBox();
  const id = await page.getByRole('treeitem').nth(14).getAttribute('id');
  const row = page.locator(`[id="${id}"]`);
  const place = await row.boundingBox();
  if (box === null || place === null) throw new Error('the row or the timeline is not on the screen');
  await page.mouse.click(box.x + box.width - 24, place.y + place.height / 2);
  await expect(row).toHaveAttribute('aria-selected', 'true');
});

test('long names stay inside their panes, and are told in full', async ({ page, inspector }) => {
  await inspector.open();
  const path = `/${'a-very-long-segment/'.repeat(20)}?${'q'.repeat(300)}`;
  await inspector.newClient((await inspector.core.silent()) + path);
  const row = inspector.row(/GET \/a-very-long/);
  await expect(row).toBeVisible();
  await expect(row).toHaveAttribute('title', new RegExp('q{300}'));
  await page.keyboard.press('Delete');
  await expect(inspector.dialog()).toBeVisible();
  const wide = await page.evaluate(() => ({
    page: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    dialog: [...document.querySelectorAll('dialog, dialog *')].filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === 'visible' && getComputedStyle(element).display !== 'inline').map((element) => element.className),
    panes: [...document.querySelectorAll('aside, section')].filter((element) => element.getBoundingClientRect().right > innerWidth + 1).length,
  }));
  expect(wide).toEqual({ page: 0, dialog: [], panes: 0 });
});
