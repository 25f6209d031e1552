// The suites of `npm test`, in the order they run: the quickest to tell something first.
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildStale, everyBundle } from '../bundles/bundles.mjs';
import { sandboxEnvironment, underXvfb } from '../setup/display.mjs';
import { electronBinary } from '../setup/electron-binary.mjs';
import { inProject, packageFile, root } from '../setup/project.mjs';
import { run, runNode } from '../setup/run.mjs';
import { ensureSystemPackages, findProgram } from '../setup/system-packages.mjs';
import { say } from '../setup/terminal.mjs';
import { ensureWine, wineExists } from '../setup/wine.mjs';
import { countedRun } from './counts.mjs';
import { targets, workFolder } from '../packaging/targets.mjs';

/**
 * @typedef {import('./counts.mjs').Counts} Counts
 *
 * @typedef {object} Suite
 * @property {string} name
 * @property {string} title
 * @property {() => boolean} [applies] a suite that does not apply is left out; the others must have tests
 * @property {() => Promise<Counts>} run
 */

const minute = 60_000;

/** Room for a window and its dialogs at their real size. */
const screen = '1920x1200x24';

/** @param {import('../setup/run.mjs').Outcome} outcome @returns {Counts} a check that holds or does not */
function asOne(outcome) {
  return outcome.code === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

/** @param {string} title @param {string} reason @returns {Counts} */
function skipped(title, reason) {
  return { passed: 0, failed: 0, skipped: [{ title, reason }] };
}

/**
 * @param {string} title
 * @param {string} reason what the machine lacks
 * @returns {Counts} in CI that is a failure: a green run must mean that all of it ran
 */
function cannotRun(title, reason) {
  say(reason);
  return process.env['CI'] ? { passed: 0, failed: 1, skipped: [] } : skipped(title, reason);
}

/** @param {string} name project in build/vitest.config.mjs @param {number} timeout @returns {Promise<Counts>} */
function vitest(name, timeout) {
  const args = ['run', '--config', inProject('build', 'vitest.config.mjs'), '--project', name];
  const reporters = ['--reporter=default', `--reporter=${inProject('build', 'suites', 'vitest-counts.mjs')}`];
  return countedRun((env) =>
    runNode([packageFile('vitest', 'vitest.mjs'), ...args, ...reporters], { cwd: root, env, stdio: 'tee', timeout }),
  );
}

/** @param {string} name its config's @returns {string[]} arguments of Node */
function playwright(name) {
  const reporters = `list,${inProject('build', 'suites', 'playwright-counts.mjs')}`;
  const config = inProject('build', 'playwright', `${name}.config.mjs`);
  return [packageFile('@playwright/test', 'cli.js'), 'test', `--config=${config}`, `--reporter=${reporters}`];
}

/** @returns {Promise<number>} a TCP port on loopback that nobody listens on */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function native() {
  if (process.platform !== 'win32') {
    if (!wineExists()) return skipped('native', 'it needs Windows, or Wine on 64-bit Intel Linux');
    const lacking = await ensureSystemPackages(['wine', 'mingw']);
    if (lacking) return cannotRun('native', lacking);
    await ensureWine();
  }
  return vitest('native', 10 * minute);
}

async function ui() {
  const lacking = await ensureSystemPackages(['browser']);
  if (lacking) return cannotRun('ui', lacking);
  await buildStale(everyBundle, (name) => say(`· Building ${name}`));
  const port = String(await freePort());
  const chromium = findProgram('chromium') ?? '';
  return countedRun((env) =>
    runNode(playwright('ui'), {
      cwd: root,
      env: { ...env, HINSPECTOR_UI_PORT: port, ...(chromium ? { HINSPECTOR_CHROMIUM: chromium } : {}) },
      stdio: 'tee',
      timeout: 15 * minute,
    }),
  );
}

async function e2e() {
  const lacking = await ensureSystemPackages(['electron', 'display', 'curl']);
  if (lacking) return cannotRun('e2e', lacking);
  const electron = await electronBinary();
  await buildStale(everyBundle, (name) => say(`· Building ${name}`));
  /** @type {[string, string[]]} */
  const plain = [process.execPath, playwright('e2e')];
  const [command, args] = process.platform === 'linux' ? underXvfb(...plain, screen) : plain;
  const forTests = { HINSPECTOR_ELECTRON: electron, ...(await sandboxEnvironment()) };
  return countedRun((env) =>
    run(command, args, { cwd: root, env: { ...env, ...forTests }, stdio: 'tee', timeout: 10 * minute }),
  );
}

/** @returns {Promise<Counts>} the packages themselves, and then the main job in the packed application */
async function packaging() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return skipped('package', 'its tests take Linux packages apart and install Windows ones under Wine: 64-bit Intel Linux only');
  const lacking = await ensureSystemPackages(['electron', 'display', 'curl', 'wine', 'nsis', 'msi']);
  if (lacking) return cannotRun('package', lacking);
  const made = await vitest('package', 12 * minute);
  const program = join(workFolder(targets.linux), 'built', 'linux-unpacked', 'hinspector');
  const [command, args] = underXvfb(process.execPath, [...playwright('e2e'), 'main-job'], screen);
  const env = { HINSPECTOR_PACKED: program, ...(await sandboxEnvironment()) };
  const used = await countedRun((counting) => run(command, args, { cwd: root, env: { ...counting, ...env }, stdio: 'tee', timeout: 5 * minute }));
  return { passed: made.passed + used.passed, failed: made.failed + used.failed, skipped: [...made.skipped, ...used.skipped] };
}

