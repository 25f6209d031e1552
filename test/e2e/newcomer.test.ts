import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, test as base, Window } from './app';

// What somebody does who has the window open for the first time, and a question.

test('“why does my wait after the close never end?”: from the finding to the line that says so, and to its page in the manual', async ({ window }) => {
  const { page } = window;
  const url = await window.peer(() => undefined);
  await window.newClient(`${url}/hangs`, (dialog) => dialog.getByLabel('NULL', { exact: true }).check());
  await page.keyboard.press('Delete');
  await window.dialog(/^Close/).getByRole('button', { name: 'Close the handle' }).click();
  await expect(window.handle(/GET \/hangs/)).toHaveAccessibleName(/closed/);

  await page.getByRole('tab', { name: /^Findings/ }).click();
  await page.getByRole('listbox', { name: /^Findings:/ }).getByRole('option', { name: /no HANDLE_CLOSING is made: its context is NULL/ }).click();
  await expect(page.getByRole('complementary', { name: 'The finding' })).toContainText('Give the call that makes the handle a non-NULL dwContext');
  const details = page.getByRole('tabpanel', { name: 'Details' });
  await expect(details.getByRole('listitem').filter({ hasText: 'no HANDLE_CLOSING' })).toContainText(/never.*Waiting for it would hang/);

  await page.getByRole('listbox', { name: /^Findings:/ }).focus();
  await page.keyboard.press('F1');
  const manual = window.dialog('Manual');
  await expect(manual.getByRole('region', { name: 'Read a finding' })).toBeVisible();
  await manual.getByLabel('Search the manual').fill('HANDLE_CLOSING context hangs');
  await manual.getByRole('navigation', { name: 'Found in the manual' }).getByRole('button', { name: /What hangs when I close/ }).first().click();
  const picture = manual.getByRole('img', { name: /HANDLE_CLOSING/ }).first();
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
});

test('“who leaves handles open?”: the group that grows, and all of it closed', async ({ window }) => {
  const { page } = window;
  const url = await window.peer((_request, response) => response.end('x'));
  for (const name of ['a', 'b']) await window.newClient(`${url}/${name}`);
  await page.getByRole('tab', { name: /^Open handles/ }).click();
  const requests = page.getByRole('list', { name: 'Open handles by who made them' }).getByRole('listitem').filter({ hasText: /× HTTP request/ });
  await expect(requests).toContainText('2 × HTTP request');
  await window.newClient(`${url}/c`);
  await expect(requests).toContainText('3 × HTTP request');
  await requests.getByRole('button', { name: /GET \/c/ }).click();
  await expect(window.handle(/GET \/c/)).toHaveAttribute('aria-selected', 'true');
  await requests.getByRole('button', { name: 'Close all of these' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Close them' }).click();
  await expect(requests).toHaveCount(0);
  for (const name of ['a', 'b', 'c']) await expect(window.handle(`HTTP request GET /${name}, closed`)).toBeVisible();
});

test('“what failed?”: a filter from its first letters, with a mistake on the way', async ({ window }) => {
  const { page } = window;
  const url = await window.peer((_request, response) => response.end('x'));
  await window.newClient(`${url}/fine`);
  await window.newClient('http://127.0.0.1:1/refused');
  await page.keyboard.press('Control+F');
  const filter = page.getByRole('combobox', { name: /^Filter/ });
  await page.keyboard.type('err');
  const suggestions = page.getByRole('listbox', { name: 'Suggestions' });
  await expect(suggestions.getByRole('option').first()).toContainText('error:');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(filter).toHaveValue('error:');
  await expect(filter).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.type('12029');
  await expect(filter).toHaveAttribute('aria-invalid', 'false');
  await expect(page.getByRole('search')).toContainText('12029');
  await expect(window.events).toHaveCount(1);
  await expect(window.events.first()).toContainText('GET /refused');
  await expect(window.handle(/GET \/refused/)).toBeVisible();
  await expect(window.handle(/GET \/fine/)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(window.handle(/GET \/fine/)).toBeVisible();
});

base('“can I show it to somebody?”: exported, saved, and opened again from the empty window of the next start', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-newcomer-'));
  const own = `--user-data-dir=${path.join(folder, 'profile')}`;
  const first = await Window.launch([own]);
  const url = await first.peer((_request, response) => response.end('x'));
  await first.newClient(`${url}/shown`);
  await expect(first.lane('GET /shown').filter({ hasText: 'REQUEST_COMPLETE' })).not.toHaveCount(0);
  const saveTo = (name: string): Promise<void> => first.electron.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = async () => ({ canceled: false, filePath }); }, path.join(folder, name));
  await saveTo('exchange.har');
  await first.page.keyboard.press('Control+Shift+E');
  await first.dialog('Export').getByRole('button', { name: 'Choose a file…' }).click();
  await expect(first.page.getByRole('contentinfo', { name: 'Status' })).toContainText('Exported to exchange.har');
  const har: unknown = JSON.parse(await readFile(path.join(folder, 'exchange.har'), 'utf8'));
  expect(har).toMatchObject({ log: { version: '1.2', entries: [{ request: { url: `${url}/shown` } }] } });
  await saveTo('shown.hinspect');
  await first.page.keyboard.press('Control+S');
  await expect(first.page.getByRole('contentinfo', { name: 'Status' })).toContainText('shown.hinspect');
  await first.close();

  const second = await Window.launch([own]);
  await second.page.getByRole('region', { name: 'Open again' }).getByRole('button', { name: /shown\.hinspect/ }).click();
  await expect(second.page.getByRole('status').filter({ hasText: 'Recorded earlier' })).toContainText('shown.hinspect');
  await expect(second.handle(/GET \/shown/)).toBeVisible();
  await second.close();
  await rm(folder, { recursive: true });
});
