import { freePort } from './free-port';
import { expect, test } from './window';

const client = [
  ['URL', 'nonsense', 'absolute URL'],
  ['URL', '', 'absolute URL'],
  ['URL', 'ftp://host/', 'only http'],
  ['URL', 'http://user:secret@host/', 'user name or password'],
  ['Method', 'G ET', 'is not a method'],
  ['Method', '', 'is not a method'],
  ['Headers', 'X-Fine: yes\nbroken', 'line 2'],
  ['Headers', 'Bad Name: x', 'line 1'],
] as const;

for (const [field, typed, says] of client) {
  test(`New client: ${field} “${typed.replace('\n', '⏎')}” gets a message beside the field and loses nothing`, async ({ page, inspector }) => {
    await inspector.open();
    await page.keyboard.press('Control+N');
    const dialog = inspector.dialog();
    await dialog.getByLabel('Body').fill('what was typed');
    const input = dialog.getByLabel(field);
    await input.fill(typed);
    await dialog.getByRole('button', { name: 'Send request' }).click();
    await expect(dialog.getByRole('alert')).toContainText(says);
    await expect(input).toHaveAttribute('aria-invalid', 'true');
    await expect(input).toHaveAccessibleDescription(new RegExp(says));
    await expect(input).toBeFocused();
    await expect(input).toHaveValue(typed);
    await expect(dialog.getByLabel('Body')).toHaveValue('what was typed');
    expect(inspector.core.nodes()).toEqual([]);
  });
}

test('a message goes when its field is mended, and the form then does its work', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.silent();
  await page.keyboard.press('Control+N');
  const dialog = inspector.dialog();
  await dialog.getByLabel('URL').fill('nonsense');
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(1);
  await dialog.getByLabel('URL').fill(`${url}/mended`);
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(inspector.row(/GET \/mended/)).toBeVisible();
});

test('a body of more than 1 MB is refused before it is sent', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+N');
  const dialog = inspector.dialog();
  await dialog.getByLabel('Body').fill('x'.repeat(1024 * 1024 + 1));
  await dialog.getByRole('button', { name: 'Send request' }).click();
  await expect(dialog.getByRole('alert')).toContainText('longer than 1 MB');
});

for (const [field, typed, says] of [
  ['URL prefix', 'localhost:8080', 'UrlPrefix'],
  ['URL prefix', 'http://localhost/', 'with the port'],
  ['URL prefix', 'http://localhost:8080/a', 'does not end with'],
  ['URL prefix', 'http://localhost:99999/', '1 to 65535'],
  ['URL prefix', 'https://localhost:8443/', 'only http'],
  ['Queue name', 'a\\b', 'backslash'],
] as const) {
  test(`New server: ${field} “${typed}” gets a message beside the field`, async ({ page, inspector }) => {
    await inspector.open();
    await page.keyboard.press('Control+Shift+N');
    const dialog = inspector.dialog();
    await dialog.getByLabel(field).fill(typed);
    await dialog.getByRole('button', { name: 'Open server' }).click();
    await expect(dialog.getByLabel(field)).toHaveAccessibleDescription(new RegExp(says));
    await expect(dialog.getByLabel(field)).toHaveValue(typed);
    expect(inspector.core.nodes()).toEqual([]);
  });
}

test('Respond: every field gets its own message', async ({ page, inspector }) => {
  const port = await freePort();
  await inspector.open();
  await page.keyboard.press('Control+Shift+N');
  await inspector.dialog().getByLabel('URL prefix').fill(`http://localhost:${port}/`);
  await page.keyboard.press('Enter');
  await expect(inspector.dialog()).toBeHidden();
  const answer = fetch(`http://localhost:${port}/x`);
  await inspector.row(/GET \/x/).click();
  await page.keyboard.press('Control+Enter');
  const dialog = inspector.dialog();
  const send = dialog.getByRole('button', { name: 'Send response' });
  for (const [field, typed, says, mended] of [
    ['Status', 'abc', 'number', '200'], ['Status', '99', '100 to 999', '200'], ['Status', '2e2', 'number', '200'], ['Reason', 'a\u0007b', 'control character', 'OK'], ['Headers', 'broken', 'line 1', 'X-A: 1'],
  ] as const) {
    await dialog.getByLabel(field).fill(typed);
    await send.click();
    await expect(dialog.getByLabel(field)).toHaveAccessibleDescription(new RegExp(says));
    await expect(dialog.getByLabel(field)).toHaveValue(typed);
    await dialog.getByLabel(field).fill(mended);
    await expect(dialog.getByRole('alert')).toHaveCount(0);
  }
  await send.click();
  expect((await answer).status).toBe(200);
});
