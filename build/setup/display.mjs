// Windows on a machine without a screen.

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

/** Chromium refuses its sandbox to root. Nobody else runs without it. */
export function sandboxFlags() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
