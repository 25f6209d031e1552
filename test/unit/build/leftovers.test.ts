import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { inProject } from '../../../build/setup/project.mjs';
import { runNode } from '../../../build/setup/run.mjs';

test.runIf(process.platform === 'linux')('leftovers of a run are stopped, and nobody else', async () => {
  const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
  const strangerEnded = once(stranger, 'exit');
  try {
    // The module marks its own process at load: everything started after that carries the mark.
    const script = `
      const { stopLeftovers } = await import(${JSON.stringify(inProject('build', 'suites', 'leftovers.mjs'))});
      const { spawn } = await import('node:child_process');
      const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
      child.on('exit', (_code, signal) => console.log(signal));
      await new Promise((resolve) => child.on('spawn', resolve));
      stopLeftovers();`;
    const outcome = await runNode(['--input-type=module', '-e', script], { timeout: 15_000 });
    expect(outcome.stdout).toBe('SIGKILL\n');
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
  } finally {
    stranger.kill('SIGKILL');
    await strangerEnded;
  }
});
