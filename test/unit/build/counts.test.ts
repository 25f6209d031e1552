import { beforeEach, describe, expect, test } from 'vitest';
import { runNode } from '../../../build/setup/run.mjs';
import { countedRun } from '../../../build/suites/counts.mjs';
import { inProject } from '../../../build/setup/project.mjs';

const countsModule = JSON.stringify(inProject('build', 'suites', 'counts.mjs'));

const told: string[] = [];
beforeEach(() => {
  told.length = 0;
});

/** A runner that reports and then exits. */
function runner(counts: string | undefined, exit: number): ReturnType<typeof countedRun> {
  const report = counts === undefined ? '' : `(await import(${countsModule})).writeCounts(${counts});`;
  const script = `${report} process.exitCode = ${exit};`;
  return countedRun((env) => runNode(['--input-type=module', '-e', script], { env }), (line) => told.push(line));
}

describe('a suite', () => {
  test('counts what its runner reports', async () => {
    const skipped = [{ title: 'a', reason: 'no Windows here' }];
    expect(await runner(JSON.stringify({ passed: 3, failed: 0, skipped }), 0)).toEqual({ passed: 3, failed: 0, skipped });
  });

  test('that ends without a report has failed', async () => {
    expect(await runner(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: [] });
    expect(told).toContain('The test runner ended without a report.');
  });

  test('that found no test has failed', async () => {
    expect(await runner('{ passed: 0, failed: 0, skipped: [] }', 0)).toMatchObject({ failed: 1 });
    expect(told).toEqual(['No test ran.']);
  });

  test('whose runner exits with an error has failed, whatever it reports', async () => {
    expect(await runner('{ passed: 3, failed: 0, skipped: [] }', 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  test('does not count a failure twice', async () => {
    expect(await runner('{ passed: 3, failed: 2, skipped: [] }', 1)).toMatchObject({ passed: 3, failed: 2 });
  });
});
