// Windows on a machine without a screen.
import { run } from './run.mjs';

/** Windows and macOS always have a display to ask for; Linux says so in the environment. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * A command line that runs under a virtual X server of its own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} [screen] width x height x depth
 * @returns {[string, string[]]}
 */
export function underXvfb(command, args, screen = '1440x900x24') {
  return ['xvfb-run', ['-a', '-s', `-screen 0 ${screen}`, command, ...args]];
}

/**
 * Whether Chromium can sandbox its processes here: not for root, and else only where the kernel grants user
 * namespaces, since the helper that does without them would have to be installed by root.
 */
async function sandboxWorks() {
  if (process.platform !== 'linux') return true;
  return process.getuid?.() !== 0 && (await run('unshare', ['--user', 'true'])).code === 0;
}

/** @returns {Promise<NodeJS.ProcessEnv>} what Electron needs to be told: nothing where its sandbox works */
export async function sandboxEnvironment() {
  return (await sandboxWorks()) ? {} : { ELECTRON_DISABLE_SANDBOX: '1' };
}
