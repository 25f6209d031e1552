import { readdirSync, readFileSync } from 'node:fs';
import { ensureWine, wineExists } from '../../build/setup/wine.mjs';
import { curl, expect, freePort, test, Window } from './app';

/** The child of a process that runs Node for Windows. */
function hostOf(parent: number): number {
  const found = readdirSync('/proc').map(Number).filter(Number.isInteger).find((pid) => {
    try {
      const [, name = '', rest = ''] = /^\d+ \((.*)\) (.*)$/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8').trim()) ?? [];
      return name.startsWith('node.exe') && Number(rest.split(' ')[1]) === parent;
    } catch {
      // It ended while it was looked at.
      return false;
    }
  });
  if (found === undefined) throw new Error(`no engine host below ${parent}`);
  return found;
}

test.describe('the window on the DLLs of Wine', () => {
  test.skip(!wineExists(), 'Wine runs on 64-bit Intel Linux');
  test.setTimeout(120_000);

  let wine: Window;

  test.beforeAll(async () => {
    try {
      process.env['HINSPECTOR_WINE'] = JSON.stringify(await ensureWine());
    } catch (error) {
      // A machine that cannot be set up: a failure where all of it must run.
      if (process.env['CI']) throw error;
      test.skip(true, error instanceof Error ? error.message : String(error));
    }
  });

  test.beforeEach(async () => {
    wine = await Window.launch(['--engine', 'wine']);
  });

  test.afterEach(async () => {
    await wine.close();
  });

  test('a request closed while pending ends with HANDLE_CLOSING, last, once its server has answered', async () => {
    await expect(wine.page.getByText(/wininet\.dll .* Wine/)).toBeVisible();
    const url = await wine.peer((_request, response) => { setTimeout(() => response.end('late'), 3000); });
    await wine.newClient(`${url}/slow`);
    await wine.page.getByRole('toolbar').getByRole('button', { name: /^Close/ }).click();
    await wine.dialog(/^Close/).getByRole('button', { name: 'Close the handle' }).click();
    await expect(wine.handle(/GET \/slow/)).toHaveAccessibleName(/closed/);
    await wine.filter('GET /slow');
    await expect(wine.events.filter({ hasText: 'REQUEST_COMPLETE' })).toHaveCount(1);
    await expect(wine.events.last()).toContainText('HANDLE_CLOSING');
  });

  test('leaving with requests pending says what is waited for, and does not wait for ever', async () => {
    const url = await wine.peer(() => undefined);
    for (const path of ['/a', '/b', '/c']) await wine.newClient(`${url}${path}`);
    await expect(wine.handle(/GET \/c/)).toHaveAccessibleName(/1 pending/);
    const gone = new Promise((resolve) => { wine.electron.process().once('exit', resolve); });
    await wine.electron.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close(); });
    await expect(wine.page.getByRole('alert').filter({ hasText: 'Leaving' })).toContainText('3 pending operations');
    // The peer never answers: only the bound lets the program end.
    await gone;
  });

  test('a received request is answered from the window; Cancel is off and says why', async () => {
    const prefix = `http://localhost:${await freePort()}/`;
    await wine.newServer(prefix);
    const answered = curl(`${prefix}report`);
    await wine.handle(/GET \/report/).click();
    const cancel = wine.page.getByRole('toolbar').getByRole('button', { name: /^Cancel/ });
    await expect(cancel).toBeDisabled();
    await expect(cancel).toHaveAttribute('title', /HttpCancelHttpRequest/);
    await wine.page.getByRole('complementary').getByRole('button', { name: /^Respond/ }).click();
    const respond = wine.dialog(/^Respond/);
    await respond.getByLabel('Body').fill('through http.sys of Wine');
    await respond.getByRole('button', { name: 'Send response' }).click();
    expect(await answered).toMatchObject({ code: 0, stdout: 'through http.sys of Wine' });
  });

  test('when the engine is killed its handles are lost, the window says how it ended, and a new engine takes its place', async () => {
    const url = await wine.peer(() => undefined);
    await wine.newClient(`${url}/never`);
    await expect(wine.lane('GET /never').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);
    process.kill(hostOf(wine.electron.process().pid ?? 0), 'SIGKILL');
    await expect(wine.page.getByText('The engine is gone:')).toBeVisible();
    await expect(wine.page.getByText(/SIGKILL|exit code/).first()).toBeVisible();
    await expect(wine.handle(/GET \/never/)).toHaveAccessibleName(/lost|ended with its engine/);

    // Without restarting the application: what was recorded stays, and new handles can be opened beside it.
    await wine.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-engine')?.click());
    await expect(wine.page.getByText('The engine is gone:')).toBeHidden({ timeout: 30_000 });
    const again = await wine.peer((_request, response) => response.end('back'));
    await wine.newClient(`${again}/again`);
    await expect(wine.lane('GET /again').filter({ hasText: 'HttpSendRequest pending' })).toHaveCount(1);
    await expect(wine.handle(/GET \/never/)).toBeVisible();
  });
});
