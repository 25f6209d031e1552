// npm run soak: mixed load for thirty minutes on each engine that can be had here, one after the other; each ends with a
// table of what was held, and fails where that grew. `--minutes N` is the time for each, `--engine NAME` runs one alone.
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

/** @param {string} program @param {string} minutes @param {'portable' | 'native'} engine @returns {Promise<number>} the exit code */
async function soak(program, minutes, engine) {
  const timeout = Number(minutes) * 60_000 + GRACE;
  if (engine === 'native' && process.platform !== 'win32') {
    const { code } = await runUnderWine(program, [engine, minutes, windowsPath(gallery)], {
      timeout, place: 'tests', stdout: (chunk) => process.stdout.write(chunk), stderr: (chunk) => process.stderr.write(chunk),
    });
    return code;
  }
  const { code } = await run(process.execPath, ['--enable-source-maps', program, engine, minutes, gallery], { cwd: root, env, stdio: 'inherit', timeout });
  return code;
}

/** @returns {{minutes: string, engines: ('portable' | 'native')[]}} */
function asked() {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: String(MINUTES) }, engine: { type: 'string' } } });
  if (!(Number(values.minutes) > 0)) throw new Advice(`--minutes ${values.minutes}: it takes a number above 0.`);
  switch (values.engine) {
    case undefined: return { minutes: values.minutes, engines: ['portable', 'native'] };
    case 'portable': case 'native': return { minutes: values.minutes, engines: [values.engine] };
    default: throw new Advice(`No engine is called ${values.engine}. There are: portable, native (on Linux under Wine).`);
  }
}

await main(async () => {
  const { minutes, engines } = asked();
  await ensureDependencies();
  const { build } = await import('vite');
  const program = join(dist, 'soak', 'soak.cjs');
  await build(nodeBundle(inProject('test', 'soak', 'soak.ts'), program));
  let failed = 0;
  for (const engine of engines) {
    const lacking = engine === 'portable' || process.platform === 'win32' ? undefined
      : wineExists() ? await ensureSystemPackages(['wine']) : 'The native engine needs Windows, or Wine on 64-bit Intel Linux.';
    if (lacking) {
      say(`skipped: the native engine: ${lacking}`);
      if (engines.length === 1) failed++;
      continue;
    }
    say(`== ${minutes} minutes of mixed load, ${engine} ==`);
    if ((await soak(program, minutes, engine)) !== 0) failed++;
  }
  return failed > 0 ? 1 : 0;
});
