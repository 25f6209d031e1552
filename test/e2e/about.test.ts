import { expect, test } from './app';

test('Help, About tells what really runs; a copy that runs from its sources looks for no updates, and says so', async ({ window }) => {
  const give = (label: string): Promise<void> => window.electron.evaluate(({ Menu }, wanted) => {
    const help = Menu.getApplicationMenu()?.items.find((item) => item.label === 'Help');
    help?.submenu?.items.find((item) => item.label === wanted)?.click();
  }, label);
  await expect(window.page.locator('body')).toHaveAttribute('data-idle', 'true');
  const versions = await window.electron.evaluate(() => ({ electron: process.versions['electron'], chrome: process.versions['chrome'], node: process.versions['node'] }));
  await give('Check for updates…');
  await expect(window.page.getByText(/Check for updates: .*(?:from its sources|have no signature)/).first()).toBeAttached();
  await give('About Hinspector…');
  const about = window.dialog('About Hinspector');
  for (const version of Object.values(versions)) await expect(about).toContainText(version ?? 'no version');
  await about.getByRole('searchbox').fill('electron');
  await about.getByRole('button', { name: /^Electron / }).click();
  await expect(about.getByRole('article', { name: 'Licence of Electron' })).toContainText(/LICENSES?\b/);
});
