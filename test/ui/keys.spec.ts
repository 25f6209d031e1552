import { expect, test } from './window';

test('keys of a command are changed, shown everywhere, heard, and kept; those of another are swapped on request only', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('?');
  const help = inspector.dialog();
  await help.getByLabel('Find a command').fill('ctrl+n');
  await help.getByRole('button', { name: 'Change the keys of New client' }).click();
  const press = help.getByLabel('New keys for New client');
  await expect(press).toBeFocused();
  // What a pane or a field needs is refused, with the reason; nothing is given meanwhile.
  await page.keyboard.press('w');
  await expect(help.getByRole('alert')).toHaveText('W moves the timeline.');
  await page.keyboard.press('Control+v');
  await expect(help.getByRole('alert')).toHaveText('Ctrl+V edits the text in fields.');
  await page.keyboard.press('Control+o');
  await expect(help.getByRole('alert')).toHaveText('Ctrl+O gives Open now. Swapped, Open has Ctrl+N.');
  await page.keyboard.press('Control+g');
  await expect(help.getByRole('button', { name: 'Change the keys of New client' })).toBeFocused();
  await expect(help.getByRole('status')).toHaveText('New client: Ctrl+G');
  expect(inspector.core.keys).toEqual({ 'new-client': 'CmdOrCtrl+G' });
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  // Everywhere they are shown.
  await expect(page.getByRole('button', { name: 'New client' }).first()).toHaveAttribute('title', 'New client (Ctrl+G)');
  await page.keyboard.press('Control+n');
  await expect(inspector.dialog()).toBeHidden();
  await page.keyboard.press('Control+g');
  await expect(inspector.dialog()).toHaveAccessibleName('New client');
  await page.keyboard.press('Escape');
  // And after another start, until they are reset.
  await page.reload();
  await inspector.settled();
  await page.keyboard.press('Control+g');
  await expect(inspector.dialog()).toHaveAccessibleName('New client');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await help.getByRole('button', { name: 'Reset all keys…' }).click();
  await help.getByRole('button', { name: 'Reset them' }).click();
  expect(inspector.core.keys).toEqual({});
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+n');
  await expect(inspector.dialog()).toHaveAccessibleName('New client');
});

test('Escape keeps the keys as they are, and a swap gives each command the keys of the other', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('?');
  const help = inspector.dialog();
  await help.getByRole('button', { name: 'Change the keys of Scenarios' }).click();
  await page.keyboard.press('Escape');
  await expect(help).toBeVisible();
  await expect(help.getByRole('button', { name: 'Change the keys of Scenarios' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+n');
  await help.getByRole('button', { name: 'Swap them' }).click();
  expect(inspector.core.keys).toEqual({ 'scenarios': 'CmdOrCtrl+N', 'new-client': 'CmdOrCtrl+E' });
  await help.getByRole('button', { name: 'Change the keys of Scenarios' }).click();
  await help.getByRole('button', { name: 'Remove', exact: true }).click();
  expect(inspector.core.keys).toEqual({ 'scenarios': '', 'new-client': 'CmdOrCtrl+E' });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+n');
  await expect(help).toBeHidden();
});
