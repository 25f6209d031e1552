import { expect, test } from './window';

test('a long explanation is read to its end by keys, and what belongs to an event is one key away', async ({ inspector, page }) => {
  const url = await inspector.core.silent();
  await inspector.open();
  await inspector.newClient(`${url}/slow`, { method: 'POST' });
  await inspector.events().filter({ hasText: 'HttpSendRequest' }).first().click();
  const panel = page.getByRole('tabpanel', { name: 'Details' });
  await expect(panel.getByRole('article', { name: 'Details of HttpSendRequest' })).toBeVisible();

  // End is "Follow live time" elsewhere; here it is the end of what is read.
  await panel.focus();
  const fromEnd = (): Promise<number> => panel.evaluate((element) => element.scrollHeight - element.clientHeight - element.scrollTop);
  expect(await fromEnd()).toBeGreaterThan(20);
  await page.keyboard.press('End');
  await expect.poll(fromEnd).toBeLessThan(2);
  await page.keyboard.press('PageUp');
  await expect.poll(fromEnd).toBeGreaterThan(20);
  await page.keyboard.press('Home');
  await expect.poll(() => panel.evaluate((element) => element.scrollTop)).toBe(0);

  // To the return of the call, and to its neighbour from there.
  await panel.getByRole('button', { name: /^Return/ }).press('Enter');
  await expect(panel.getByRole('article')).toContainText('997 ERROR_IO_PENDING');
  await expect(inspector.events().and(page.locator('[aria-selected=true]'))).toContainText('HttpSendRequest');
  await panel.getByRole('button', { name: /^After/ }).press('Enter');
  await expect(panel.getByRole('article')).toContainText('Status callback');

  await page.keyboard.press('Control+Shift+p');
  await expect(inspector.dialog().getByRole('combobox')).toBeFocused();
  await page.keyboard.type('details as text');
  await page.keyboard.press('Enter');
  await expect.poll(() => inspector.core.clipboard.at(-1)).toContain('lpvStatusInformation');
  await panel.getByRole('button', { name: 'Copy the bytes of lpvStatusInformation' }).press('Enter');
  await expect.poll(() => inspector.core.clipboard.at(-1)).toMatch(/^0000 {2}/);
});
