// npm run record:wine [FILE…]: runs scenarios on the DLLs of Wine and writes what they do there into `differs.wine` of each
// that fails, with the measured words as the reason. What it writes is for a person to read and to explain better.
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, root } from './setup/project.mjs';
import { main, say } from './setup/terminal.mjs';
import { runUnderWine } from './setup/wine.mjs';
import { bundleNativeProgram } from './native-program.mjs';
import { record } from './wine-differences.mjs';

/** @typedef {import('./wine-differences.mjs').Ran} Ran */

const folders = ['electron/scenario/gallery', 'test/conformance/scenarios'];

function everyScenario() {
  return folders.flatMap((folder) =>
    readdirSync(inProject(folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).sort().map((name) => `${folder}/${name}`));
}

/** @param {string} file */
function fresh(file) {
  return /^fresh: true$/m.test(readFileSync(inProject(file), 'utf8'));
}

/**
 * @param {string} bundle @param {string} folder @param {readonly string[]} batch
 * @param {(ran: Ran) => void} take
 */
async function runBatch(bundle, folder, batch, take) {
  let left = batch;
  while (left.length > 0) {
    const list = join(folder, 'list');
    const results = join(folder, 'results');
    writeFileSync(list, left.join('\n'));
    writeFileSync(results, '');
    writeFileSync(`${results}.steps`, '');
    const { code } = await runUnderWine(bundle, [list, results], { timeout: 900_000 });
    const done = readFileSync(results, 'utf8').split('\n').filter(Boolean);
    for (const line of done) take(JSON.parse(line));
    const [culprit, ...rest] = left.slice(done.length);
    if (culprit === undefined) return;
    const ended = readFileSync(`${results}.steps`, 'utf8').split('\n').filter((line) => line.startsWith(`${culprit} `));
    take({ file: culprit, passed: false, failed: [], faultedAfter: ended.at(-1)?.split(' ').at(-1) ?? '0', code });
    left = rest;
  }
}

await main(async () => {
  await ensureDependencies();
  process.chdir(root);
  const named = process.argv.slice(2);
  const files = (named.length > 0 ? named : everyScenario()).filter((file) => existsSync(inProject(file)));
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-record-'));
  const bundle = await bundleNativeProgram('scenario-batch');
  let written = 0;
  /** @param {Ran} ran */
  const take = (ran) => {
    if (ran.passed) return;
    const said = record(inProject(ran.file), ran);
    say(`${ran.file}: ${said}`);
    written++;
  };
  try {
    await runBatch(bundle, folder, files.filter((file) => !fresh(file)), take);
    for (const file of files.filter(fresh)) await runBatch(bundle, folder, [file], take);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  say(`${files.length} scenarios, ${written} with something new. Run it again until nothing is: a difference can hide another.`);
});
