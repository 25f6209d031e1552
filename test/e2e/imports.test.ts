import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { csvTrace } from '../unit/session/import/tracerpt-text';
import { expect, test, Window } from './app';

test('a trace of another program opens on its thread, in a memory of its own, beside the live recording', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'hinspector-imports-'));
  const file = path.join(folder, 'other.csv');
  const wininet = (id: number, time: number, fields: Readonly<Record<string, string>>) => ({ provider: 'Microsoft-Windows-WinINet' as const, id, time, fields });
  await writeFile(file, csvTrace([
    wininet(101, 0, { HINTERNET: '0xCC0004', UserAgent: 'other/1.0' }), wininet(103, 1, { ConnectionHandle: '0xCC0008', ParentHandle: '0xCC0004', ServerName: 'a.test', ServerPort: '80', Service: 'HTTP' }),
    wininet(105, 4, { HINTERNET: '0xCC0008' }),
  ]));
  const window = await Window.launch(['--open', file]);
  try {
    await expect(window.handle(/other\/1\.0, open/)).toBeVisible();
    await expect(window.handle(/a\.test:80, closed/)).toBeVisible();
    // The page may name commands only: those on what is gone are refused.
    expect(await window.page.evaluate(() => Reflect.get(globalThis, 'inspector').run({ kind: 'close', handle: 2 }))).toMatchObject({ ok: false, error: { kind: 'stale-handle' } });
    await window.page.keyboard.press('Control+w');
    await expect(window.page.getByRole('region', { name: 'Start' })).toBeVisible();
  } finally {
    await window.close();
    await rm(folder, { recursive: true });
  }
});
