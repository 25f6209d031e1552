// What Electron, Xvfb and the browser tests need from the operating system.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';
import { Advice, step } from './terminal.mjs';

/**
 * A need is found by what is used (a program on the path or a shared library), since that is the same on
 * every distribution, and installed under Debian's name for it. Ubuntu and newer Debian have renamed some
 * libraries: the first name that the package lists know is taken.
 * @typedef {object} Need
 * @property {string} [program]
 * @property {string} [library]
 * @property {readonly string[]} packages names, best first
 */

/** @type {Record<'electron' | 'display' | 'browser' | 'curl' | 'wine' | 'nsis' | 'msi' | 'sevenZip' | 'mingw', readonly Need[]>} */
const needs = {
  electron: [
    { library: 'libgtk-3.so.0', packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
    { library: 'libnss3.so', packages: ['libnss3'] },
    { library: 'libasound.so.2', packages: ['libasound2t64', 'libasound2'] },
    { library: 'libgbm.so.1', packages: ['libgbm1'] },
  ],
  display: [
    { program: 'xvfb-run', packages: ['xvfb'] },
    { program: 'Xvfb', packages: ['xvfb'] },
    { program: 'xauth', packages: ['xauth'] },
  ],
  browser: [{ program: 'chromium', packages: ['chromium'] }],
  curl: [{ program: 'curl', packages: ['curl'] }],
  wine: [
    { program: 'wine', packages: ['wine'] },
    { program: 'wineserver', packages: ['wine'] },
  ],
  nsis: [{ program: 'makensis', packages: ['nsis'] }],
  msi: [{ program: 'wixl', packages: ['wixl'] }],
  sevenZip: [{ program: '7za', packages: ['p7zip-full'] }],
  mingw: [
    { program: 'x86_64-w64-mingw32-gcc', packages: ['gcc-mingw-w64-x86-64'] },
    { program: 'x86_64-w64-mingw32-g++', packages: ['g++-mingw-w64-x86-64-win32', 'g++-mingw-w64-x86-64'] },
  ],
};

/** @param {string} program @returns {string | undefined} its full path */
export function findProgram(program) {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}

/** @param {readonly (keyof typeof needs)[]} purposes @returns {Promise<Need[]>} */
async function missing(purposes) {
  const wanted = purposes.flatMap((purpose) => needs[purpose]);
  const libraries = wanted.some((need) => need.library)
    ? (await run(findProgram('ldconfig') ?? '/sbin/ldconfig', ['-p'])).stdout
    : '';
  return wanted.filter((need) =>
    need.program ? !findProgram(need.program) : !libraries.includes(`${need.library} `),
  );
}

/** @param {Need} need @returns {Promise<string | undefined>} the package's name on this system */
async function packageFor(need) {
  for (const name of need.packages) {
    const known = await run('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(known.stdout)) return name;
  }
  return undefined;
}

/** @param {readonly Need[]} list */
function names(list) {
  return [...new Set(list.map((need) => need.packages.at(-1) ?? ''))];
}

/**
 * Installs what is missing where it may (Debian and Ubuntu, as root); elsewhere says what to do.
 * @param {readonly (keyof typeof needs)[]} purposes
 * @returns {Promise<string | undefined>} what is still missing and how to get it, in one line
 */
export async function ensureSystemPackages(purposes) {
  if (process.platform !== 'linux') return undefined;
  const lacking = await missing(purposes);
  if (lacking.length === 0) return undefined;
  if (!findProgram('apt-get')) {
    const what = lacking.map((need) => need.program ?? need.library).join(', ');
    return `Missing on this system: ${what}. Install them with your package manager.`;
  }
  if (process.getuid?.() !== 0) {
    return `Missing system packages. Run: sudo apt-get update && sudo apt-get install -y ${names(lacking).join(' ')}`;
  }
  await step(`Installing system packages: ${names(lacking).join(' ')}`, async () => {
    await run('apt-get', ['update', '-qq']);
    const found = (await Promise.all(lacking.map(packageFor))).filter((name) => name !== undefined);
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...new Set(found)];
    await run('apt-get', install, { env: { DEBIAN_FRONTEND: 'noninteractive' } });
  });
  const still = await missing(purposes);
  return still.length === 0
    ? undefined
    : `Could not install: ${names(still).join(' ')}. Try: apt-get update && apt-get install -y ${names(still).join(' ')}`;
}

/** @param {readonly (keyof typeof needs)[]} purposes @throws {Advice} with the line to copy */
export async function requireSystemPackages(purposes) {
  const advice = await ensureSystemPackages(purposes);
  if (advice) throw new Advice(advice);
}
