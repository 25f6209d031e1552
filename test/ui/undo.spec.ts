import type { Page } from '@playwright/test';
import { expect, test, type InspectorWindow } from './window';

/** Chooses three seconds to undo. From then on time stands still in the page, and passes when the test says so. */
async function withTimeInHand(page: Page, inspector: InspectorWindow): Promise<void> {
  await page.keyboard.press('Control+,');
  await inspector.dialog().getByLabel('Three seconds to undo').check();
  await page.keyboard.press('Escape');
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
}

test('a close waits three seconds: undone it never happens, left alone it does', async ({ page, inspector }) => {
  test.slow();
  await page.clock.install();
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  const waiting = page.getByRole('region', { name: 'Carried out in a moment' });
  await withTimeInHand(page, inspector);
  await page.keyboard.press('Delete');
  await expect(inspector.dialog()).toBeHidden();
  await expect(waiting.getByRole('listitem')).toHaveText([/Close GET \/slow.*in 3 s/]);
  await page.clock.fastForward(2900);
  await expect(waiting).toContainText('in 1 s');
  expect(inspector.core.node('GET /slow').state).toBe('open');
  await page.keyboard.press('Control+z');
  await expect(waiting).toBeHidden();
  await page.clock.fastForward(10_000);
  expect(inspector.core.node('GET /slow').state).toBe('open');
  await page.keyboard.press('Delete');
  await page.clock.fastForward(3100);
  await page.clock.resume();
  await expect(inspector.row(/GET \/slow, closed/)).toBeVisible();
  // Nothing waits any more: the command says so.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('contentinfo', { name: 'Status' })).toContainText('Nothing is held back that could be undone.');
});

test('several wait side by side, each with its own way back; one whose handle ends by itself goes with words', async ({ page, inspector }) => {
  test.slow();
  await page.clock.install();
  await inspector.open();
  const url = await inspector.core.silent();
  for (const name of ['a', 'b', 'c']) await inspector.newClient(`${url}/${name}`);
  const waiting = page.getByRole('region', { name: 'Carried out in a moment' });
  await withTimeInHand(page, inspector);
  for (const name of ['a', 'b', 'c']) {
    await inspector.row(new RegExp(`GET /${name}`)).click();
    await page.keyboard.press('Delete');
  }
  await expect(waiting.getByRole('listitem')).toHaveText([/GET \/c/, /GET \/b/, /GET \/a/]);
  await waiting.getByRole('button', { name: 'Undo: Close GET /b' }).click();
  await expect(waiting.getByRole('listitem')).toHaveText([/GET \/c/, /GET \/a/]);
  // Somebody else's code closes one of them meanwhile.
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet: BigInt(inspector.core.node('GET /c').raw) }, { origin: 'test' });
  // The update comes from the other process, and is drawn with the next frame.
  await expect(async () => {
    await page.clock.runFor(20);
    await expect(waiting.getByRole('listitem')).toHaveText([/GET \/a/], { timeout: 200 });
  }).toPass({ intervals: [100], timeout: 10_000 });
  await page.clock.fastForward(3000);
  await page.clock.resume();
  await expect(inspector.row(/GET \/a, closed/)).toBeVisible();
  await expect(inspector.row(/GET \/b, open/)).toBeVisible();
  await page.getByRole('tab', { name: /^Output/ }).click();
  await expect(page.getByRole('list', { name: 'Output' })).toContainText(/Close GET \/c: not carried out, for it is clos/);
});

test('a note that is removed comes back by the button that removed it', async ({ page, inspector }) => {
  test.slow();
  await page.clock.install();
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  await page.keyboard.press('Control+m');
  await inspector.dialog().getByLabel('Note', { exact: true }).fill('it answers late');
  await inspector.dialog().getByRole('button', { name: 'Keep the note' }).click();
  await withTimeInHand(page, inspector);
  await page.keyboard.press('Control+Shift+m');
  // What is loaded when it is first shown waits for a moment of the clock, too.
  await page.clock.fastForward(500);
  const remark = inspector.dialog().getByRole('listitem');
  await remark.getByRole('button', { name: 'Remove: it answers late' }).click();
  await remark.getByRole('button', { name: 'Undo the removal of it answers late' }).click();
  await page.clock.fastForward(10_000);
  await expect(remark).toHaveCount(1);
  await remark.getByRole('button', { name: 'Remove: it answers late' }).click();
  await page.clock.fastForward(3100);
  await page.clock.resume();
  await expect(inspector.dialog()).toContainText('There are none left.');
});
