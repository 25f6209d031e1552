import { expect, test } from 'vitest';
import { inProject } from '../../../build/setup/project.mjs';
import { runNode } from '../../../build/setup/run.mjs';

test('a suite that does not exist is named, with those that do', async () => {
  const outcome = await runNode([inProject('build', 'test.mjs'), 'unt']);
  expect(outcome.code).toBe(1);
  expect(outcome.output).toMatch(/No suite is called unt\. There are: lint, typecheck, unit, conformance/);
  expect(outcome.output).not.toMatch(/ {4}at /);
}, 60_000);

test('the last line sums the suites', async () => {
  const outcome = await runNode([inProject('build', 'test.mjs'), 'lint'], { timeout: 60_000 });
  const last = outcome.stdout.trimEnd().split('\n').at(-1);
  expect(last).toBe(outcome.code === 0 ? '1 passed, 0 failed, 0 skipped' : '0 passed, 1 failed, 0 skipped');
}, 60_000);
