// Which Electron to run: the one the project ships on where it can be had, else the test runtime.
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { cache, packageFile } from './project.mjs';
import { runNode } from './run.mjs';
import { Advice, step } from './terminal.mjs';
import { testRuntime, testRuntimeExists } from './test-runtime.mjs';

const downloadTimeout = 5 * 60_000;
const probeTimeout = 3000;

/** How long a failed download is remembered, so that not every start waits for it again. */
const rememberFor = 24 * 60 * 60_000;

/** @returns {string | undefined} the Electron of the `electron` package, once its download is there */
export function installedExecutable() {
  const pathFile = packageFile('electron', 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const file = packageFile('electron', 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(file) ? file : undefined;
}

/** @returns {string} the version that the project ships on */
export function electronVersion() {
  return JSON.parse(readFileSync(packageFile('electron', 'package.json'), 'utf8')).version;
}

function failureRecord() {
  return join(cache, `electron-${electronVersion()}-unreachable`);
}

function failedLately() {
  try {
    return Date.now() - Number(readFileSync(failureRecord(), 'utf8')) < rememberFor;
  } catch {
    return false;
  }
}

/** Whether the download is worth starting: a mirror from the environment, or GitHub, takes a connection. */
export function downloadIsReachable() {
  const mirror = process.env['ELECTRON_MIRROR'] || process.env['npm_config_electron_mirror'] || 'https://github.com/';
  const { hostname, port } = new URL(mirror);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 443), timeout: probeTimeout });
    /** @param {boolean} reachable */
    const settle = (reachable) => {
      socket.destroy();
      resolve(reachable);
    };
    socket.on('connect', () => settle(true));
    socket.on('error', () => settle(false));
    socket.on('timeout', () => settle(false));
  });
}

/** @returns {Promise<string | undefined>} the executable, or nothing when it could not be fetched */
async function download() {
  if (!(await downloadIsReachable())) return undefined;
  const result = await step(`Downloading Electron ${electronVersion()} (once)`, () =>
    runNode([packageFile('electron', 'install.js')], { timeout: downloadTimeout }),
  );
  return result.code === 0 ? installedExecutable() : undefined;
}

/**
 * @returns {Promise<string>} the path of an Electron executable
 * @throws {Advice} where there is none for this system
 */
export async function electronBinary() {
  const chosen = process.env['HINSPECTOR_ELECTRON'];
  if (chosen) {
    if (!existsSync(chosen)) throw new Advice(`HINSPECTOR_ELECTRON names ${chosen}, which does not exist.`);
    return chosen;
  }
  const present = installedExecutable();
  if (present) return present;
  if (!testRuntimeExists() || !failedLately()) {
    const fetched = await download();
    if (fetched) return fetched;
    await mkdir(cache, { recursive: true });
    await writeFile(failureRecord(), String(Date.now()));
  }
  if (testRuntimeExists()) return testRuntime();
  throw new Advice(
    `Electron ${electronVersion()} could not be downloaded. Check the connection (or set ELECTRON_MIRROR), ` +
      'use Node 22.12 or later, and run: npx install-electron',
  );
}
