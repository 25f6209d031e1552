// What goes out with the packages: checksums, the list of the packed files with their hashes, and a bill of materials.
import { lstat, readdir, readlink, writeFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { inProject } from '../setup/project.mjs';
import { digestOf, must } from '../setup/registry-package.mjs';
import { packages } from './targets.mjs';

/** @param {string} folder @param {string} [root] @returns {Promise<string[]>} "sha256  path" of every file, in the order of their paths */
export async function fileHashes(folder, root = folder) {
  const lines = [];
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name);
    const status = await lstat(path);
    if (status.isDirectory()) lines.push(...(await fileHashes(path, root)));
    else if (status.isSymbolicLink()) lines.push(`link to ${await readlink(path)}  ${relative(root, path)}`);
    else lines.push(`${await digestOf(path, 'sha256', 'hex')}  ${relative(root, path)}`);
  }
  return lines;
}

/** @param {readonly import('./pack.mjs').Packed[]} packed @returns {Promise<string[]>} the files written */
export async function writeRecords(packed) {
  const written = [];
  for (const { name, unpacked } of packed) {
    const list = join(packages, `${name}.files.txt`);
    await writeFile(list, `${(await fileHashes(unpacked)).join('\n')}\n`);
    written.push(list);
  }
  const sbom = join(packages, 'sbom.cdx.json');
  await writeFile(sbom, await billOfMaterials());
  written.push(sbom);
  const artifacts = packed.flatMap((target) => target.artifacts);
  const sums = await Promise.all([...artifacts, ...written].map(async (file) => `${await digestOf(file, 'sha256', 'hex')}  ${basename(file)}`));
  const checksums = join(packages, 'SHA256SUMS');
  await writeFile(checksums, `${sums.sort().join('\n')}\n`);
  return [...written, checksums];
}

/** @returns {Promise<string>} CycloneDX of everything that the application is made of, without what changes with the hour */
async function billOfMaterials() {
  const { stdout } = await must('npm', ['sbom', '--sbom-format=cyclonedx', '--omit=optional', '--package-lock-only'], { cwd: inProject() });
  const bill = JSON.parse(stdout);
  delete bill.serialNumber;
  delete bill.metadata.timestamp;
  return `${JSON.stringify(bill, undefined, 2)}\n`;
}
