// npm test: everything, from a fresh clone. `npm test -- unit e2e` runs the suites named.
// The last line is `N passed, N failed, N skipped`, over all of them.
import { ensureDependencies } from './setup/dependencies.mjs';
import { Advice, main } from './setup/terminal.mjs';
import { stopLeftovers } from './suites/leftovers.mjs';
import { suites } from './suites/suites.mjs';

/** @param {readonly string[]} names */
function chosen(names) {
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Advice(`No suite is called ${unknown.join(' or ')}. There are: ${suites.map(({ name }) => name).join(', ')}.`);
  }
  return names.length > 0
    ? suites.filter(({ name }) => names.includes(name))
    : suites.filter(({ applies }) => applies?.() ?? true);
}

/** @param {import('./suites/suites.mjs').Suite} suite @returns {Promise<import('./suites/counts.mjs').Counts>} */
async function runSuite(suite) {
  try {
    return await suite.run();
  } catch (error) {
    const text = error instanceof Advice ? error.message : error instanceof Error ? error.stack : String(error);
    process.stdout.write(`${text}\n`);
    return { passed: 0, failed: 1, skipped: [] };
  } finally {
    stopLeftovers();
  }
}

await main(async () => {
  const list = chosen(process.argv.slice(2));
  await ensureDependencies();
  let passed = 0;
  let failed = 0;
  const skipped = [];
  const broken = [];
  for (const [index, suite] of list.entries()) {
    process.stdout.write(`\n== ${suite.title} (${suite.name}, ${index + 1} of ${list.length}) ==\n`);
    const start = Date.now();
    const counts = await runSuite(suite);
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    const line = `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped.length} skipped`;
    process.stdout.write(`-- ${suite.name}: ${line}, ${seconds} s\n`);
    passed += counts.passed;
    failed += counts.failed;
    skipped.push(...counts.skipped);
    if (counts.failed > 0) broken.push(suite.name);
  }
  for (const { title, reason } of skipped) process.stdout.write(`skipped: ${title}: ${reason || 'no reason given'}\n`);
  if (broken.length > 0) process.stdout.write(`Failed: ${broken.join(', ')}. To run one again: npm test -- ${broken[0]}\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
  return failed > 0 ? 1 : 0;
});
