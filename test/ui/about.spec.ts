import { LocalFeed } from '../unit/updates/local-feed';
import { expect, test } from './window';

test('About tells what this is made of; a word finds a licence, and its text is copied', async ({ inspector, page }) => {
  await inspector.open();
  await inspector.menu('about');
  const dialog = inspector.dialog();
  await expect(dialog.getByRole('article', { name: 'Licence of Hinspector' })).toContainText('The Hinspector developers');
  await expect(dialog.getByText('Portable engine')).toBeVisible();
  await dialog.getByRole('button', { name: 'Copy versions' }).click();
  await expect.poll(() => inspector.core.clipboard[0]).toContain('Engine: Portable engine');
  await dialog.getByRole('searchbox').fill('schlueter blue oak');
  await expect(dialog.getByRole('listitem')).toHaveText([/^saxBlueOak-1\.0\.0/]);
  await expect(dialog.getByRole('article')).toContainText('Blue Oak Model License');
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(() => inspector.core.clipboard[1]).toContain('Blue Oak Model License');
  await dialog.getByRole('searchbox').fill('no such licence');
  await expect(dialog.getByRole('status')).toHaveText('No licence has “no such licence”.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a newer version is found, downloaded when the person agrees, given up and taken again; without a feed the command says why', async ({ inspector, page }) => {
  await inspector.open();
  await inspector.menu('check-updates');
  await expect(page.getByRole('status').filter({ hasText: 'runs from its sources' })).toHaveCount(1);
  const feed = await LocalFeed.start('0.2.0');
  inspector.core.atEnd(() => feed.stop());
  await inspector.core.installedFrom(feed);
  await inspector.settled();
  // Main tells the page of it with its next update.
  await expect(async () => {
    await inspector.menu('check-updates');
    await expect(inspector.dialog()).toBeVisible({ timeout: 500 });
  }).toPass();
  const dialog = inspector.dialog();
  await expect(dialog.getByRole('status')).toContainText('Hinspector 0.2.0 (2026-11-22, 12 B) can be downloaded. This is 0.1.0.');
  expect(feed.asked.filter((asked) => asked.endsWith('.exe'))).toEqual([]);
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toContainText('It is installed when you leave');
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeFocused();
  await dialog.getByRole('button', { name: 'Do not install it' }).click();
  await expect(dialog.getByRole('button', { name: 'Download' })).toBeVisible();
});
