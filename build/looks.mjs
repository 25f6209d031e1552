// npm run looks: takes over how the window looks now, as what test/ui/looks.spec.ts holds it to. `-- NAME` takes over some of it.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { buildStale } from './bundles/bundles.mjs';
import { smallPng } from './pictures/small-png.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, packageFile, root } from './setup/project.mjs';
import { run, runNode } from './setup/run.mjs';
import { ensureSystemPackages, findProgram } from './setup/system-packages.mjs';
import { Advice, main, say } from './setup/terminal.mjs';

const folder = inProject('test', 'ui', 'looks');

await main(async () => {
  await ensureDependencies();
  const lacking = await ensureSystemPackages(['browser']);
  if (lacking) throw new Advice(lacking);
  await buildStale(['renderer'], (name) => say(`· Building ${name}`));
  const chromium = findProgram('chromium') ?? '';
  const major = /(\d+)\./.exec((await run(chromium, ['--version'])).output)?.[1];
  if (major === undefined) throw new Advice(`${chromium} --version says no version`);
  const names = process.argv.slice(2);
  const cli = [packageFile('@playwright/test', 'cli.js'), 'test', `--config=${inProject('build', 'playwright', 'ui.config.mjs')}`, '--reporter=list', '--update-snapshots=all'];
  const outcome = await runNode([...cli, inProject('test', 'ui', 'looks.spec.ts'), ...(names.length === 0 ? [] : ['--grep', names.join('|')])], { cwd: root, env: { HINSPECTOR_CHROMIUM: chromium }, stdio: 'tee' });
  if (outcome.code !== 0) return outcome.code;
  let bytes = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.png'))) {
    const small = smallPng(readFileSync(inProject('test', 'ui', 'looks', name)));
    writeFileSync(inProject('test', 'ui', 'looks', name), small);
    bytes += small.length;
  }
  writeFileSync(inProject('test', 'ui', 'looks', 'made-with.json'), `{ "chromium": "${major}" }\n`);
  say(`The looks are those of now: ${Math.round(bytes / 1000)} kB in test/ui/looks. Look at them before they are committed.`);
  return 0;
});
