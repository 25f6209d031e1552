// Child processes: started in a group of their own, ended with everything they started.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * @typedef {object} Outcome
 * @property {number} code exit code; 128 + n for a signal, 127 when the program could not be started
 * @property {string} output stdout and stderr in the order they came, empty when they were inherited
 * @property {string} stdout
 * @property {boolean} timedOut
 *
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env] added to this process's own
 * @property {string} [cwd]
 * @property {'inherit' | 'capture' | 'tee'} [stdio] `tee` shows the output and keeps it
 * @property {(text: string) => void} [write] gets the output as it comes, when it is captured
 * @property {number} [timeout] milliseconds, after which the whole group is ended
 */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already, and that is all that was wanted.
  }
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, () => {
    for (const child of running) signalGroup(child, signal);
    if (running.size === 0) process.exit(130);
    setTimeout(() => process.exit(130), 3000).unref();
  });
}
process.on('exit', () => {
  for (const child of running) signalGroup(child, 'SIGKILL');
});

/** What passes through a pipe on its way to the terminal is coloured as if it went there directly. */
function colour() {
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(command, args, options = {}) {
  const { stdio = 'capture', timeout = 0 } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...(stdio === 'tee' ? colour() : {}), ...options.env },
      stdio: stdio === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    running.add(child);
    let output = '';
    let stdout = '';
    let timedOut = false;
    const timer =
      timeout > 0
        ? setTimeout(() => {
            timedOut = true;
            signalGroup(child, 'SIGTERM');
            setTimeout(() => signalGroup(child, 'SIGKILL'), 5000).unref();
          }, timeout)
        : undefined;
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
      if (stdio === 'tee') process.stdout.write(chunk);
      options.write?.(String(chunk));
    });
    child.stderr?.on('data', (chunk) => {
      output += chunk;
      if (stdio === 'tee') process.stderr.write(chunk);
      options.write?.(String(chunk));
    });
    /** @param {number} code */
    const settle = (code) => {
      clearTimeout(timer);
      running.delete(child);
      // What it left behind in its group goes with it; a shell such as xvfb-run can die before its children.
      signalGroup(child, 'SIGKILL');
      resolve({ code, output, stdout, timedOut });
    };
    child.on('error', (error) => {
      output += `${error.message}\n`;
      settle(127);
    });
    child.on('close', (code, signal) => settle(code ?? (signal ? 128 + constants.signals[signal] : 1)));
  });
}

/**
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/**
 * npm by the way this machine has it: the npm that started the script, or the one on the path.
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options) {
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('.js')) return runNode([npm, ...args], options);
  // npm is a .cmd file on Windows, which only a shell can start; no argument here needs quoting.
  return process.platform === 'win32' ? run('cmd.exe', ['/c', 'npm', ...args], options) : run('npm', args, options);
}
