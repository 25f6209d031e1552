import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, Window } from './app';

const run = promisify(execFile);

let folder = '';
test.beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-journal-')); });
test.afterEach(async () => rm(folder, { recursive: true, force: true }));

test('a disk that fills up stops the journal with a message, and never the recording', async () => {
  const journals = path.join(folder, 'journals');
  await mkdir(journals);
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', journals]).then(() => true, () => false);
  test.skip(!mounted, 'a small disk can be mounted only as root on Linux');
  try {
    const window = await Window.launch([`--user-data-dir=${folder}`]);
    const { page } = window;
    await expect(page.getByRole('contentinfo')).toContainText('journal saved');
    const url = await window.peer((_request, response) => { response.end('x'.repeat(4096)); });
    for (let client = 0; client < 3; client += 1) await window.newClient(`${url}/${client}`);
    const alert = page.getByRole('alert').filter({ hasText: 'The journal stopped: ENOSPC' });
    await expect(alert).toContainText('The recording goes on');
    await expect(page.getByRole('contentinfo')).toContainText('journal stopped');
    await window.newClient(`${url}/after`);
    await expect(window.handle(/GET \/after/)).toBeVisible();
    await window.close();
  } finally {
    await run('umount', [journals]);
  }
});

test('where no journal can be written the window says so, and records', async () => {
  // Its folder cannot be made where a file has the name.
  await writeFile(path.join(folder, 'journals'), '');
  const window = await Window.launch([`--user-data-dir=${folder}`]);
  await expect(window.page.getByRole('alert')).toContainText('There is no journal');
  const url = await window.peer((_request, response) => { response.end('ok'); });
  await window.newClient(`${url}/recorded`);
  await expect(window.handle(/GET \/recorded/)).toBeVisible();
  await window.close();
});

test('the recording before a new one is among the recent ones, whole', async () => {
  const window = await Window.launch([`--user-data-dir=${folder}`]);
  const { page } = window;
  const url = await window.peer((_request, response) => { response.end('ok'); });
  await window.newClient(`${url}/first`);
  await expect(window.handle(/GET \/first/)).toBeVisible();
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Control+Shift+P');
  await page.getByRole('dialog').getByRole('combobox').fill('New recording');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Begin anew' }).click();
  await expect(window.handle(/GET \/first/)).toHaveCount(0);
  await window.newClient(`${url}/second`);
  await expect(window.handle(/GET \/second/)).toBeVisible();
  await page.keyboard.press('Control+Shift+O');
  const recent = page.getByRole('dialog', { name: 'Open recent' });
  await recent.getByRole('button', { name: /recording/i }).first().click();
  await expect(window.handle(/GET \/first/)).toBeVisible();
  await expect(window.handle(/GET \/second/)).toHaveCount(0);
  // With what was written down in it, which the new one has not.
  await page.keyboard.press('Control+Shift+m');
  await expect(page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+w');
  await expect(window.handle(/GET \/second/)).toBeVisible();
  await page.keyboard.press('Control+Shift+m');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await window.close();
});
