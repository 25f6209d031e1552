import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run, runNode } from '../../../build/setup/run.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hinspector-run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A process that ended is gone from the table, or is a zombie nobody has waited for yet. */
function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.startsWith('Z') === false;
}

describe('run', () => {
  test('gives the exit code and keeps both outputs', async () => {
    const outcome = await runNode(['-e', 'console.log("out"); console.error("err"); process.exit(7)']);
    expect(outcome).toMatchObject({ code: 7, stdout: 'out\n', timedOut: false });
    expect(outcome.output).toContain('err\n');
  });

  test('tells a program that does not exist by 127 and its name', async () => {
    const outcome = await run('hinspector-no-such-program', []);
    expect(outcome.code).toBe(127);
    expect(outcome.output).toContain('hinspector-no-such-program');
  });

  test.runIf(process.platform !== 'win32')('tells an end by a signal as a shell does, 128 and its number', async () => {
    const outcome = await runNode(['-e', 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000)']);
    expect(outcome.code).toBe(128 + 9);
  });

  test.runIf(process.platform === 'linux')('on a timeout ends the program and what it started', async () => {
    const file = join(folder, 'pid');
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('node:fs').writeFileSync(${JSON.stringify(file)}, String(child.pid));
      setInterval(() => {}, 1000);`;
    const outcome = await runNode(['-e', script], { timeout: 1500 });
    expect(outcome.timedOut).toBe(true);
    expect(outcome.code).not.toBe(0);
    // A signal is sent, not carried out, when kill returns.
    await vi.waitFor(() => expect(isAlive(Number(readFileSync(file, 'utf8')))).toBe(false), 5000);
  }, 20_000);
});
