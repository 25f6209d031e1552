import { extractFile, listPackage } from '@electron/asar';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readFuses } from '../../build/packaging/fuses.mjs';
import { ending, filesBelow, pack, ROOT, runProgram } from './packing';

let printed: readonly string[] = [];
let unpacked = '';
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hinspector-package-'));
  printed = await pack('--system', 'linux', '--formats', 'deb');
  unpacked = ending(printed, 'linux-unpacked');
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function archive(): string {
  return path.join(unpacked, 'resources', 'app.asar');
}

/** Runs the packed program on a virtual display. */
function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof runProgram> {
  return runProgram('xvfb-run', ['-a', path.join(unpacked, 'hinspector'), '--no-sandbox', `--user-data-dir=${folder}/data`, ...args], env);
}

test('the archive holds the bundles, the gallery, the licence and koffi, and nothing that is only for building', () => {
  const files = listPackage(archive(), { isPack: false });
  for (const file of ['/dist/electron/main.cjs', '/dist/electron/updater.cjs', '/dist/electron/notices.json', '/dist/preload/preload.cjs', '/dist/renderer/index.html', '/dist/gallery', '/LICENSE', '/package.json', '/node_modules/koffi/index.cjs']) {
    expect(files).toContain(file);
  }
  expect(files.filter((file) => /\.(?:map|ts|tsx)$|\/test\/|\.stamps/.test(file))).toEqual([]);
});

test('the archive holds every picture of the manual, for both themes', () => {
  const assets = listPackage(archive(), { isPack: false }).filter((file) => file.startsWith('/dist/renderer/assets/'));
  const pictures = readdirSync(path.join(ROOT, 'docs', 'manual', 'pictures')).filter((file) => file.endsWith('.png')).map((file) => path.basename(file, '.png'));
  expect(pictures.length).toBeGreaterThan(10);
  const lacking = pictures.filter((name) => assets.filter((file) => new RegExp(`/${name}-[\\w-]{8}\\.png$`).test(file)).length !== 2);
  expect(lacking).toEqual([]);
});

test('koffi comes with the binary of this system alone, outside the archive where the system can open it', async () => {
  const binaries = (await filesBelow(path.join(unpacked, 'resources'))).filter((file) => file.endsWith('.node'));
  expect(binaries).toEqual(['app.asar.unpacked/node_modules/@koromix/koffi-linux-x64/linux_x64/koffi.node']);
});

test('its fuses: no plain Node, no NODE_OPTIONS, encrypted cookies, no application but the archive', async () => {
  const names = ['runAsNode', 'enableNodeOptionsEnvironmentVariable', 'enableCookieEncryption', 'onlyLoadAppFromAsar'];
  expect(await readFuses(path.join(unpacked, 'hinspector'), names)).toEqual({
    runAsNode: false, enableNodeOptionsEnvironmentVariable: false, enableCookieEncryption: true, onlyLoadAppFromAsar: true,
  });
});

test('the packed program cannot be used as Node', async () => {
  const { output } = await run(['-e', 'process.stdout.write("I am " + "Node")', '--tour', '--exit'], { ELECTRON_RUN_AS_NODE: '1' });
  expect(output).not.toContain('I am Node');
});

test('an engine in a process of its own runs out of the archive', async () => {
  const trace = path.join(folder, 'hosted.hinspect');
  const { code, output } = await run(['--engine-host', '--tour', '--exit', `--trace=${trace}`]);
  expect(output).not.toContain('could not start');
  expect(code, output).toBe(0);
  expect(existsSync(trace)).toBe(true);
});

test('packed again, every file is the same', async () => {
  const list = ending(printed, '.files.txt');
  const before = await readFile(list, 'utf8');
  await rm(list);
  await pack('--system', 'linux', '--formats', 'none');
  expect(await readFile(list, 'utf8')).toBe(before);
});

test('the bill of materials names every dependency of the application with its licence', async () => {
  const { dependencies } = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8'));
  const { components } = JSON.parse(await readFile(ending(printed, 'sbom.cdx.json'), 'utf8'));
  for (const name of Object.keys(dependencies)) {
    expect(components).toContainEqual(expect.objectContaining({ name, licenses: expect.anything() }));
  }
});

test('the Debian package puts a program, a menu entry, a file type and icons where a desktop looks for them', async () => {
  const package_ = ending(printed, '.deb');
  expect((await runProgram('dpkg-deb', ['-f', package_, 'Package', 'Architecture'])).stdout).toBe('Package: hinspector\nArchitecture: amd64\n');
  const { stdout } = await runProgram('dpkg-deb', ['-c', package_]);
  for (const file of [
    './opt/Hinspector/hinspector', './usr/bin/hinspector -> /opt/Hinspector/hinspector', './usr/share/applications/hinspector.desktop',
    './usr/share/mime/packages/hinspector.xml', './usr/share/icons/hicolor/48x48/apps/hinspector.png', './usr/share/doc/hinspector/copyright',
  ]) expect(stdout).toContain(file);
  expect(stdout).not.toMatch(/ (?!root\/root)\S+\/\S+ +\d+ \d{4}-/);
});

test('the application knows its own name and version, and of which commit it is', () => {
  const manifest = JSON.parse(extractFile(archive(), 'package.json').toString());
  expect(manifest).toMatchObject({ name: 'hinspector', productName: 'Hinspector', main: 'dist/electron/main.cjs', packed: { commit: expect.stringMatching(/^[0-9a-f]{40}$/), date: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), signed: false } });
});

test('a package for a system that there is none for is refused with those there are', async () => {
  const { code, output } = await runProgram(process.execPath, [path.join(ROOT, 'build', 'package.mjs'), '--system', 'beos']);
  expect(code).toBe(1);
  expect(output).toContain('--system is linux, win32 or all');
});
