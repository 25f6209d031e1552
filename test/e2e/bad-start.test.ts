import { execFile } from 'node:child_process';
import { expect, test } from '@playwright/test';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

function start(...args: readonly string[]): Promise<{ readonly code: number; readonly stderr: string }> {
  const electron = process.env['HINSPECTOR_ELECTRON'];
  if (electron === undefined) throw new Error('HINSPECTOR_ELECTRON names the Electron to start');
  return new Promise((resolve) => {
    execFile(electron, [ROOT, ...args], { timeout: 30_000 }, (error, _stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stderr }));
  });
}

test('a start that was asked for wrongly says what is wrong once, without a stack, and ends with 2', async () => {
  for (const [args, says] of [[['--engine', 'steam'], 'steam'], [['--open=/no/such/file.hinspect'], 'file.hinspect'], [['--screenshot'], '--screenshot=FILE.png'], [['--keep=none'], '--keep=20']] as const) {
    const { code, stderr } = await start(...args);
    expect(code, stderr).toBe(2);
    expect(stderr.split(says).length, stderr).toBeGreaterThan(1);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});
