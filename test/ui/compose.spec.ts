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
