// What is built, from which folders, into which file. A bundle is stale when its inputs' content changed.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dist, inProject, root } from '../setup/project.mjs';
import { alone } from './build-lock.mjs';
import { contentsFile, packagesOf, recordContents } from './bundle-contents.mjs';

/**
 * @typedef {object} Bundle
 * @property {string} name
 * @property {string} entry without it the bundle is not part of this checkout
 * @property {string} output
 * @property {readonly string[]} inputs files and folders whose content it depends on
 * @property {() => Promise<void>} make
 */

const recipes = inProject('build', 'bundles');
const contract = inProject('preload', 'contract');
const lock = inProject('package-lock.json');

/** @param {string} bundle @param {import('vite').InlineConfig} config */
async function vite(bundle, config) {
  const { build } = await import('vite');
  // Vite takes its word from the environment, and a test runner says `test`: that would be React's development build, a third larger.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({ ...config, plugins: [...(config.plugins ?? []), recordContents(bundle)] });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** @param {string} name @param {string} entry @returns {Bundle} */
function electronBundle(name, entry) {
  const output = join(dist, 'electron', `${name}.cjs`);
  return {
    name,
    entry,
    output,
    inputs: [inProject('electron'), contract, recipes, lock],
    make: async () => vite(name, (await import('./node.vite.mjs')).nodeBundle(entry, output)),
  };
}

/** @returns {Bundle} */
function preloadBundle() {
  const entry = inProject('preload', 'preload.ts');
  const output = join(dist, 'preload', 'preload.cjs');
  return {
    name: 'preload',
    entry,
    output,
    inputs: [inProject('preload'), recipes, lock],
    make: async () => vite('preload', (await import('./preload.vite.mjs')).preloadBundle(entry, output)),
  };
}

/** @returns {Bundle} */
function rendererBundle() {
  const source = inProject('renderer');
  const output = join(dist, 'renderer');
  return {
    name: 'renderer',
    entry: join(source, 'index.html'),
    output: join(output, 'index.html'),
    inputs: [source, contract, inProject('docs', 'manual'), inProject('build', 'manual'), recipes, lock],
    make: async () => vite('renderer', (await import('./renderer.vite.mjs')).rendererBundle(source, output)),
  };
}

/** @returns {Bundle} the scenario gallery, read as files at run time by the window and the command line */
function galleryCopy() {
  const source = inProject('electron', 'scenario', 'gallery');
  const output = join(dist, 'gallery');
  return {
    name: 'gallery',
    entry: source,
    output,
    inputs: [source],
    make: async () => {
      rmSync(output, { recursive: true, force: true });
      cpSync(source, output, { recursive: true });
    },
  };
}

/** Those that hold code of packages, and so have licences to show. */
const withPackages = ['main', 'cli', 'import-worker', 'updater', 'preload', 'renderer'];

/** What goes out beside the bundles, in a folder of its own: it opens a native library. */
export const unbundled = ['koffi'];

/** @returns {Bundle} the licences of everything that the other bundles hold; made behind them */
function noticesFile() {
  const output = join(dist, 'electron', 'notices.json');
  return {
    name: 'notices',
    entry: inProject('LICENSE'),
    output,
    inputs: [...withPackages.map(contentsFile), inProject('LICENSE'), recipes, lock],
    make: async () => {
      const { notices } = await import('./notices.mjs');
      writeFileSync(output, `${JSON.stringify(notices([...packagesOf(withPackages), ...unbundled]), undefined, 1)}\n`);
    },
  };
}

export const bundles = {
  main: electronBundle('main', inProject('electron', 'main.ts')),
  cli: electronBundle('cli', inProject('electron', 'cli.ts')),
  // A thread of the window: it reads what other programs wrote.
  'import-worker': electronBundle('import-worker', inProject('electron', 'session', 'import', 'import-worker.ts')),
  // Loaded only when a package that may look for updates is asked to.
  updater: electronBundle('updater', inProject('electron', 'updates', 'updater.ts')),
  preload: preloadBundle(),
  renderer: rendererBundle(),
  gallery: galleryCopy(),
  notices: noticesFile(),
};

/** @typedef {keyof typeof bundles} BundleName */

/** In the order in which they are made: the notices follow from the others. */
export const everyBundle = /** @type {BundleName[]} the table's own keys */ (Object.keys(bundles));

/** @param {string} path @returns {string[]} the files below it, or itself */
function files(path) {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)],
    );
  } catch {
    return existsSync(path) ? [path] : [];
  }
}

/** @param {readonly string[]} inputs */
function digest(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(files).sort()) {
    hash.update(relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {Bundle} bundle */
function stampFile(bundle) {
  return join(dist, '.stamps', bundle.name);
}

/** @param {Bundle} bundle @returns {string | undefined} the digest to stamp it with when it is stale */
function staleness(bundle) {
  const current = digest(bundle.inputs);
  const stamp = stampFile(bundle);
  return existsSync(bundle.output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === current ? undefined : current;
}

/**
 * Builds those of the named bundles that are stale and part of this checkout.
 * @param {readonly BundleName[]} names
 * @param {(name: string) => void} [onBuild] told before each that is built
 * @returns {Promise<BundleName[]>} those that do not exist here yet
 */
export async function buildStale(names, onBuild = () => {}) {
  const present = names.filter((name) => existsSync(bundles[name].entry));
  if (present.some((name) => staleness(bundles[name]))) {
    await alone(async () => {
      for (const name of present) {
        const bundle = bundles[name];
        // Asked again: whoever held the lock may have built it.
        const current = staleness(bundle);
        if (!current) continue;
        onBuild(name);
        rmSync(stampFile(bundle), { force: true });
        await bundle.make();
        writeFileSync(stampFile(bundle), current);
      }
    });
  }
  return names.filter((name) => !present.includes(name));
}
