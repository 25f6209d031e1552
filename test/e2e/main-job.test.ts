import { curl, expect, freePort, test } from './app';

test('a client request closed while pending shows 997, REQUEST_COMPLETE 12017, HANDLE_CLOSING last, and is closed', async ({ window }) => {
  const url = await window.peer((_request, response) => { setTimeout(() => response.end('late'), 20_000); });
  await window.newClient(`${url}/slow`);
  await expect(window.handle(/GET \/slow/)).toHaveAttribute('aria-selected', 'true');
  await expect(window.lane('GET /slow').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);

  await window.page.getByRole('toolbar').getByRole('button', { name: /^Close/ }).click();
  const confirm = window.dialog(/^Close/);
  await expect(confirm).toContainText('HttpSendRequest');
  await confirm.getByRole('button', { name: 'Close the handle' }).click();

  await expect(window.handle(/GET \/slow/)).toHaveAccessibleName(/closed/);
  await window.filter('GET /slow');
  await expect(window.events.filter({ hasText: 'InternetCloseHandle' }).filter({ hasText: '997 ERROR_IO_PENDING' })).toHaveCount(1);
  await expect(window.events.filter({ hasText: 'REQUEST_COMPLETE' })).toContainText('ERROR_INTERNET_OPERATION_CANCELLED');
  await expect(window.events.filter({ hasText: 'REQUEST_COMPLETE' })).toContainText('12017');
  await expect(window.events.last()).toContainText('HANDLE_CLOSING');
  await expect(window.lane('GET /slow').filter({ hasText: 'waiting for HANDLE_CLOSING' })).toHaveCount(1);
});

test('a request cancelled in the window ends curl with a connection error; the next one is answered from the window', async ({ window }) => {
  const port = await freePort();
  const prefix = `http://localhost:${port}/`;
  await window.newServer(prefix);
  await expect(window.handle(/Queue “demo”/)).toBeVisible();

  const cancelled = curl(`${prefix}report`);
  await window.handle(/GET \/report/).click();
  await window.page.getByRole('toolbar').getByRole('button', { name: /^Cancel/ }).click();
  const confirm = window.dialog(/^Cancel/);
  await expect(confirm).toContainText('HttpCancelHttpRequest');
  await expect(confirm).toContainText(/connection/i);
  await confirm.getByRole('button', { name: 'Cancel the request' }).click();
  expect([52, 56]).toContain((await cancelled).code);
  await expect(window.handle(/GET \/report/)).toHaveAccessibleName(/cancelled/);
  await expect(window.lane('GET /report').filter({ hasText: 'connection closed' })).not.toHaveCount(0);

  const answered = curl('--include', '--data', 'question', `${prefix}second`);
  await window.handle(/POST \/second/).click();
  await expect(window.page.getByRole('complementary')).toContainText('question');
  await window.page.getByRole('complementary').getByRole('button', { name: /^Respond/ }).click();
  const respond = window.dialog(/^Respond/);
  await respond.getByLabel('Status').fill('200');
  await respond.getByLabel('Reason').fill('Fine');
  await respond.getByLabel('Headers').fill('X-From: the window');
  await respond.getByLabel('Body').fill('typed by a person');
  await respond.getByRole('button', { name: 'Send response' }).click();
  const { code, stdout } = await answered;
  expect(code).toBe(0);
  expect(stdout).toMatch(/^HTTP\/1\.1 200 Fine\r\n/);
  expect(stdout).toContain('X-From: the window');
  expect(stdout).toMatch(/typed by a person$/);
  await expect(window.handle(/POST \/second/)).toHaveAccessibleName(/answered|completed/);
});

test('closing the session closes the subtree, children before parents', async ({ window }) => {
  const url = await window.peer((_request, response) => response.end('x'));
  await window.newClient(`${url}/ok`);
  await expect(window.lane('GET /ok').filter({ hasText: 'REQUEST_COMPLETE' })).not.toHaveCount(0);
  await window.handle(/Session/).click();
  await window.page.keyboard.press('Delete');
  const confirm = window.dialog(/^Close/);
  await expect(confirm).toContainText('GET /ok');
  await confirm.getByRole('button', { name: 'Close the handle' }).click();
  for (const name of [/Session/, /127\.0\.0\.1:/, /GET \/ok/]) await expect(window.handle(name)).toHaveAccessibleName(/closed/);
  await window.filter('HANDLE_CLOSING');
  await expect(window.events).toHaveCount(2);
  await expect(window.events.nth(0)).toContainText('GET /ok');
  await expect(window.events.nth(1)).toContainText('127.0.0.1:');
});

