// One target from sources to installers.
import { existsSync } from 'node:fs';
import { cp, lutimes, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../setup/run.mjs';
import { inProject } from '../setup/project.mjs';
import { Advice, say, step } from '../setup/terminal.mjs';
import { stageApplication } from './application.mjs';
import { checkFuses } from './fuses.mjs';
import { configuration } from './configuration.mjs';
import { makeIcons } from './icons.mjs';
import { makeDeb } from './installers/deb.mjs';
import { makeMsi } from './installers/msi.mjs';
import { makePortable, makeSetup } from './installers/nsis.mjs';
import { makeTarGz, makeZip } from './installers/archives.mjs';
import { runtimeFor } from './runtimes.mjs';
import { artifactName, certificateGiven, packages, updateFeedFor, workFolder } from './targets.mjs';

/** @returns {Promise<number>} seconds since 1970 that every packed file is dated by: SOURCE_DATE_EPOCH, or the last commit's */
async function sourceDate() {
  const given = process.env['SOURCE_DATE_EPOCH'];
  if (given) return Number(given);
  const { code, stdout } = await run('git', ['log', '-1', '--format=%ct'], { cwd: inProject() });
  // A source archive has no history: any fixed date keeps the build reproducible.
  return code === 0 ? Number(stdout.trim()) : 1_767_225_600;
}

/** @param {string} folder @param {number} date seconds since 1970 */
async function dateEverything(folder, date) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await dateEverything(path, date);
    await lutimes(path, date, date);
  }
}

/**
 * @typedef {object} Packed
 * @property {string} unpacked the program as a folder
 * @property {readonly string[]} artifacts
 * @property {readonly {format: string, why: string}[]} notMade
 * @property {import('./runtimes.mjs').Runtime} runtime
 * @property {string} name
 */

/**
 * @param {import('./targets.mjs').Target} target
 * @param {readonly string[]} formats of the target's; none: only the unpacked folder
 * @param {boolean} quick archives and installers that are hardly compressed: for tests
 * @returns {Promise<Packed>}
 */
export async function packTarget(target, formats, quick) {
  const work = workFolder(target);
  const runtime = await runtimeFor(target);
  const name = artifactName(target, runtime, certificateGiven());
  if (!runtime.shippable) say(`· Electron cannot be downloaded here: packing ${runtime.version}, which shows that packing works. It is no release.`);
  const { why } = updateFeedFor(target);
  if (why !== undefined) say(`· HINSPECTOR_UPDATE_URL is left out: ${why}. Copies of this package look for no updates.`);
  await rm(work, { recursive: true, force: true });
  const icons = join(work, 'icons');
  await makeIcons(icons);
  await stageApplication(target, join(work, 'app'), (bundle) => say(`· Building ${bundle}`));
  const date = await sourceDate();
  process.env['SOURCE_DATE_EPOCH'] = String(date);
  await dateEverything(join(work, 'app'), date);

  const { build, Platform, Arch } = await import('electron-builder');
  const platform = target.system === 'win32' ? Platform.WINDOWS : Platform.LINUX;
  // Its own plug-ins and tools come from the same place as Electron: where one can be had, so can the others.
  const byBuilder = runtime.shippable ? formats : [];
  const afterPack = async (/** @type {{appOutDir: string}} */ { appOutDir }) => {
    // Electron's own page for those who start it without an application.
    await rm(join(appOutDir, 'resources', 'default_app.asar'), { force: true });
    await dateEverything(appOutDir, date);
  };
  const config = configuration(target, runtime, { name, icons, afterPack });
  const made = await step(`Packing for ${target.label}`, () =>
    quietly(() => build({ targets: platform.createTarget(['dir', ...byBuilder], Arch.x64), projectDir: inProject(), config, publish: 'never' })),
  );
  const unpacked = join(work, 'built', `${target.label}-unpacked`);
  if (!existsSync(unpacked)) throw new Advice(`electron-builder left no ${unpacked}`);
  await dateEverything(unpacked, date);
  await checkFuses(target, runtime, unpacked);

  await mkdir(packages, { recursive: true });
  const artifacts = [];
  for (const file of made.filter((path) => existsSync(path) && byBuilder.some((format) => path.includes(`.${fileEnding(format)}`)))) {
    const into = join(packages, file.slice(file.lastIndexOf('/') + 1));
    await cp(file, into);
    artifacts.push(into);
  }
  // What a feed serves beside the installers: written where one is asked for.
  const list = join(work, 'built', 'latest.yml');
  if (existsSync(list)) {
    await cp(list, join(packages, 'latest.yml'));
    artifacts.push(join(packages, 'latest.yml'));
  }
  const notMade = [];
  for (const format of formats.filter((wanted) => !byBuilder.includes(wanted))) {
    const maker = makers[format];
    if (!maker) {
      notMade.push({ format, why: 'its tools are downloaded from where this machine cannot reach' });
      continue;
    }
    const output = join(packages, `${name}${maker.ending}`);
    await rm(output, { force: true });
    await step(`Making ${output.slice(packages.length + 1)}`, () => maker.make({ unpacked, work, icons, output, date, name, quick }));
    artifacts.push(output);
  }
  return { unpacked, artifacts, notMade, runtime, name };
}

/**
 * How a format is made without electron-builder's downloads.
 * @typedef {{unpacked: string, work: string, icons: string, output: string, date: number, name: string, quick: boolean}} Parts
 * @type {Readonly<Record<string, {ending: string, make: (parts: Parts) => Promise<void>} | undefined>>}
 */
const makers = {
  'tar.gz': { ending: '.tar.gz', make: makeTarGz },
  zip: { ending: '.zip', make: makeZip },
  deb: { ending: '.deb', make: makeDeb },
  nsis: { ending: '-setup.exe', make: makeSetup },
  portable: { ending: '-portable.exe', make: makePortable },
  msi: { ending: '.msi', make: makeMsi },
};

/** @param {string} format */
function fileEnding(format) {
  return format === 'nsis' || format === 'portable' ? 'exe' : format;
}

/** electron-builder writes its progress to stdout, which belongs to whoever reads the list of artifacts. @template T @param {() => Promise<T>} work */
async function quietly(work) {
  const write = process.stdout.write;
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    return await work();
  } finally {
    process.stdout.write = write;
  }
}
