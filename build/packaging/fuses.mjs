// The fuses of the packed program (docs/security.md): what they are to be, and what they are found to be in its binary.
import { join } from 'node:path';
import { Advice } from '../setup/terminal.mjs';
import { productName } from './targets.mjs';

/** In the binary a fuse is a digit: 48 is "0". */
const ON = 49;

/** The Electron that brought fuses, and the one that brought the last of those below. */
const FIRST_WITH_FUSES = 12;
const FIRST_WITH_FILE_FUSE = 29;

/**
 * @param {import('./targets.mjs').Target} target @param {import('./runtimes.mjs').Runtime} runtime
 * @returns {{[name: string]: boolean} | undefined} by electron-builder's names; undefined: this Electron has none
 */
export function wantedFuses(target, runtime) {
  const major = Number.parseInt(runtime.version, 10);
  if (major < FIRST_WITH_FUSES) return undefined;
  return {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    // Playwright starts the packed application through it; a release (HINSPECTOR_RELEASE=1) is not to be debugged.
    enableNodeCliInspectArguments: process.env['HINSPECTOR_RELEASE'] !== '1',
    // Windows alone keeps the archive's digest where it can be checked.
    enableEmbeddedAsarIntegrityValidation: target.system === 'win32',
    onlyLoadAppFromAsar: true,
    ...(major >= FIRST_WITH_FILE_FUSE ? { grantFileProtocolExtraPrivileges: false } : {}),
  };
}

/** @param {import('./targets.mjs').Target} target @param {string} unpacked */
export function programFile(target, unpacked) {
  return join(unpacked, target.system === 'win32' ? `${productName}.exe` : 'hinspector');
}

/**
 * @param {string} program the packed Electron
 * @param {readonly string[]} names as wantedFuses gives them
 * @returns {Promise<{[name: string]: boolean | undefined}>} undefined: the binary has no such fuse
 */
export async function readFuses(program, names) {
  const { getCurrentFuseWire, FuseV1Options } = await import('@electron/fuses');
  const wire = /** @type {{[place: string]: unknown}} fuses by their number */ (await getCurrentFuseWire(program));
  const places = /** @type {{[name: string]: number | string}} a TypeScript enum */ (FuseV1Options);
  return Object.fromEntries(
    names.map((name) => {
      const state = wire[String(places[name.charAt(0).toUpperCase() + name.slice(1)])];
      return [name, state === undefined ? undefined : state === ON];
    }),
  );
}

/**
 * @param {import('./targets.mjs').Target} target @param {import('./runtimes.mjs').Runtime} runtime @param {string} unpacked
 * @throws {Advice} naming those that are not as they were asked for
 */
export async function checkFuses(target, runtime, unpacked) {
  const wanted = wantedFuses(target, runtime);
  if (wanted === undefined) return;
  const found = await readFuses(programFile(target, unpacked), Object.keys(wanted));
  const wrong = Object.keys(wanted).filter((name) => found[name] !== wanted[name]);
  if (wrong.length === 0) return;
  throw new Advice(`Fuses of the packed program are not as asked for: ${wrong.map((name) => `${name} is ${found[name]}, not ${wanted[name]}`).join('; ')}`);
}
