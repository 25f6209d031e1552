import { expect, test } from './window';

test('a GET is drawn from its first call to its completion, and selected', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.peer((_request, response) => { response.end('hello'); });
  await inspector.newClient(`${url}/ok`);
  await expect(inspector.row('HTTP request GET /ok, open')).toHaveAttribute('aria-selected', 'true');
  await expect(inspector.row(/Session/)).toHaveAttribute('aria-level', '1');
  await expect(inspector.row(/GET \/ok/)).toHaveAttribute('aria-level', '3');
  await expect(inspector.events().filter({ hasText: 'REQUEST_COMPLETE' })).toContainText('GET /ok');
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('GET /ok');
  const table = page.getByRole('table', { name: /Timeline as a table/ });
  await expect(table.getByRole('row', { name: /GET \/ok.*receiving/ })).toHaveCount(1);
});

test('a pending request closed from the keyboard: the consequences, then 997, 12017, HANDLE_CLOSING, closed', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  await expect(inspector.row(/GET \/slow, open, 1 pending/)).toBeVisible();
  await page.keyboard.press('Delete');
  const dialog = inspector.dialog();
  await expect(dialog).toHaveAccessibleName('Close GET /slow?');
  await expect(dialog).toContainText('HttpSendRequest of GET /slow');
  await expect(dialog).toContainText('ERROR_IO_PENDING (997)');
  await expect(dialog).toContainText('learn.microsoft.com');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(inspector.row(/GET \/slow, closed/)).toBeVisible();
  const details = page.getByRole('tabpanel', { name: 'Details' });
  await expect(details).toContainText('Explained close');
  await expect(details.getByRole('listitem').first()).toContainText('997 ERROR_IO_PENDING');
  await expect(details.getByRole('listitem').filter({ hasText: 'REQUEST_COMPLETE on thread' })).toContainText('ERROR_INTERNET_OPERATION_CANCELLED');
  await expect(details.getByRole('listitem').nth(-2)).toContainText('HANDLE_CLOSING on thread');
  await expect(details.getByRole('listitem').last()).toContainText('The handle is gone');
  await expect(inspector.events().last()).toContainText('HANDLE_CLOSING');
});

test('an open handle says why it is still open', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  const details = page.getByRole('tabpanel', { name: 'Details' });
  await expect(details).toContainText('Why it is still open');
  await expect(details.getByRole('listitem').filter({ hasText: 'HttpSendRequest' })).not.toHaveCount(0);
});

test('closing the session names what is below it; keeping it changes nothing', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  await inspector.row(/Session/).click();
  await page.getByRole('button', { name: /^Close/ }).click();
  const dialog = inspector.dialog();
  await expect(dialog).toContainText('Closes 2 more below it');
  await expect(dialog).toContainText('GET /slow');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  expect(inspector.core.nodes().every((node) => node.state === 'open')).toBe(true);
  await page.getByRole('button', { name: /^Close/ }).click();
  await dialog.getByRole('button', { name: 'Close the handle' }).click();
  for (const name of [/Session.*closed/, /127\.0\.0\.1.*closed/, /GET \/slow, closed/]) await expect(inspector.row(name)).toBeVisible();
  await page.getByRole('button', { name: 'Live only' }).click();
  await expect(inspector.row(/.*/)).toHaveCount(0);
  await expect(page.getByText('No handle is live.')).toBeVisible();
});

test('“Do not ask again” is kept, and the settings can undo it', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  for (const path of ['/one', '/two', '/three']) await inspector.newClient(url + path);
  await inspector.row(/GET \/one/).click();
  await page.keyboard.press('Delete');
  await inspector.dialog().getByLabel('Do not ask again').check();
  await inspector.dialog().getByRole('button', { name: 'Close the handle' }).click();
  await inspector.row(/GET \/two/).click();
  await page.keyboard.press('Delete');
  await expect(page.getByRole('region', { name: 'Carried out in a moment' })).toContainText('Close GET /two');
  await expect(inspector.row(/GET \/two, closed/)).toBeVisible();
  await page.keyboard.press('Control+,');
  await inspector.dialog().getByLabel('Ask', { exact: true }).check();
  await inspector.dialog().getByRole('button', { name: 'Done' }).click();
  await inspector.row(/GET \/three/).click();
  await page.keyboard.press('Delete');
  await expect(inspector.dialog()).toHaveAccessibleName('Close GET /three?');
});

