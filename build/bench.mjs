// npm run bench: every test/bench/*.bench.ts, or those named. Each prints its figures itself, and fails by its
// exit code. A NAME.page.ts beside it is its half in a browser, bundled for it. `--smoke` asks for one short round: HINSPECTOR_BENCH is then `smoke`, else `full`.
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { dist, inProject, root } from './setup/project.mjs';
import { buildStale, everyBundle } from './bundles/bundles.mjs';
import { sandboxEnvironment, underXvfb } from './setup/display.mjs';
import { electronBinary } from './setup/electron-binary.mjs';
import { run } from './setup/run.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';
import { Advice, main, say } from './setup/terminal.mjs';
import { figureTable } from './suites/figure-table.mjs';
import { benchFiles } from './suites/suites.mjs';

/** Benchmarks that start the application. */
const WITH_ELECTRON = new Set(['first-paint', 'start', 'window']);

/** @returns {Promise<NodeJS.ProcessEnv | undefined>} what starts the application here; undefined where it cannot be, and such a benchmark says so */
async function windowEnvironment() {
  const lacking = await ensureSystemPackages(['electron', 'display']);
  if (lacking) {
    say(lacking);
    return undefined;
  }
  await buildStale(everyBundle, (name) => say(`· Building ${name}`));
  return { HINSPECTOR_ELECTRON: await electronBinary(), ...(await sandboxEnvironment()) };
}

await main(async () => {
  const words = process.argv.slice(2);
  const smoke = words.includes('--smoke');
  const names = words.filter((word) => word !== '--smoke').map((word) => basename(word, '.bench.ts'));
  await ensureDependencies();
  const all = benchFiles().map((file) => basename(file, '.bench.ts'));
  const unknown = names.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Advice(`No benchmark is called ${unknown.join(' or ')}. There are: ${all.join(', ') || 'none'}.`);
  if (all.length === 0) throw new Advice('There are no benchmarks: test/bench has no *.bench.ts.');
  const { build } = await import('vite');
  const { nodeBundle } = await import('./bundles/node.vite.mjs');
  const { pageBundle } = await import('./bundles/page.vite.mjs');
  const figures = join(dist, 'bench', 'figures.jsonl');
  await mkdir(join(dist, 'bench'), { recursive: true });
  await rm(figures, { force: true });
  let failed = 0;
  for (const name of names.length > 0 ? names : all) {
    say(`== ${name} ==`);
    const output = join(dist, 'bench', `${name}.cjs`);
    await build(nodeBundle(inProject('test', 'bench', `${name}.bench.ts`), output));
    const page = inProject('test', 'bench', `${name}.page.ts`);
    if (existsSync(page)) await build(pageBundle(page, join(dist, 'bench', `${name}.page.js`)));
    const env = { HINSPECTOR_BENCH: smoke ? 'smoke' : 'full', HINSPECTOR_FIGURES: figures };
    /** @type {[string, string[]]} */
    const plain = [process.execPath, ['--expose-gc', '--enable-source-maps', output]];
    const window = WITH_ELECTRON.has(name) ? await windowEnvironment() : undefined;
    const [command, args] = window !== undefined && process.platform === 'linux' ? underXvfb(...plain, '1920x1200x24') : plain;
    const { code } = await run(command, args, { cwd: root, env: { ...env, ...window }, stdio: 'inherit' });
    if (code !== 0) failed++;
  }
  say(figureTable(figures));
  return failed > 0 ? 1 : 0;
});
