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
 * @param {(line: string) => void} [tell] what went wrong beside the tests
 * @returns {Promise<Counts>} a runner that crashed, ran out of time or found no test is a failure more
 */
export async function countedRun(start, tell = (line) => process.stdout.write(`${line}\n`)) {
  const file = join(tmpdir(), `hinspector-counts-${process.pid}-${Date.now()}.json`);
  const outcome = await start({ [variable]: file });
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0, skipped: [] };
  try {
    counts = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    tell('The test runner ended without a report.');
  }
  rmSync(file, { force: true });
  if (outcome.timedOut) tell('The suite ran out of time and was stopped.');
  const none = counts.passed + counts.failed + counts.skipped.length === 0;
  if (none) tell('No test ran.');
  const unexplained = (outcome.code !== 0 || outcome.timedOut || none) && counts.failed === 0;
  return unexplained ? { ...counts, failed: 1 } : counts;
}
