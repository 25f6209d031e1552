import type { Page } from '@playwright/test';
import type { CommandId } from '../../preload/contract/command-catalog';
import { expect, test, type InspectorWindow } from './window';

/** The menu of the system that was asked for last: its commands, and why each is off. */
async function lastMenu(inspector: InspectorWindow, count: number): Promise<ReadonlyMap<CommandId, string | undefined>> {
  await expect.poll(() => inspector.core.menus.length).toBe(count);
  return new Map(inspector.core.menus.at(-1)?.groups.flatMap((group) => group.map(({ id, off }) => [id, off] as const)));
}

async function insideOf(page: Page, inspector: InspectorWindow, selector: string): Promise<boolean> {
  const box = await page.locator(selector).first().boundingBox();
  const { x, y } = inspector.core.menus.at(-1) ?? { x: -1, y: -1 };
  return box !== null && x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height + 1;
}

test('every list and the lanes have a menu of the system, by pointer and by key, about what is selected with it', async ({ page, inspector }) => {
  test.slow();
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/one`);
  await inspector.newClient(`${await inspector.core.silent()}/two`);
  // By key: the selected row, below it.
  await page.getByRole('tree').focus();
  await page.keyboard.press('ContextMenu');
  const ofHandle = await lastMenu(inspector, 1);
  expect(ofHandle.get('close-handle')).toBeUndefined();
  expect(ofHandle.get('cancel-request')).toMatch(/takes a server request/);
  expect(await insideOf(page, inspector, '[role=treeitem][aria-selected=true]')).toBe(true);
  await page.keyboard.press('Shift+F10');
  await lastMenu(inspector, 2);
  // By pointer: another row, which is selected with it.
  await inspector.row(/GET \/one/).click({ button: 'right' });
  await lastMenu(inspector, 3);
  await expect(inspector.row(/GET \/one/)).toHaveAttribute('aria-selected', 'true');
  // What is chosen there is the command, as everywhere.
  inspector.core.chosen = 'copy-raw';
  await inspector.row(/GET \/two/).click({ button: 'right' });
  await lastMenu(inspector, 4);
  await expect.poll(() => inspector.core.clipboard.at(-1)).toBe(inspector.core.node('GET /two').raw);
  inspector.core.chosen = undefined;
  // An event, by pointer and by key.
  await inspector.events().filter({ hasText: 'HttpSendRequest' }).first().click({ button: 'right' });
  expect([...(await lastMenu(inspector, 5)).keys()]).toEqual(['copy-text', 'copy-json', 'copy-code', 'fit-handle', 'note']);
  await expect(inspector.events().filter({ hasText: 'HttpSendRequest' }).first()).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('listbox', { name: /^Events/ }).focus();
  await page.keyboard.press('ContextMenu');
  await lastMenu(inspector, 6);
  // The lanes: by key what is selected, by pointer what lies there.
  await page.getByRole('application', { name: /^Timeline/ }).focus();
  await page.keyboard.press('ContextMenu');
  await lastMenu(inspector, 7);
  const lanes = await page.getByRole('application', { name: /^Timeline/ }).boundingBox();
  if (lanes === null) throw new Error('no timeline');
  await page.mouse.click(lanes.x + lanes.width - 6, lanes.y + 14, { button: 'right' });
  expect((await lastMenu(inspector, 8)).has('close-handle')).toBe(true);
  // A note, from the button that has the focus in it.
  await inspector.row(/GET \/two/).click();
  await page.keyboard.press('Control+m');
  await inspector.dialog().getByLabel('Note', { exact: true }).fill('it answers late');
  await inspector.dialog().getByRole('button', { name: 'Keep the note' }).click();
  inspector.core.chosen = 'remove-note';
  await page.getByRole('article', { name: /Details of/ }).getByRole('button', { name: 'Change: it answers late' }).focus();
  await page.keyboard.press('ContextMenu');
  expect([...(await lastMenu(inspector, 9)).keys()]).toEqual(['show-note', 'change-note', 'remove-note']);
  await expect(inspector.dialog()).toHaveAccessibleName('Remove the note “it answers late”?');
});
