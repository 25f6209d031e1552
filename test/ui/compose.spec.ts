import { expect, test } from './window';

test('what was done by hand is read and copied as C++, C# and scenario steps', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.peer((_request, response) => { response.end('hello'); });
  await inspector.newClient(`${url}/by-hand`);
  await page.keyboard.press('Control+Shift+C');
  const dialog = inspector.dialog();
  await expect(dialog).toHaveAccessibleName('Copy as code');
  const code = dialog.getByRole('textbox');
  await expect(code).toHaveValue(/HINTERNET request = HttpOpenRequestW\([\s\S]*L"\/by-hand"/);
  await dialog.getByRole('tab', { name: 'C# P/Invoke' }).click();
  await expect(code).toHaveValue(/static extern IntPtr HttpOpenRequestW/);
  await dialog.getByRole('tab', { name: 'Scenario steps' }).click();
  await expect(code).toHaveValue(/^- call: InternetOpen/);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(inspector.core.clipboard).toEqual([expect.stringContaining('lpszObjectName: /by-hand')]);
});

test('the details are copied as text, and their page is opened by main', async ({ page, inspector }) => {
  await inspector.open();
  await inspector.newClient('http://127.0.0.1:1/refused', { mode: 'Synchronous' });
  const details = page.getByRole('tabpanel', { name: 'Details' });
  await details.getByRole('button', { name: 'Copy the details as text' }).click();
  await expect.poll(() => inspector.core.clipboard.join('')).toContain('GET /refused');
  await details.getByRole('button', { name: 'Open the page in the browser' }).click();
  await expect.poll(() => inspector.core.pages).toEqual([expect.stringMatching(/^https:\/\/learn\.microsoft\.com\//)]);
});

test('New client: headers from a table, flags by meaning, timeouts, agent and user reach the calls by their names', async ({ page, inspector }) => {
  await inspector.open();
  let sent: { readonly header: string | undefined; readonly agent: string | undefined } | undefined;
  const url = await inspector.core.peer(({ headers }, response) => {
    sent = { header: String(headers['x-one']), agent: headers['user-agent'] };
    response.end('{}');
  });
  await page.keyboard.press('Control+N');
  const dialog = inspector.dialog();
  await dialog.getByLabel('URL').fill(`${url}/options`);
  await dialog.getByRole('button', { name: 'Edit as a table' }).click();
  await dialog.getByLabel('Name 1').fill('X-One');
  await dialog.getByLabel('Value 1').fill('first: of many');
  await dialog.getByText('Flags', { exact: true }).click();
  await dialog.getByLabel('Find a flag').fill('redirects to the program');
  await dialog.getByLabel('INTERNET_FLAG_NO_AUTO_REDIRECT').check();
  await dialog.getByText('Timeouts and agent').click();
  await dialog.getByLabel('Receive, in ms').fill('12000');
  await dialog.getByLabel('Agent').fill('demo/2');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => sent).toEqual({ header: 'first: of many', agent: 'demo/2' });
  // The list follows its end: what came first need not be among the rows that are drawn.
  const calls = [...inspector.core.inspector.trace.log].flatMap((event) => (event.kind === 'call' ? [event] : []));
  expect(calls.find(({ api }) => api === 'InternetSetOption')?.args).toMatchObject({ dwOption: 6 });
  expect(Number(calls.find(({ api }) => api === 'HttpOpenRequest')?.args['dwFlags']) & 0x20_0000).not.toBe(0);
});

test('New client: a timeout that is none and a body that is no JSON say so, and open where they stand', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+N');
  const dialog = inspector.dialog();
  await dialog.getByLabel('Body').fill('{"a":');
  await dialog.getByLabel('Refuse what is not JSON').check();
  await dialog.getByText('Timeouts and agent').click();
  await dialog.getByLabel('Connect, in ms').fill('soon');
  await dialog.getByText('Timeouts and agent').click();
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'whole number of milliseconds' })).toBeVisible();
  await dialog.getByLabel('Connect, in ms').fill('1000');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'is not JSON' })).toBeVisible();
  expect(inspector.core.nodes()).toEqual([]);
});
