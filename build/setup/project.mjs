// Where things are. Every script takes its paths from here and none from the working folder.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const dist = join(root, 'dist');

/** What a person asked to see: the screenshot and trace of a headless start. Git ignores it. */
export const out = join(root, 'out');

/** Downloads that outlive a clone. */
export const cache = process.env['HINSPECTOR_CACHE'] || join(homedir(), '.cache', 'hinspector');

/** @param {string[]} parts a path below the project's root */
export function inProject(...parts) {
  return join(root, ...parts);
}

/**
 * The JavaScript file behind a package's command, to run with this very Node on every system.
 * @param {string} name package
 * @param {string[]} file path of its entry inside the package
 */
export function packageFile(name, ...file) {
  return join(root, 'node_modules', name, ...file);
}
