import type { ElectronApplication } from '@playwright/test';
import { expect, test } from './app';

interface Opened {
  readonly label: string;
  readonly enabled: boolean;
}

/** A menu of the system takes its input outside the page, where no test reaches: the next one is not opened but told, and chosen in. */
function chooseNext(electron: ElectronApplication, id: string | undefined): Promise<readonly Opened[]> {
  return electron.evaluate(({ Menu }, chosen) => new Promise<readonly Opened[]>((resolve) => {
    const popup = Menu.prototype.popup;
    Menu.prototype.popup = function opened(options) {
      Menu.prototype.popup = popup;
      resolve(this.items.filter(({ type }) => type !== 'separator').map(({ label, enabled }) => ({ label, enabled })));
      // As Electron does: the menu is closed, and what was chosen in it is told.
      options?.callback?.();
      if (chosen !== undefined) this.items.find((item) => item.id === chosen)?.click();
    };
  }), id);
}

test('the context menu of a handle is the system’s own: what is off says why, what is chosen is the command', async ({ window }) => {
  const { page, electron } = window;
  const url = await window.peer(() => {});
  await window.newClient(`${url}/slow`);
  await expect(window.handle(/GET \/slow/)).toBeVisible();
  await page.getByRole('tree').focus();
  const opened = chooseNext(electron, 'copy-raw');
  await page.keyboard.press('Shift+F10');
  const items = await opened;
  expect(items).toContainEqual({ label: 'Close handle', enabled: true });
  expect(items.find(({ label }) => label.startsWith('Cancel request ('))).toMatchObject({ enabled: false });
  await expect.poll(() => electron.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^0x/);
  // Left without a choice it does nothing, and the next one opens all the same.
  const left = chooseNext(electron, undefined);
  await window.handle(/GET \/slow/).click({ button: 'right' });
  await left;
  const again = chooseNext(electron, 'close-handle');
  await window.handle(/GET \/slow/).click({ button: 'right' });
  await again;
  await expect(window.dialog('Close GET /slow?')).toBeVisible();
});
