// npm start: the window. `npm start -- ARGS` hands ARGS to the application.
import { mkdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale, bundles, everyBundle } from './bundles/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { hasDisplay, sandboxEnvironment, underXvfb } from './setup/display.mjs';
import { electronBinary } from './setup/electron-binary.mjs';
import { out, root } from './setup/project.mjs';
import { run } from './setup/run.mjs';
import { requireSystemPackages } from './setup/system-packages.mjs';
import { Advice, main, say } from './setup/terminal.mjs';
import { ensureWine } from './setup/wine.mjs';

/** A tour takes some ten seconds; one that has not ended by then never will. */
const headlessLimit = 180_000;

/** @param {readonly string[]} args @param {string} flag */
function has(args, flag) {
  return args.some((arg) => arg === flag || arg.startsWith(`${flag}=`));
}

/**
 * Without a display nobody can press a button, so the application shows itself:
 *   --tour              runs the guided tour, unless --open names a trace to show
 *   --screenshot=PATH   writes the window as PNG after that
 *   --trace=PATH        writes the session file (.hinspect), unless one was opened
 *   --exit              ends with 0 when all that is done, non-zero when any of it failed
 * What the caller gave is kept as it is.
 * @param {readonly string[]} given
 */
function headlessArguments(given) {
  const args = [...given];
  if (!has(args, '--tour') && !has(args, '--open')) args.push('--tour');
  if (!has(args, '--screenshot')) args.push(`--screenshot=${join(out, has(args, '--open') ? 'window.png' : 'tour.png')}`);
  if (!has(args, '--trace') && !has(args, '--open')) args.push(`--trace=${join(out, 'tour.hinspect')}`);
  if (!has(args, '--exit')) args.push('--exit');
  return args;
}

/** @param {readonly string[]} args @param {string} flag */
function valueOf(args, flag) {
  return args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

/**
 * What the application is told of this machine: how to start Node for Windows, when it is to run on Wine's DLLs.
 * @param {readonly string[]} args @returns {Promise<NodeJS.ProcessEnv>}
 */
async function environment(args) {
  const wine = valueOf(args, '--engine') === 'wine' || args[args.indexOf('--engine') + 1] === 'wine';
  return { ...(await sandboxEnvironment()), ...(wine ? { HINSPECTOR_WINE: JSON.stringify(await ensureWine()) } : {}) };
}

/** @param {string} electron @param {readonly string[]} given @returns {Promise<number>} */
async function startHeadless(electron, given) {
  const args = headlessArguments(given);
  await mkdir(out, { recursive: true });
  // What an earlier start left must not pass for this one's.
  for (const file of [valueOf(args, '--screenshot'), valueOf(args, '--trace')]) if (file) await rm(file, { force: true });
  say('· No display here: running under Xvfb, with the tour …');
  // Without a desktop Chromium reports the missing message bus and GPU at length: only what is fatal is shown.
  const [command, line] = underXvfb(electron, ['--log-level=3', root, ...args]);
  const result = await run(command, line, { stdio: 'inherit', timeout: headlessLimit, env: await environment(given) });
  if (result.timedOut) throw new Advice(`The application did not end within ${headlessLimit / 1000} s and was stopped.`);
  for (const [what, flag] of [['Screenshot', '--screenshot'], ['Trace', '--trace']]) {
    const file = valueOf(args, flag ?? '');
    if (file) say(existsSync(file) ? `${what}: ${file}` : `${what}: not written`);
  }
  return result.code;
}

await main(async () => {
  const args = process.argv.slice(2);
  const headless = !hasDisplay();
  await ensureDependencies();
  await requireSystemPackages(headless ? ['electron', 'display'] : ['electron']);
  const electron = await electronBinary();
  const absent = await buildStale(everyBundle, (name) => say(`· Building ${name}`));
  if (absent.includes('main')) throw new Advice(`${bundles.main.entry} is missing: this checkout has no window.`);
  if (headless) return startHeadless(electron, args);
  const result = await run(electron, [root, ...args], { stdio: 'inherit', env: await environment(args) });
  return result.code;
});
