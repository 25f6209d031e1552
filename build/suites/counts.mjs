// How a test runner tells what ran: a file, so that nothing is read out of its printed words.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {readonly {title: string, reason: string}[]} skipped
 */

const variable = 'HINSPECTOR_COUNTS';

/** @param {Counts} counts */
export function writeCounts(counts) {
  const file = process.env[variable];
  if (file) writeFileSync(file, JSON.stringify(counts));
}

/**
 * Runs a test runner whose reporter calls writeCounts.
 * @param {(env: NodeJS.ProcessEnv) => Promise<import('../setup/run.mjs').Outcome>} start
 * @returns {Promise<Counts>} a runner that crashed, ran out of time or found no test is a failure more
 */
export async function countedRun(start) {
  const file = join(tmpdir(), `hinspector-counts-${process.pid}-${Date.now()}.json`);
  const outcome = await start({ [variable]: file });
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0, skipped: [] };
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    process.stdout.write('The test runner ended without a report.\n');
  }
  rmSync(file, { force: true });
  if (outcome.timedOut) process.stdout.write('The suite ran out of time and was stopped.\n');
  const none = counts.passed + counts.failed + counts.skipped.length === 0;
  if (none) process.stdout.write('No test ran.\n');
  const unexplained = (outcome.code !== 0 || outcome.timedOut || none) && counts.failed === 0;
  return unexplained ? { ...counts, failed: 1 } : counts;
}
