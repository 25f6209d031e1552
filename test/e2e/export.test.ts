import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test, type Window } from './app';

/** The person of the test, before the system's dialog: it saves there. */
async function savesTo(window: Window, file: string): Promise<void> {
  await window.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen });
  }, file);
}

async function exportAs(window: Window, format: RegExp): Promise<void> {
  await window.page.keyboard.press('Control+Shift+E');
  await window.dialog('Export').getByRole('radio', { name: format }).check();
  await window.dialog('Export').getByRole('button', { name: 'Choose a file…' }).click();
}

test('what was done by hand leaves the application as HAR, as a picture and as Markdown', async ({ window }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hexport-'));
  try {
    const peer = await window.peer((_request, response) => { response.end('hello'); });
    await window.newClient(`${peer}/order`);
    await expect(window.handle(/GET \/order/)).toBeVisible();

    await savesTo(window, path.join(folder, 'a.har'));
    await exportAs(window, /^HTTP Archive/);
    await expect(window.page.getByText('Exported to a.har.').first()).toBeVisible();
    const har = JSON.parse(await readFile(path.join(folder, 'a.har'), 'utf8')) as { readonly log: { readonly entries: readonly { readonly request: { readonly url: string } }[] } };
    expect(har.log.entries.map(({ request }) => request.url)).toEqual([`${peer}/order`]);

    await savesTo(window, path.join(folder, 'a.svg'));
    await exportAs(window, /^SVG/);
    await expect(window.page.getByText('Exported to a.svg.').first()).toBeVisible();
    expect(await readFile(path.join(folder, 'a.svg'), 'utf8')).toContain('GET /order');

    await savesTo(window, path.join(folder, 'a.png'));
    await exportAs(window, /^PNG/);
    await expect(window.page.getByText('Exported to a.png.').first()).toBeVisible();
    const png = await readFile(path.join(folder, 'a.png'));
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.readUInt32BE(16)).toBe(3200);
  } finally {
    await rm(folder, { recursive: true });
  }
});
