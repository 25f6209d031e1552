// The folder that becomes app.asar: the bundles, a package.json of its own, and koffi with one binary.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale, everyBundle } from '../bundles/bundles.mjs';
import { dist, inProject, packageFile } from '../setup/project.mjs';
import { unpackRegistryPackage } from '../setup/registry-package.mjs';
import { run } from '../setup/run.mjs';
import { certificateGiven, product, productName } from './targets.mjs';

/** What koffi needs at run time; its sources and documentation stay behind. */
const koffiFiles = ['package.json', 'index.cjs', 'indirect.cjs', 'LICENSE.txt', 'src/koffi/index.cjs', 'src/koffi/indirect.cjs'];

/** @param {string} name @returns {{version: string, integrity: string, license?: string}} what package-lock.json says of it */
export function locked(name) {
  return JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages[`node_modules/${name}`];
}

/** @param {import('./targets.mjs').Target} target */
function koffiBinary(target) {
  return `@koromix/koffi-${target.system}-x64`;
}

/** @param {import('./targets.mjs').Target} target @param {string} modules node_modules of the application */
async function putKoffi(target, modules) {
  for (const file of koffiFiles) {
    const source = packageFile('koffi', file);
    if (existsSync(source)) await cp(source, join(modules, 'koffi', file));
  }
  const name = koffiBinary(target);
  const here = packageFile(name);
  const into = join(modules, name);
  if (existsSync(here)) {
    await cp(here, into, { recursive: true });
  } else {
    // npm installs the binary of the machine it runs on; the other system's is fetched as the lock names it.
    await mkdir(modules, { recursive: true });
    const work = await mkdtemp(join(modules, '.fetch-'));
    const { version, integrity } = locked(name);
    await unpackRegistryPackage({ spec: `${name}@${version}`, integrity }, work);
    await cp(join(work, 'package'), into, { recursive: true });
    await rm(work, { recursive: true });
  }
  // Debian's C library and not musl's: Electron has no build for that.
  await rm(join(into, 'musl_x64'), { recursive: true, force: true });
}

/** @param {import('./targets.mjs').Target} target @returns {Promise<import('../../preload/contract/about').BuildRecord | undefined>} a source archive has no history to tell of */
async function buildRecord(target) {
  const { code, stdout } = await run('git', ['log', '-1', '--format=%H %cI'], { cwd: inProject() });
  const [commit, date] = stdout.trim().split(' ');
  if (code !== 0 || !commit || !date) return undefined;
  return { commit, date, signed: target.system === 'win32' && certificateGiven() };
}

/**
 * @param {import('./targets.mjs').Target} target @param {string} folder made anew
 * @param {(name: string) => void} onBuild
 */
export async function stageApplication(target, folder, onBuild) {
  await buildStale(everyBundle, onBuild);
  await rm(folder, { recursive: true, force: true });
  for (const part of ['electron', 'preload', 'renderer', 'gallery']) {
    await cp(join(dist, part), join(folder, 'dist', part), { recursive: true, filter: (file) => !file.endsWith('.map') });
  }
  for (const file of ['LICENSE', 'docs/security.md']) if (existsSync(inProject(file))) await cp(inProject(file), join(folder, file));
  await putKoffi(target, join(folder, 'node_modules'));
  const { version, description, author, license } = product;
  const koffi = JSON.parse(await readFile(packageFile('koffi', 'package.json'), 'utf8')).version;
  const manifest = {
    name: 'hinspector', productName, version, description, author, license, private: true, main: 'dist/electron/main.cjs',
    dependencies: { koffi, [koffiBinary(target)]: koffi }, packed: await buildRecord(target),
  };
  await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}