test.describe('bad input gets a message beside its field and breaks nothing:', () => {
  const CLIENT = [
    ['URL', 'not a url', /absolute URL/], ['URL', 'ftp://127.0.0.1/', /ftp/], ['Method', 'G ET', /method/], ['Headers', 'no colon here', /line 1/],
  ] as const;
  for (const [label, value, message] of CLIENT) {
    test(`client, ${label} “${value}”`, async ({ window }) => {
      await window.page.getByRole('toolbar').getByRole('button', { name: 'New client' }).click();
      const dialog = window.dialog('New client');
      await dialog.getByLabel(label, { exact: true }).fill(value);
      await dialog.getByRole('button', { name: 'Send request' }).click();
      await expect(dialog.getByRole('alert').filter({ hasText: message })).toBeVisible();
      await expect(dialog.getByLabel(label, { exact: true })).toHaveValue(value);
      await expect(dialog.getByLabel(label, { exact: true })).toHaveAttribute('aria-invalid', 'true');
      await expect(window.page.getByRole('treeitem')).toHaveCount(0);
    });
  }

  const SERVER = [
    ['URL prefix', 'http://localhost/', /port/], ['URL prefix', 'http://localhost:8080/a', /“\/”/], ['URL prefix', 'https://localhost:8080/', /https/], ['Queue name', 'a\\b', /backslash/],
  ] as const;
  for (const [label, value, message] of SERVER) {
    test(`server, ${label} “${value}”`, async ({ window }) => {
      await window.page.getByRole('toolbar').getByRole('button', { name: 'New server' }).click();
      const dialog = window.dialog('New server');
      await dialog.getByLabel(label, { exact: true }).fill(value);
      await dialog.getByRole('button', { name: 'Open server' }).click();
      await expect(dialog.getByRole('alert').filter({ hasText: message })).toBeVisible();
      await expect(dialog.getByLabel(label, { exact: true })).toHaveValue(value);
      await expect(window.page.getByRole('treeitem')).toHaveCount(0);
    });
  }

  test('a URL that is taken says which call failed, with number and name, and leaves no handle open', async ({ window }) => {
    const prefix = `http://localhost:${await freePort()}/`;
    await window.newServer(prefix);
    await window.page.getByRole('toolbar').getByRole('button', { name: 'New server' }).click();
    const dialog = window.dialog('New server');
    await dialog.getByLabel('URL prefix').fill(prefix);
    await dialog.getByLabel('Queue name').fill('other');
    await dialog.getByRole('button', { name: 'Open server' }).click();
    await expect(dialog.getByRole('alert').first()).toContainText(/HttpAddUrlToUrlGroup.*(183|32) ERROR_/);
    await dialog.getByRole('button', { name: 'Dismiss' }).click();
    await expect(window.handle(/Queue “demo”/)).toHaveAccessibleName(/open/);
    await expect(window.handle(/Queue “other”/)).toHaveAccessibleName(/closed/);
  });

  test('response, every field', async ({ window }) => {
    const prefix = `http://localhost:${await freePort()}/`;
    await window.newServer(prefix);
    const waiting = curl(`${prefix}x`);
    await window.handle(/GET \/x/).click();
    await window.page.getByRole('complementary').getByRole('button', { name: /^Respond/ }).click();
    const dialog = window.dialog(/^Respond/);
    await dialog.getByLabel('Status').fill('99999');
    await dialog.getByLabel('Headers').fill('nonsense');
    await dialog.getByRole('button', { name: 'Send response' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: /100 to 999/ })).toBeVisible();
    await expect(dialog.getByRole('alert').filter({ hasText: /line 1/ })).toBeVisible();
    await dialog.getByLabel('Status').fill('abc');
    await dialog.getByLabel('Headers').fill('');
    await dialog.getByRole('button', { name: 'Send response' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: /number/ })).toBeVisible();
    await dialog.getByLabel('Status').fill('204');
    await dialog.getByLabel('Body').fill('');
    await dialog.getByRole('button', { name: 'Send response' }).click();
    expect((await waiting).code).toBe(0);
  });
});
