import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { saveSession } from '../../electron/session/save';
import { syntheticTrace } from '../../electron/trace/synthetic';
import { Trace } from '../../electron/trace/trace';
import { expect, test } from './window';

const BY = { application: '0', engine: { kind: 'portable', description: '' } };

let folder = '';
let file = '';
test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hui-'));
  file = path.join(folder, 'busy.hinspect');
  const trace = new Trace(() => 0);
  for (const event of syntheticTrace({ events: 600, handles: 6, seed: 2 })) trace.append(event);
  await saveSession(trace, file, BY);
});
test.afterEach(async () => rm(folder, { recursive: true }));

test('a file is shown beside the live recording, which goes on and is one key away', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/live`);
  inspector.core.answers.open = file;
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('status').filter({ hasText: 'Recorded earlier' })).toContainText('busy.hinspect');
  await expect(inspector.row(/GET \/item/).first()).toBeVisible();
  await expect(inspector.row(/GET \/live/)).toHaveCount(0);
  // A handle of a file has the number of another: nothing that acts on handles may be given.
  await expect(page.getByRole('button', { name: 'New client' }).first()).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+w');
  await expect(inspector.row(/GET \/live/)).toBeVisible();
  await expect(inspector.row(/GET \/item/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'New client' }).first()).toHaveAttribute('aria-disabled', 'false');
});

test('a file that is dropped opens, and one that is none says why and leaves what is shown', async ({ page, inspector }) => {
  const bad = path.join(folder, 'bad.hinspect');
  await writeFile(bad, 'hello');
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/live`);
  const drop = (dropped: string): Promise<void> => {
    // The preload tells main of it before the page.
    inspector.core.handlers.dropped(dropped);
    return page.evaluate((detail) => { window.dispatchEvent(new CustomEvent('test-drop', { detail })); }, dropped);
  };
  await drop(bad);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('bad.hinspect');
  await expect(inspector.row(/GET \/live/)).toBeVisible();
  await drop(file);
  await expect(inspector.row(/GET \/item/).first()).toBeVisible();
});

test('a note on a handle stands in its row and its details, and can be changed and taken away', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/live`);
  await page.keyboard.press('Control+m');
  await inspector.dialog().getByLabel('Note', { exact: true }).fill('it never answers');
  await inspector.dialog().getByRole('button', { name: 'Keep the note' }).click();
  await expect(inspector.row(/GET \/live.*1 note/)).toBeVisible();
  const details = page.getByRole('article', { name: /Details of/ });
  await expect(details).toContainText('it never answers');
  await details.getByRole('button', { name: /^Change/ }).click();
  await inspector.dialog().getByLabel('Note', { exact: true }).fill('it answers late');
  await inspector.dialog().getByRole('button', { name: 'Keep the note' }).click();
  await expect(details).toContainText('it answers late');
  await page.keyboard.press('Control+d');
  await page.keyboard.press('Control+Shift+m');
  await expect(inspector.dialog().getByRole('listitem')).toHaveCount(2);
  await inspector.dialog().getByRole('button', { name: 'Remove: it answers late' }).click();
  await inspector.dialog().getByRole('button', { name: 'Remove it' }).click();
  await expect(inspector.dialog().getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(inspector.row(/note/)).toHaveCount(0);
  expect(inspector.core.inspector.trace.annotations.all).toMatchObject([{ kind: 'bookmark' }]);
});

test('a new recording closes what is open, empties the window and begins at time 0; the tour goes with the old one', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/before`);
  await inspector.menu('new-recording');
  const question = inspector.dialog();
  await expect(question).toContainText('open handles are closed first');
  await question.getByRole('button', { name: 'Begin anew' }).click();
  await expect(inspector.row(/GET \/before/)).toHaveCount(0);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('A new recording has begun');
  // What is there now is one request and what it needs, from its first event on.
  await inspector.newClient(`${await inspector.core.silent()}/after`);
  await expect(inspector.row(/GET \/after/)).toBeVisible();
  await inspector.settled();
  expect(inspector.core.nodes().map(({ label }) => label).filter((label) => label.startsWith('GET'))).toEqual(['GET /after']);
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('0 dropped');
  for (const line of await inspector.events().allTextContents()) expect(line).not.toContain('/before');
});
