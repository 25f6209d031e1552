import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { xmlTrace } from '../unit/session/import/tracerpt-text';
import { expect, test } from './window';

test('elsewhere than on Windows the window shows how another program is recorded there', async ({ page, inspector }) => {
  await inspector.open();
  await page.keyboard.press('Control+r');
  const dialog = page.getByRole('dialog', { name: 'Record another program' });
  const before = dialog.getByRole('region', { name: 'Before' });
  await expect(before).toContainText(/logman create trace hinspector .* -p Microsoft-Windows-WinINet .* -max 512 -ets$/);
  await dialog.getByLabel('Both').check();
  await dialog.getByLabel('Keep the latest, in MB').fill('64');
  await expect(before).toContainText(/-max 64 -ets.*logman update trace hinspector -p Microsoft-Windows-HttpService/s);
  await dialog.getByLabel('Keep the latest, in MB').fill('1');
  await expect(dialog.getByRole('alert')).toContainText('is 16 to 4,096 MB');
  await before.getByRole('button').click();
  await expect(before.getByRole('status')).toHaveText(/Copied|Ctrl\+C/);
});

test('what another program wrote opens beside the live recording, with a tree of its own and what is wrong in it', async ({ page, inspector }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-others-'));
  const file = path.join(folder, 'other.xml');
  const wininet = (id: number, time: number, fields: Readonly<Record<string, string>>) => ({ provider: 'Microsoft-Windows-WinINet' as const, id, time, fields });
  await writeFile(file, xmlTrace([
    wininet(101, 0, { HINTERNET: '0xCC0004', UserAgent: 'other/1.0' }), wininet(104, 2, { ConnectionHandle: '0xCC0008', ParentHandle: '0xCC0004', Verb: 'GET', ObjectName: '/x' }),
    wininet(105, 8, { HINTERNET: '0xCC0008' }), wininet(107, 9, { HINTERNET: '0xCC0008', Error: '6' }),
  ]));
  inspector.core.answers.open = file;
  await inspector.open();
  await page.keyboard.press('Control+o');
  await expect(page.getByRole('treeitem', { name: 'Process Process 2480, open' })).toBeVisible();
  await page.getByRole('treeitem', { name: /GET \/x, closed, 1 finding: error/ }).click();
  await expect(page.getByRole('tab', { name: /Findings/ })).toContainText('1');
  await rm(folder, { recursive: true });
});
