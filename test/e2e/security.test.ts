import { expect, test } from './app';

test('the page has no Node, no way out, and a bridge of named methods only', async ({ window }) => {
  const seen = await window.page.evaluate(async () => ({
    node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
    bridge: Object.keys(Reflect.get(globalThis, 'inspector') as object).sort(),
    opened: globalThis.open('https://example.invalid/') === null,
    fetched: await fetch('https://example.invalid/').then(() => 'fetched', () => 'refused'),
  }));
  expect(seen.node).toEqual(['undefined', 'undefined']);
  expect(seen.bridge).toEqual(['details', 'events', 'gallery', 'info', 'onMenuCommand', 'onUpdate', 'run', 'setTheme', 'snapshot', 'timeline']);
  expect(seen.opened).toBe(true);
  expect(seen.fetched).toBe('refused');
});

test('an inline script and a navigation are refused', async ({ window }) => {
  const ran = await window.page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.intruder = true';
    document.head.append(script);
    return Reflect.get(globalThis, 'intruder');
  });
  expect(ran).toBeUndefined();
  await window.page.evaluate(() => { location.href = 'https://example.invalid/'; });
  await expect(window.page.getByRole('toolbar').first()).toBeVisible();
  expect(window.page.url()).toMatch(/^app:\/\/hinspector\//);
});

test('a file outside the renderer is not served', async ({ window }) => {
  const status = await window.electron.evaluate(async ({ net }) => (await net.fetch('app://hinspector/..%2f..%2fpackage.json')).status);
  expect(status).toBe(404);
});