test('button, key, application menu and context menu give one and the same command', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  const asked = inspector.dialog();
  await page.getByRole('button', { name: /^Close/ }).click();
  await expect(asked).toHaveAccessibleName('Close GET /slow?');
  await page.keyboard.press('Escape');
  await inspector.menu('close-handle');
  await expect(asked).toHaveAccessibleName('Close GET /slow?');
  await page.keyboard.press('Escape');
  inspector.core.chosen = 'close-handle';
  await page.getByRole('tree').focus();
  await page.keyboard.press('ContextMenu');
  await expect(asked).toHaveAccessibleName('Close GET /slow?');
});

test('a command that is off says why in the output, and does nothing', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/slow`);
  await page.keyboard.press('Control+.');
  await expect(inspector.dialog()).toBeHidden();
  await page.getByRole('tab', { name: /Output/ }).click();
  await expect(page.getByRole('tabpanel', { name: 'Output' })).toContainText('HttpCancelHttpRequest takes a server request');
});

test('a synchronous request to a peer that refuses ends with its error by number, name and meaning', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient('http://127.0.0.1:1/refused', { mode: 'Synchronous' });
  const failed = inspector.events().filter({ hasText: '12029' });
  await expect(failed).toContainText('ERROR_INTERNET_CANNOT_CONNECT');
  await failed.click();
  const details = page.getByRole('tabpanel', { name: 'Details' });
  await expect(details).toContainText('HttpSendRequest');
  await expect(details).toContainText('12029');
  await expect(details).toContainText('connect');
  await expect(details).toContainText('learn.microsoft.com');
});

test('an asynchronous request to a peer that refuses completes with 12029, and its callbacks show their payload', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient('http://127.0.0.1:1/refused');
  const complete = inspector.events().filter({ hasText: 'REQUEST_COMPLETE' });
  await expect(complete).toContainText('12029');
  await complete.click();
  const details = page.getByRole('tabpanel', { name: 'Details' });
  await expect(details).toContainText('Payload');
  await expect(details).toContainText('dwError');
  await expect(details).toContainText(/Raw bytes\s*lpvStatusInformation\s*16 bytes/);
  await details.getByRole('button', { name: /HttpSendRequest/ }).first().click();
  await expect(details.getByRole('heading', { name: 'HttpSendRequest' })).toBeVisible();
});

test('paused, the view stands still and the recording goes on; resumed, it shows what came', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  await inspector.newClient(`${url}/before`);
  await page.getByRole('button', { name: 'Pause view' }).click();
  await inspector.newClient(`${url}/meanwhile`, { paused: true });
  await expect.poll(() => inspector.core.nodes().some((node) => node.label === 'GET /meanwhile')).toBe(true);
  await expect(inspector.row(/meanwhile/)).toHaveCount(0);
  await page.getByRole('button', { name: 'Resume view' }).click();
  await expect(inspector.row(/meanwhile/)).toBeVisible();
});

test('the filter thins out tree and events alike, and says when nothing is left', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  await inspector.newClient(`${url}/red`);
  await inspector.newClient(`${url}/blue`);
  await page.keyboard.press('Control+F');
  await page.keyboard.type('/blue');
  await expect(inspector.row(/GET \/red/)).toHaveCount(0);
  await expect(inspector.row(/GET \/blue/)).toBeVisible();
  await inspector.settled();
  for (const line of await inspector.events().allTextContents()) expect(line).toContain('/blue');
  await page.keyboard.type('zzz');
  await expect(page.getByText('No handle matches “/bluezzz”.')).toBeVisible();
  await expect(page.getByText('No event meets the filter “/bluezzz”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector.row(/GET \/red/)).toBeVisible();
});

test('a key that is half typed leaves the lists as they are, until it is a filter or a word after all', async ({ page, inspector }) => {
  await page.clock.install();
  await inspector.open();
  await inspector.newClient(`${await inspector.core.silent()}/red`);
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  await page.keyboard.press('Control+F');
  await page.keyboard.type('dur');
  await page.clock.runFor(300);
  await expect(page.getByLabel('Filter handles, events and findings')).toHaveValue('dur');
  await expect(inspector.row(/GET \/red/)).toBeVisible();
  await page.clock.runFor(1000);
  await expect(page.getByText('No handle matches “dur”.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('dur>=0ms');
  await page.clock.runFor(300);
  await expect(inspector.row(/GET \/red/)).toBeVisible();
});
