import type { Page } from '@playwright/test';
import { curl, expect, freePort, test } from './app';

/** Counts what a pointer does in the page from now on. */
async function watchPointer(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    document.documentElement.dataset['pointed'] = '0';
    for (const kind of ['pointerdown', 'pointermove', 'wheel']) {
      addEventListener(kind, () => { document.documentElement.dataset['pointed'] = '1'; }, { capture: true, passive: true });
    }
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset['pointed']));
}

/** Replaces what stands in the field that has the focus. */
async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

test('the whole main job is done by keyboard alone', async ({ window }) => {
  const { page } = window;
  const { keyboard } = page;
  await expect(page.locator('body')).toHaveAttribute('data-idle', 'true');
  const pointed = await watchPointer(page);

  // A client whose request is pending, closed.
  const url = await window.peer((_request, response) => { setTimeout(() => response.end('late'), 20_000); });
  await keyboard.press('Control+n');
  await expect(window.dialog('New client').getByLabel('URL')).toBeFocused();
  await retype(page, `${url}/slow`);
  await keyboard.press('Enter');
  await expect(window.handle(/GET \/slow, open, 1 pending/)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Delete');
  await expect(window.dialog(/^Close/).getByRole('button', { name: 'Close the handle' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(window.handle(/GET \/slow, closed/)).toBeVisible();
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('HANDLE_CLOSING on thread');

  // A server: one request cancelled, the next one answered.
  const prefix = `http://localhost:${await freePort()}/`;
  await keyboard.press('Control+Shift+N');
  await expect(window.dialog('New server').getByLabel('URL prefix')).toBeFocused();
  await retype(page, prefix);
  await keyboard.press('Enter');
  await expect(window.handle(/^Request queue .*open/)).toBeVisible();
  await expect(page.getByRole('tree', { name: 'Handles' })).toBeFocused();

  const cancelled = curl(`${prefix}cut`);
  await expect(window.handle(/GET \/cut/)).toBeVisible();
  await keyboard.press('End');
  await expect(window.handle(/GET \/cut/)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Control+.');
  await expect(window.dialog(/^Cancel/).getByRole('button', { name: 'Cancel the request' })).toBeFocused();
  await keyboard.press('Enter');
  expect([52, 56]).toContain((await cancelled).code);
  await expect(window.handle(/GET \/cut, cancelled/)).toBeVisible();

  const answered = curl('--include', `${prefix}report`);
  await expect(window.handle(/GET \/report/)).toBeVisible();
  await keyboard.press('End');
  await expect(window.handle(/GET \/report/)).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('Control+Enter');
  await expect(window.dialog(/^Respond/).getByLabel('Status')).toBeFocused();
  await retype(page, '203');
  await keyboard.press('Enter');
  expect((await answered).stdout).toMatch(/^HTTP\/1\.1 203 /);

  // What happened is looked for, and read.
  await keyboard.press('Control+f');
  await keyboard.type('HttpCancelHttpRequest');
  await expect(window.events.first()).toContainText('HttpCancelHttpRequest');
  expect(await pointed()).toBe(0);
});
