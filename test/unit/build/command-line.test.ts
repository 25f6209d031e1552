import { expect, test } from 'vitest';
import { inProject } from '../../../build/setup/project.mjs';
import { runNode } from '../../../build/setup/run.mjs';

const tour = inProject('electron', 'scenario', 'gallery', 'tour');

function hinspector(...args: readonly string[]): ReturnType<typeof runNode> {
  return runNode([inProject('build', 'hinspector.mjs'), ...args], { timeout: 60_000 });
}

test('stdout of the command line is its own: JSON stays JSON', async () => {
  const outcome = await hinspector('run', tour, '--engine', 'portable', '--json');
  expect(outcome.code, outcome.output).toBe(0);
  expect(() => JSON.parse(outcome.stdout) as unknown).not.toThrow();
}, 60_000);

test('its exit code comes through', async () => {
  const outcome = await hinspector('run', inProject('package.json'));
  expect(outcome.code).toBe(2);
  expect(outcome.output).toContain('package.json');
}, 60_000);
