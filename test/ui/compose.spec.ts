import { writeFile } from 'node:fs/promises';
import { freePort } from './free-port';
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
  await details.getByRole('group', { name: 'Copy' }).getByRole('button', { name: 'Text' }).click();
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
  await dialog.getByLabel('Kind').selectOption('JSON');
  await dialog.getByLabel('Body').fill('{"a":');
  await expect(dialog.getByRole('button', { name: 'Format' })).toHaveAttribute('aria-description', 'It is not JSON yet.');
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

test('New client: JSON is formatted, and a body comes from a file that main asks for', async ({ page, inspector }, info) => {
  await inspector.open();
  const bodies: string[] = [];
  const url = await inspector.core.peer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
      bodies.push(`${request.headers['content-type'] ?? ''} ${body}`);
      response.end();
    });
  });
  await page.keyboard.press('Control+N');
  const dialog = inspector.dialog();
  await dialog.getByLabel('URL').fill(`${url}/json`);
  await dialog.getByLabel('Method').fill('POST');
  await dialog.getByLabel('Kind').selectOption('JSON');
  await dialog.getByLabel('Body').fill('{"a":[1,2]}');
  await dialog.getByRole('button', { name: 'Format' }).click();
  await expect(dialog.getByLabel('Body')).toHaveValue('{\n  "a": [\n    1,\n    2\n  ]\n}');
  await dialog.getByLabel('Kind').selectOption('File');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not chosen yet');
  // Thought better of: nothing changes.
  await dialog.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(dialog.getByText('None chosen yet')).toBeVisible();
  inspector.core.body = info.outputPath(`${'a-long-name-'.repeat(12)}.txt`);
  await writeFile(inspector.core.body, 'from the disk');
  await dialog.getByRole('button', { name: 'Choose a file…' }).click();
  await expect(dialog.getByText('13 bytes')).toBeVisible();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect.poll(() => bodies).toEqual(['application/octet-stream from the disk']);
});

test('New server: a rule is written, tried and refused where it is wrong by the keyboard alone; then it answers, and is changed while the server runs', async ({ page, inspector }) => {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  await inspector.open();
  await page.keyboard.press('Control+Shift+N');
  const dialog = inspector.dialog();
  await expect(dialog.getByLabel('URL prefix')).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(`${url}/`);
  const tabTo = async (name: string): Promise<void> => {
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = dialog.locator(':focus');
      if ((await focused.count()) === 1 && ((await focused.getAttribute('aria-label')) ?? (await focused.evaluate((element) => element.id === '' ? element.textContent : document.querySelector(`label[for="${element.id}"]`)?.textContent)) ?? '').startsWith(name)) return;
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };
  await tabTo('Answering rules');
  await page.keyboard.press('Space');
  await tabTo('Add a rule');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('group', { name: 'Rule 1' })).toBeVisible();
  await tabTo('Path');
  await page.keyboard.type('orders');
  await tabTo('Status');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('99');
  await page.keyboard.press('Enter');
  await expect(dialog.getByLabel('Path')).toBeFocused();
  await expect(dialog.getByLabel('Path')).toHaveAccessibleDescription(/does not begin with/);
  await expect(dialog.getByLabel('Status')).toHaveAccessibleDescription(/100 to 999/);
  await page.keyboard.press('Home');
  await page.keyboard.type('/');
  await tabTo('Status');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('404');
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await tabTo('Try a request');
  await page.keyboard.type('GET /orders/7');
  await expect(dialog.getByRole('status')).toHaveText('Rule 1 takes GET /orders/7: 404 OK.');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  expect((await fetch(`${url}/orders/7`)).status).toBe(404);
  await inspector.row(/GET \/orders\/7, answered/).click();
  await expect(page.getByRole('tabpanel', { name: 'Details' })).toContainText('It was answered by answering rule 1');

  await inspector.settled();
  await page.keyboard.press('Control+Shift+A');
  await expect(dialog).toHaveAccessibleName(/^Answering rules of Queue/);
  await expect(dialog.getByRole('listitem')).toContainText('1 taken');
  await dialog.getByRole('button', { name: 'Edit as text' }).click();
  const text = await dialog.getByLabel('Rules').inputValue();
  await dialog.getByLabel('Rules').fill(text.replace('404', '42'));
  await dialog.getByRole('button', { name: 'Set the rules' }).click();
  await expect(dialog.getByRole('alert')).toContainText('of rule 1: action.status is 100 to 999');
  await dialog.getByLabel('Rules').fill(text.replace('404', '202'));
  await dialog.getByRole('button', { name: 'Set the rules' }).click();
  await expect(dialog).toBeHidden();
  expect((await fetch(`${url}/orders/8`)).status).toBe(202);
});
