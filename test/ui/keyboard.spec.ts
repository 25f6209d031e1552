import type { Page } from '@playwright/test';
import { freePort } from './free-port';
import { expect, test } from './window';

/** More stops of the Tab key than the window has. */
const MOST_STOPS = 40;

/** Presses Tab, as a person does who has no pointer, until the focus is on what has this role and name. */
async function tabTo(page: Page, role: 'tree' | 'tabpanel' | 'button', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name });
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    await page.keyboard.press('Tab');
    for (const one of await wanted.all()) if (await one.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`the Tab key never reaches the ${role} ${name}`);
}

/** Replaces what stands in the field that has the focus. */
async function retype(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

test('by keyboard alone a client is opened, its request chosen and closed while pending, and the explanation read', async ({ page, inspector }) => {
  const url = await inspector.core.silent();
  await inspector.open();
  await tabTo(page, 'button', 'New client');
  await page.keyboard.press('Enter');
  await expect(inspector.dialog().getByLabel('URL')).toBeFocused();
  await retype(page, `${url}/slow`);
  await page.keyboard.press('Enter');
  await expect(inspector.row(/GET \/slow, open, 1 pending/)).toBeVisible();

  await tabTo(page, 'tree', 'Handles');
  await page.keyboard.press('Home');
  await expect(inspector.row(/Session/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(inspector.row(/GET \/slow/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Delete');
  await expect(inspector.dialog().getByRole('button', { name: 'Close the handle' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(inspector.row(/GET \/slow, closed/)).toBeVisible();
  // The dialog gives the focus back to where it was asked for.
  await expect(page.getByRole('tree', { name: 'Handles' })).toBeFocused();

  const details = page.getByRole('tabpanel', { name: 'Details' });
  await expect(details).toContainText('Explained close');
  await expect(details).toContainText('HANDLE_CLOSING on thread');
  await tabTo(page, 'tabpanel', 'Details');
});

test('by keyboard alone a server is opened, one of its requests answered and another cancelled', async ({ page, inspector }) => {
  const port = await freePort();
  await inspector.open();
  await tabTo(page, 'button', 'New server');
  await page.keyboard.press('Enter');
  await expect(inspector.dialog().getByLabel('URL prefix')).toBeFocused();
  await retype(page, `http://localhost:${port}/`);
  await page.keyboard.press('Enter');
  await expect(inspector.row(/^Request queue .*open/)).toBeVisible();

  const answered = fetch(`http://localhost:${port}/report`);
  await expect(inspector.row(/GET \/report/)).toBeVisible();
  await tabTo(page, 'tree', 'Handles');
  await page.keyboard.press('End');
  await page.keyboard.press('Control+Enter');
  await expect(inspector.dialog().getByLabel('Status')).toBeFocused();
  await page.keyboard.press('Enter');
  expect((await answered).status).toBe(200);
  await expect(inspector.row(/GET \/report, answered/)).toBeVisible();

  const cut = fetch(`http://localhost:${port}/cut`).then(() => 'answered', () => 'cut off');
  await expect(inspector.row(/GET \/cut/)).toBeVisible();
  await page.keyboard.press('End');
  await expect(inspector.row(/GET \/cut/)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+.');
  await expect(inspector.dialog().getByRole('button', { name: 'Cancel the request' })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await cut).toBe('cut off');
  await expect(inspector.row(/GET \/cut, cancelled/)).toBeVisible();
});
