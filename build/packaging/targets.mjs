// What is packaged: a system, its processor, and the forms in which people of that system install things.
import { readFileSync } from 'node:fs';
import { inProject, out } from '../setup/project.mjs';
import { Advice } from '../setup/terminal.mjs';
import { join } from 'node:path';

/** @typedef {'linux' | 'win32'} System */

/**
 * @typedef {object} Target
 * @property {System} system as Node names it
 * @property {'linux' | 'win'} label in the names of files
 * @property {readonly string[]} formats
 */

/** @type {Record<System, Target>} */
export const targets = {
  linux: { system: 'linux', label: 'linux', formats: ['tar.gz', 'deb', 'AppImage'] },
  win32: { system: 'win32', label: 'win', formats: ['zip', 'nsis', 'portable', 'msi'] },
};

/** @type {{version: string, description: string, author: string, license: string}} */
export const product = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

export const productName = 'Hinspector';

/** Never changes: by it Windows knows that a newer installer replaces an older one. */
export const appId = 'dev.hinspector.desktop';

/** Everything that packaging makes. Git ignores it. */
export const packages = join(out, 'packages');

/** @param {Target} target */
export function workFolder(target) {
  return join(packages, 'work', target.label);
}

/**
 * The beginning of every artifact's name says what it must not be taken for.
 * @param {Target} target @param {import('./runtimes.mjs').Runtime} runtime @param {boolean} signed
 */
export function artifactName(target, runtime, signed) {
  const marks = [
    ...(runtime.shippable ? [] : [`not-for-release-electron-${runtime.version}`]),
    ...(target.system === 'win32' && !signed ? ['unsigned'] : []),
  ];
  return [productName, product.version, target.label, 'x64', ...marks].join('-');
}

/**
 * Where copies of a package look for newer ones: HINSPECTOR_UPDATE_URL, for packages whose signature an update can be held to.
 * @param {Target} target
 * @returns {{url: string | undefined, why: string | undefined}} why a feed that is asked for is not given
 */
export function updateFeedFor(target) {
  const url = process.env['HINSPECTOR_UPDATE_URL'];
  if (!url) return { url: undefined, why: undefined };
  if (target.system !== 'win32') return { url: undefined, why: 'packages for this system have no signature' };
  if (!certificateGiven()) return { url: undefined, why: 'the package is not signed (CSC_LINK)' };
  if (!url.startsWith('https://')) throw new Advice(`HINSPECTOR_UPDATE_URL is ${url}: a feed is https.`);
  return { url, why: undefined };
}

/** Whether electron-builder will sign: it reads the certificate and its password from these variables by itself. */
export function certificateGiven() {
  return Boolean(process.env['CSC_LINK'] || process.env['WIN_CSC_LINK']);
}