/** @returns {Promise<Counts>} each benchmark file is a test: that it runs, not how fast */
async function bench() {
  let passed = 0;
  let failed = 0;
  for (const file of benchFiles()) {
    const outcome = await runNode([inProject('build', 'bench.mjs'), '--smoke', file], { stdio: 'tee', timeout: 2 * minute });
    if (outcome.code === 0) passed++;
    else failed++;
  }
  return { passed, failed, skipped: [] };
}

/** @returns {Promise<Counts>} two minutes of the load that `npm run soak` keeps up for half an hour, on both engines at once where there are both */
async function soak() {
  return asOne(await runNode([inProject('build', 'soak.mjs'), '--minutes', '2', '--at-once'], { stdio: 'tee', timeout: 8 * minute }));
}

export function benchFiles() {
  const folder = inProject('test', 'bench');
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.bench.ts')).sort() : [];
}

/** @type {readonly Suite[]} */
export const suites = [
  {
    name: 'lint',
    title: 'Lint',
    run: async () =>
      asOne(await runNode([packageFile('oxlint', 'bin', 'oxlint'), '--deny-warnings'], { cwd: root, stdio: 'tee', timeout: 2 * minute })),
  },
  {
    name: 'typecheck',
    title: 'Types',
    run: async () => asOne(await runNode([inProject('build', 'typecheck.mjs')], { stdio: 'tee', timeout: 3 * minute })),
  },
  { name: 'unit', title: 'Unit tests', run: () => vitest('unit', 10 * minute) },
  {
    name: 'conformance',
    title: 'Conformance: every scenario against the engine',
    run: async () => {
      await buildStale(['cli', 'gallery']);
      return vitest('conformance', 8 * minute);
    },
  },
  {
    name: 'native',
    title: 'The native engine',
    applies: () => existsSync(inProject('test', 'native')),
    run: native,
  },
  { name: 'ui', title: 'The page in Chromium', run: ui },
  { name: 'e2e', title: 'The application in Electron', run: e2e },
  { name: 'package', title: 'The packages', applies: () => existsSync(inProject('test', 'package')), run: packaging },
  { name: 'soak', title: 'Soak, two minutes on each engine', run: soak },
  { name: 'bench', title: 'Benchmarks, one short round', applies: () => benchFiles().length > 0, run: bench },
];
