import { expect, test } from './window';
test('shots', async ({ page, inspector }) => {
  await inspector.open();
  const url = await inspector.core.peer((_request, response) => { response.end('x'); });
  await inspector.newClient(`${url}/misused`);
  await expect(inspector.events().last()).toContainText('InternetReadFile');
  const request = BigInt(inspector.core.node('GET /misused').raw);
  const by = { origin: 'test' };
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet: request }, by);
  await expect(inspector.row('HTTP request GET /misused, closed')).toBeVisible();
  await inspector.core.inspector.call('InternetQueryOption', { hInternet: request, dwOption: 9 }, by);
  await inspector.core.inspector.call('InternetCloseHandle', { hInternet: request }, by);
  for (const name of ['a', 'b', 'c']) await inspector.newClient(`${await inspector.core.silent()}/${name}`, { context: 'NULL' });
  const shot = async (name: string) => {
    for (const [w, h, scheme] of [[1280, 800, 'dark'], [1920, 1080, 'light']] as const) {
      await page.setViewportSize({ width: w, height: h });
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(300);
      await page.screenshot({ path: `/tmp/shots/${name}-${w}-${scheme}.png` });
    }
  };
  await page.keyboard.press('f');
  await page.getByRole('tab', { name: /^Findings/ }).click();
  await page.getByRole('listbox', { name: /^Findings/ }).getByRole('option').first().click();
  await shot('findings');
  await page.getByRole('tab', { name: /^Open/ }).click();
  await shot('open');
});
