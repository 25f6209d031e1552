// The installers for Windows, run silently under Wine in a folder of Wine's own.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { ensureWinePrefix, windowsPath } from '../../build/setup/wine.mjs';
import { ending, filesBelow, pack, runProgram, type Ended } from './packing';

let printed: readonly string[] = [];
let environment: NodeJS.ProcessEnv = {};
let drive = '';

const KEY = String.raw`Software\Microsoft\Windows\CurrentVersion\Uninstall\dev.hinspector.desktop`;

beforeAll(async () => {
  environment = await ensureWinePrefix('installers');
  drive = path.join(environment['WINEPREFIX'] ?? '', 'drive_c');
  // A feed is asked for, and left out: there is no signature that an update could be held to.
  process.env['HINSPECTOR_UPDATE_URL'] = 'https://updates.example/';
  printed = await pack('--system', 'win32', '--formats', 'nsis,portable,msi');
  delete process.env['HINSPECTOR_UPDATE_URL'];
  // What a run that was broken off left installed must not pass for what this one installs.
  await wine('msiexec', '/x', windowsPath(ending(printed, '.msi')), '/qn');
  for (const folder of ['HinspectorOfOne', 'Program Files/Hinspector']) await rm(path.join(drive, folder), { recursive: true, force: true });
  for (const root of ['HKCU', 'HKLM']) {
    for (const key of [KEY, String.raw`Software\Classes\.hinspect`]) await wine('reg', 'delete', `${root}\\${key}`, '/f');
  }
});

function wine(...args: readonly string[]): Promise<Ended> {
  return runProgram('wine', args, environment);
}

/** What a key's value is, as reg.exe prints it; undefined when there is none. */
async function registry(key: string, value: string): Promise<string | undefined> {
  const { code, stdout } = await wine('reg', 'query', key, ...(value === '' ? ['/ve'] : ['/v', value]));
  return code === 0 ? /REG_\w+\s+(.*?)\s*$/m.exec(stdout)?.[1] : undefined;
}

/** An uninstaller goes on as a copy of itself after its own process has ended. */
async function gone(file: string): Promise<void> {
  await expect.poll(() => existsSync(file), { timeout: 60_000, interval: 500 }).toBe(false);
}

async function userFolder(): Promise<string> {
  const { stdout } = await wine('cmd', '/c', 'echo %APPDATA%');
  return path.join(drive, ...stdout.trim().split('\\').slice(1));
}

test('installed for one user: program, Start menu, file type, an entry in the list of programs; removed, only recordings stay', async () => {
  const folder = path.join(drive, 'HinspectorOfOne');
  const { code, output } = await wine(ending(printed, '-setup.exe'), '/S', String.raw`/D=C:\HinspectorOfOne`);
  expect(code, output).toBe(0);
  const installed = await filesBelow(folder);
  expect(installed).toEqual([...(await filesBelow(ending(printed, 'win-unpacked'))), 'Uninstall Hinspector.exe'].sort());
  expect(await registry(String.raw`HKCU\Software\Classes\.hinspect`, '')).toBe('Hinspector.Session');
  expect(await registry(String.raw`HKCU\Software\Classes\Hinspector.Session\shell\open\command`, '')).toBe(String.raw`"C:\HinspectorOfOne\Hinspector.exe" "%1"`);
  expect(await registry(`HKCU\\${KEY}`, 'DisplayName')).toMatch(/^Hinspector \d/);
  expect(await registry(`HKCU\\${KEY}`, 'Publisher')).toBe('The Hinspector developers');
  const appData = await userFolder();
  const shortcut = path.join(appData, 'Microsoft', 'Windows', 'Start Menu', 'Programs', 'Hinspector.lnk');
  expect(existsSync(shortcut)).toBe(true);

  const own = path.join(appData, 'Hinspector');
  await mkdir(path.join(own, 'journals'), { recursive: true });
  await writeFile(path.join(own, 'journals', 'mine.hjournal'), 'a recording');
  await writeFile(path.join(own, 'Preferences'), '{}');
  await writeFile(path.join(folder, 'of the user.txt'), 'not installed by anybody');

  await wine(path.join(folder, 'Uninstall Hinspector.exe'), '/S');
  await gone(path.join(own, 'Preferences'));
  expect(await filesBelow(folder)).toEqual(['of the user.txt']);
  expect(await readFile(path.join(own, 'journals', 'mine.hjournal'), 'utf8')).toBe('a recording');
  expect(existsSync(shortcut)).toBe(false);
  expect(await registry(String.raw`HKCU\Software\Classes\.hinspect`, '')).toBeUndefined();
  expect(await registry(`HKCU\\${KEY}`, 'DisplayName')).toBeUndefined();
});

test('installed for everybody: below Program Files, and written where every user finds it', async () => {
  const { code, output } = await wine(ending(printed, '-setup.exe'), '/S', '/ALLUSERS');
  expect(code, output).toBe(0);
  const folder = path.join(drive, 'Program Files', 'Hinspector');
  expect(existsSync(path.join(folder, 'Hinspector.exe'))).toBe(true);
  expect(await registry(`HKLM\\${KEY}`, 'InstallLocation')).toBe(String.raw`C:\Program Files\Hinspector`);
  expect(await registry(`HKCU\\${KEY}`, 'InstallLocation')).toBeUndefined();
  await wine(path.join(folder, 'Uninstall Hinspector.exe'), '/S');
  await gone(folder);
  expect(await registry(`HKLM\\${KEY}`, 'InstallLocation')).toBeUndefined();
});

test('the MSI installs and removes itself without a question', async () => {
  const msi = windowsPath(ending(printed, '.msi'));
  const { code, output } = await wine('msiexec', '/i', msi, '/qn');
  expect(code, output).toBe(0);
  const folder = path.join(drive, 'Program Files', 'Hinspector');
  expect(await filesBelow(folder)).toEqual(await filesBelow(ending(printed, 'win-unpacked')));
  expect(await registry(String.raw`HKLM\Software\Classes\Hinspector.Session\shell\open\command`, '')).toBe(String.raw`"C:\Program Files\Hinspector\Hinspector.exe" "%1"`);
  expect((await wine('msiexec', '/x', msi, '/qn')).code).toBe(0);
  expect(existsSync(folder)).toBe(false);
  expect(await registry(String.raw`HKLM\Software\Classes\.hinspect`, '')).toBeUndefined();
});

test('koffi comes with the binary of 64-bit Windows alone', async () => {
  const binaries = (await filesBelow(path.join(ending(printed, 'win-unpacked'), 'resources'))).filter((file) => file.endsWith('.node'));
  expect(binaries).toEqual(['app.asar.unpacked/node_modules/@koromix/koffi-win32-x64/win32_x64/koffi.node']);
});

test('an unsigned package has no feed, even where one was asked for', async () => {
  const resources = await filesBelow(path.join(ending(printed, 'win-unpacked'), 'resources'));
  expect(resources).toContain('app.asar');
  if (process.env['CSC_LINK'] === undefined) expect(resources).not.toContain('app-update.yml');
});

test('what is unsigned, or made with an Electron that is no release, says so in its name', () => {
  for (const end of ['-setup.exe', '-portable.exe', '.msi']) {
    const name = path.basename(ending(printed, end));
    if (process.env['CSC_LINK'] === undefined) expect(name).toContain('unsigned');
  }
});
