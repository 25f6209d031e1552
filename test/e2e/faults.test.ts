import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadInto } from '../../electron/session/load';
import { Trace } from '../../electron/trace/trace';
import { expect, freePort, test, Window } from './app';

/** The process of a kind below the application, as Chromium counts them. */
async function processOf(window: Window, type: string, name?: string): Promise<number | undefined> {
  return window.electron.evaluate(({ app }, asked) => app.getAppMetrics().find((metric) => metric.type === asked.type && (asked.name === undefined || metric.name === asked.name))?.pid, { type, name });
}

test('a page whose process is killed comes back by itself, with everything recorded before and meanwhile', async ({ window }) => {
  const url = await window.peer((request, response) => { if (request.url !== '/never') response.end('x'); });
  await window.newClient(`${url}/before`);
  await window.newClient(`${url}/never`);
  await expect(window.lane('GET /never').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);
  const { page } = window;
  const crashed = page.waitForEvent('crash');
  await window.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
  await crashed;
  // The page that Playwright holds is dead for it, though not for Electron: it is asked through main.
  const inPage = (script: string): Promise<unknown> => window.electron.evaluate(({ BrowserWindow }, asked) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(asked), script);
  const rows = "[...document.querySelectorAll('[role=treeitem]')].map((row) => row.textContent).join()";
  await expect.poll(() => inPage(rows).catch(() => ''), { timeout: 30_000 }).toMatch(/GET \/before.*GET \/never/s);
  expect(await inPage('window.inspector.events({ offset: 0, count: 500, text: "page ended" }).then(({ value }) => value.total)')).toBe(1);
  // Not only shown: the handles are the same ones, and still to be commanded.
  const closed = await inPage("window.inspector.snapshot().then(({ nodes }) => window.inspector.run({ kind: 'close', handle: nodes.find(({ label }) => label === 'GET /never').id }))");
  expect(closed).toMatchObject({ ok: true });
  await expect.poll(() => inPage("window.inspector.snapshot().then(({ nodes }) => nodes.find(({ label }) => label === 'GET /never').state)")).toBe('closed');
});

test('a page that ends again and again is loaded three times, and then only when the person says so', async ({ window }) => {
  await expect(window.page.getByRole('toolbar')).toBeVisible();
  const seen = await window.electron.evaluate(async ({ BrowserWindow, dialog }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('no window');
    const asked: unknown[] = [];
    let answer = (_chosen: { response: number; checkboxChecked: boolean }): void => undefined;
    const question = new Promise<void>((resolve) => {
      dialog.showMessageBox = (options: unknown) => {
        asked.push(options);
        resolve();
        return new Promise((chosen) => { answer = chosen; });
      };
    });
    let loads = 0;
    contents.on('did-finish-load', () => { loads += 1; });
    const loaded = (): Promise<void> => new Promise((resolve) => { contents.once('did-finish-load', () => resolve()); });
    for (let end = 0; end < 3; end += 1) {
      const again = loaded();
      contents.forcefullyCrashRenderer();
      await again;
    }
    contents.forcefullyCrashRenderer();
    await question;
    // It would have begun by now to load again.
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    const before = loads;
    const again = loaded();
    answer({ response: 0, checkboxChecked: false });
    await again;
    const notes: unknown = await contents.executeJavaScript('window.inspector.events({ offset: 0, count: 500, text: "page ended" }).then(({ value }) => value.total)');
    return { asked, before, after: loads, notes };
  });
  expect(seen).toMatchObject({ before: 3, after: 4, notes: 4 });
  expect(seen.asked).toEqual([expect.objectContaining({ message: 'The window’s page ends again and again', buttons: ['Load it again', 'Quit'], detail: expect.stringContaining('The recording goes on') })]);
});

test('the end of Chromium’s GPU process leaves window and record whole, and is noted', async ({ window }) => {
  const url = await window.peer((_request, response) => response.end('x'));
  await window.newClient(`${url}/before`);
  const gpu = await processOf(window, 'GPU');
  test.skip(gpu === undefined, 'this Electron draws without a GPU process');
  process.kill(gpu ?? 0, 'SIGKILL');
  await window.filter('GPU process ended');
  await expect(window.events).toHaveCount(1);
  await window.filter('');
  await window.newClient(`${url}/after`);
  await expect(window.handle(/GET \/after/)).toBeVisible();
});

test('the machine’s sleep and its waking stand in the trace', async ({ window }) => {
  await window.electron.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
  });
  await window.filter('The machine');
  await expect(window.events).toHaveCount(2);
  await expect(window.events.first()).toContainText('goes to sleep');
  await expect(window.events.last()).toContainText('woke');
});

test.describe('with files of its own', () => {
  let folder = '';
  test.beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'hinspector-faults-')); });
  test.afterEach(async () => rm(folder, { recursive: true, force: true }));

  test('when the portable engine’s own process is killed its handles are lost, the record stays, and a new engine takes its place', async () => {
    const window = await Window.launch(['--engine-host', `--user-data-dir=${folder}`]);
    const url = await window.peer((request, response) => { if (request.url === '/again') response.end('x'); });
    await window.newClient(`${url}/never`);
    await expect(window.lane('GET /never').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);
    const host = await processOf(window, 'Utility', 'Hinspector engine');
    if (host === undefined) throw new Error('the engine has no process of its own');
    process.kill(host, 'SIGKILL');
    await expect(window.page.getByText(/The engine is gone/).first()).toBeVisible();
    await expect(window.handle(/GET \/never/)).toHaveAccessibleName(/lost|ended with its engine/);
    await window.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-engine')?.click());
    await expect(window.page.getByRole('alert').filter({ hasText: 'The engine is gone' })).toHaveCount(0, { timeout: 30_000 });
    await window.newClient(`${url}/again`);
    await expect(window.lane('GET /again').filter({ hasText: 'REQUEST_COMPLETE' })).not.toHaveCount(0);
    await expect(window.handle(/GET \/never/)).toBeVisible();
    await window.close();
  });

  test('two at once record side by side, each in a journal of its own', async () => {
    const windows = [await Window.launch([`--user-data-dir=${folder}`]), await Window.launch([`--user-data-dir=${folder}`])];
    for (const [index, window] of windows.entries()) {
      const url = await window.peer((_request, response) => response.end('x'));
      await window.newClient(`${url}/client-${index}`);
      // Before the server: the view then begins with the newer handle.
      await expect(window.lane(`GET /client-${index}`).filter({ hasText: 'REQUEST_COMPLETE' })).not.toHaveCount(0);
      await window.newServer(`http://localhost:${await freePort()}/`, 'the same name');
      await expect(window.handle(/Queue “the same name”/)).toBeVisible();
    }
    for (const window of windows) await window.close();
    const journals = (await readdir(path.join(folder, 'journals'))).filter((name) => name.endsWith('.hjournal'));
    expect(journals).toHaveLength(2);
    const labels = await Promise.all(journals.map(async (name) => {
      const trace = new Trace(() => 0);
      const loaded = await loadInto(trace, path.join(folder, 'journals', name));
      if (!loaded.ok) throw new Error(loaded.error);
      expect(loaded.value).toMatchObject({ invalid: 0, lost: 0, truncated: false });
      return [...trace.tree.all()].flatMap(({ label }) => (label.startsWith('GET ') ? [label] : [])).join();
    }));
    expect(labels.sort()).toEqual(['GET /client-0', 'GET /client-1']);
  });
});
