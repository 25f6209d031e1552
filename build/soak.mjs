// npm run soak: mixed load for thirty minutes on each engine that can be had here, one after the other; each ends with a
// table of what was held, and fails where that grew. `--minutes N` is the time for each, `--engine NAME` runs one alone,
// `--at-once` runs them side by side.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { dist, inProject, root } from './setup/project.mjs';
import { nodeBundle } from './bundles/node.vite.mjs';
import { run } from './setup/run.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';
import { Advice, main, say } from './setup/terminal.mjs';
import { runUnderWine, windowsPath, wineExists } from './setup/wine.mjs';

const MINUTES = 30;
/** Beyond the load itself: Wine's start and the ends that are waited for, in milliseconds. */
const GRACE = 300_000;
const gallery = inProject('electron', 'scenario', 'gallery');

/** Synchronous clients hold a thread of Node's pool each. */
const env = { UV_THREADPOOL_SIZE: '64' };

/** @typedef {'portable' | 'native'} Engine */

/**
 * @param {string} program @param {string} minutes @param {Engine} engine
 * @param {(text: string | Buffer) => void} write gets what it says, as it says it
 * @returns {Promise<number>} the exit code
 */
async function soak(program, minutes, engine, write) {
  const timeout = Number(minutes) * 60_000 + GRACE;
  if (engine === 'native' && process.platform !== 'win32') {
    const { code } = await runUnderWine(program, [engine, minutes, windowsPath(gallery)], {
      timeout, place: 'tests', stdout: write, stderr: write,
    });
    return code;
  }
  const { code } = await run(process.execPath, ['--enable-source-maps', program, engine, minutes, gallery], { cwd: root, env, write, timeout });
  return code;
}

/** @returns {{minutes: string, engines: Engine[], atOnce: boolean}} */
function asked() {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: String(MINUTES) }, engine: { type: 'string' }, 'at-once': { type: 'boolean' } } });
  const atOnce = values['at-once'] === true;
  if (!(Number(values.minutes) > 0)) throw new Advice(`--minutes ${values.minutes}: it takes a number above 0.`);
  switch (values.engine) {
    case undefined: return { minutes: values.minutes, engines: ['portable', 'native'], atOnce };
    case 'portable': case 'native': return { minutes: values.minutes, engines: [values.engine], atOnce };
    default: throw new Advice(`No engine is called ${values.engine}. There are: portable, native (on Linux under Wine).`);
  }
}

/** @param {Engine} engine @returns {Promise<string | undefined>} why it cannot be had here */
async function lacking(engine) {
  if (engine === 'portable' || process.platform === 'win32') return undefined;
  return wineExists() ? ensureSystemPackages(['wine']) : 'The native engine needs Windows, or Wine on 64-bit Intel Linux.';
}

await main(async () => {
  const { minutes, engines, atOnce } = asked();
  await ensureDependencies();
  const { build } = await import('vite');
  const program = join(dist, 'soak', 'soak.cjs');
  await build(nodeBundle(inProject('test', 'soak', 'soak.ts'), program));
  /** @type {Engine[]} */
  const here = [];
  for (const engine of engines) {
    const why = await lacking(engine);
    if (!why) here.push(engine);
    else say(`skipped: the native engine: ${why}`);
  }
  if (here.length === 0) return 1;
  /** @param {Engine} engine */
  const heading = (engine) => `== ${minutes} minutes of mixed load, ${engine} ==`;
  /** @type {number[]} */
  const codes = [];
  if (atOnce) {
    // Two tables at once cannot be read: each is shown when it is whole.
    await Promise.all(here.map(async (engine) => {
      let said = '';
      codes.push(await soak(program, minutes, engine, (text) => { said += text; }));
      say(heading(engine));
      process.stdout.write(said);
    }));
  } else {
    for (const engine of here) {
      say(heading(engine));
      codes.push(await soak(program, minutes, engine, (text) => { process.stdout.write(text); }));
    }
  }
  return codes.some((code) => code !== 0) ? 1 : 0;
});
