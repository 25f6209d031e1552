// The Windows installer and the portable program by plain makensis.
import { readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inProject } from '../../setup/project.mjs';
import { must } from '../../setup/registry-package.mjs';
import { requireSystemPackages } from '../../setup/system-packages.mjs';
import { appId, product, productName } from '../targets.mjs';

/** @param {string} folder @param {string} [root] @returns {Promise<{files: string[], folders: string[]}>} relative paths, deepest folders first */
async function contents(folder, root = folder) {
  const files = [];
  const folders = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (!entry.isDirectory()) {
      files.push(relative(root, path));
      continue;
    }
    const below = await contents(path, root);
    files.push(...below.files);
    folders.push(...below.folders, relative(root, path));
  }
  return { files, folders };
}

/** @param {string} path */
function windows(path) {
  return path.replaceAll('/', '\\');
}

/** @param {string} unpacked @param {string} script gets the lines that remove what was installed and nothing else */
async function writeRemoval(unpacked, script) {
  const { files, folders } = await contents(unpacked);
  const lines = [
    ...files.map((file) => `Delete "$INSTDIR\\${windows(file)}"`),
    `Delete "$INSTDIR\\Uninstall ${productName}.exe"`,
    ...folders.map((folder) => `RMDir "$INSTDIR\\${windows(folder)}"`),
  ];
  await writeFile(script, `${lines.join('\n')}\n`);
}

/** @param {string} script @param {Readonly<Record<string, string>>} defines */
async function makensis(script, defines) {
  await requireSystemPackages(['nsis']);
  const options = Object.entries(defines).map(([name, value]) => `-D${name}=${value}`);
  await must('makensis', ['-V2', '-NOCD', ...options, inProject('build', 'packaging', 'installers', script)]);
}

/** @param {{unpacked: string, work: string, icons: string, output: string, quick: boolean}} parts */
export async function makeSetup({ unpacked, work, icons, output, quick }) {
  const removal = join(work, 'remove.nsh');
  await writeRemoval(unpacked, removal);
  await makensis('hinspector.nsi', {
    ...names({ unpacked, icons, output, quick }), LICENCE: inProject('LICENSE'), APP_ID: appId, REMOVE_NSH: removal,
    UNINSTALL_NSH: inProject('build', 'packaging', 'installers', 'uninstall.nsh'),
  });
}

/** @param {{unpacked: string, icons: string, output: string, quick: boolean}} parts */
export async function makePortable({ unpacked, icons, output, quick }) {
  await makensis('portable.nsi', names({ unpacked, icons, output, quick }));
}

/** @param {{unpacked: string, icons: string, output: string, quick: boolean}} parts */
function names({ unpacked, icons, output, quick }) {
  const { version, author, description } = product;
  return { PRODUCT: productName, VERSION: version, PUBLISHER: author, DESCRIPTION: description, UNPACKED: unpacked, ICON: join(icons, 'icon.ico'), OUTPUT: output, COMPRESS: quick ? 'off' : 'auto' };
}
