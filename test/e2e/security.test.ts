import { expect, test } from './app';

test('the page has no Node, no way out, and a bridge of named methods only', async ({ window }) => {
  const seen = await window.page.evaluate(async () => ({
    node: [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')],
    bridge: Object.keys(Reflect.get(globalThis, 'inspector') as object).sort(),
    opened: globalThis.open('https://example.invalid/') === null,
    fetched: await fetch('https://example.invalid/').then(() => 'fetched', () => 'refused'),
  }));
  expect(seen.node).toEqual(['undefined', 'undefined']);
  expect(seen.bridge).toEqual([
    'compare', 'comparedRows', 'copyFinding', 'details', 'events', 'exportAs', 'findings', 'gallery', 'info', 'nextDifference',
    'onFileDrop', 'onMenuCommand', 'onUpdate', 'othersCommands', 'recent', 'run', 'setTheme', 'snapshot', 'stopExchange', 'sweep', 'timeline',
  ]);
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
  // Asked of main, since Playwright would wait for a navigation that never comes to pass.
  const after = await window.electron.evaluate(async ({ BrowserWindow }) => {
    const [only] = BrowserWindow.getAllWindows();
    await only?.webContents.executeJavaScript("location.href = 'https://example.invalid/'; undefined");
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    const heading: unknown = await only?.webContents.executeJavaScript("document.querySelector('[role=toolbar]') !== null");
    return { url: only?.webContents.getURL(), heading };
  });
  expect(after).toEqual({ url: 'app://hinspector/index.html', heading: true });
});

test('a file outside the renderer is not served', async ({ window }) => {
  const status = await window.electron.evaluate(async ({ net }) => (await net.fetch('app://hinspector/..%2f..%2fpackage.json')).status);
  expect(status).toBe(404);
});
