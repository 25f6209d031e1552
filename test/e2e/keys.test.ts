import type { ElectronApplication } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, Window } from './app';

/** What the application menu shows for a command, and whether the menu itself hears it. */
function shownKeys(electron: ElectronApplication, id: string): Promise<{ readonly accelerator: unknown; readonly heard: unknown }> {
  return electron.evaluate(({ Menu }, of) => {
    const item = Menu.getApplicationMenu()?.getMenuItemById(of);
    return { accelerator: item?.accelerator ?? undefined, heard: item?.registerAccelerator };
  }, id);
}

test('keys that were changed are those of the application menu, at once and after another start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hinspector-keys-'));
  const start = async (): Promise<Window> => {
    const window = await Window.launch([`--user-data-dir=${folder}`]);
    await expect(window.page.getByRole('toolbar')).toBeVisible();
    return window;
  };
  try {
    let window = await start();
    expect(await shownKeys(window.electron, 'new-client')).toEqual({ accelerator: 'CmdOrCtrl+N', heard: true });
    await window.page.keyboard.press('?');
    await window.dialog('Keys').getByRole('button', { name: 'Change the keys of New client' }).click();
    // The menu has accelerators of its own: what is pressed here must not reach them.
    await window.page.keyboard.press('Control+O');
    await expect(window.dialog('Keys').getByRole('alert')).toContainText('Swapped, Open has Ctrl+N.');
    await window.page.keyboard.press('Control+G');
    await expect.poll(() => shownKeys(window.electron, 'new-client')).toEqual({ accelerator: 'CmdOrCtrl+G', heard: true });
    await window.close();

    window = await start();
    await expect.poll(() => shownKeys(window.electron, 'new-client')).toEqual({ accelerator: 'CmdOrCtrl+G', heard: true });
    await window.page.keyboard.press('Control+N');
    await window.page.keyboard.press('Control+G');
    await expect(window.dialog('New client')).toBeVisible();
    await window.page.keyboard.press('Escape');
    await window.electron.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-client')?.click());
    await expect(window.dialog('New client')).toBeVisible();
    await window.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
