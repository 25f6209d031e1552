import { runNode } from '../../../build/setup/run.mjs';
import { runUnderWine, windowsPath } from '../../../build/setup/wine.mjs';

/** How a program for Windows ended. */
export interface ProgramEnd {
  readonly code: number;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a bundled program with Node for Windows: directly on Windows, else under Wine. */
export async function runProgram(bundle: string, args: readonly string[], timeout: number, place: 'window' | 'tests' = 'window'): Promise<ProgramEnd> {
  if (process.platform !== 'win32') return runUnderWine(bundle, args, { timeout, place });
  const { code, timedOut, stdout, output } = await runNode([bundle, ...args], { timeout, env: { UV_THREADPOOL_SIZE: '64' } });
  return { code, timedOut, stdout, stderr: output.slice(stdout.length) };
}

/** A file of this system as a program that runs on Windows names it. */
export function pathForProgram(file: string): string {
  return process.platform === 'win32' ? file : windowsPath(file);
}
