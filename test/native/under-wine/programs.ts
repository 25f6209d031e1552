import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import { nodeBundle } from '../../../build/bundles/node.vite.mjs';
import { dist, root } from '../../../build/setup/project.mjs';
import { runNode } from '../../../build/setup/run.mjs';
import { runUnderWine, windowsPath } from '../../../build/setup/wine.mjs';

/** How a program for Windows ended. */
export interface ProgramEnd {
  readonly code: number;
  readonly timedOut: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bundles a program of this folder into one file, below the project so that koffi is found. */
export async function bundleProgram(name: string): Promise<string> {
  const output = join(dist, 'native-tests', `${name}.cjs`);
  await build(nodeBundle(join(root, 'test', 'native', 'under-wine', `${name}.ts`), output));
  if (!existsSync(output)) throw new Error(`${relative(root, output)} was not built`);
  return output;
}

/** Runs a bundled program with Node for Windows: directly on Windows, else under Wine. */
export async function runProgram(bundle: string, args: readonly string[], timeout: number, env: NodeJS.ProcessEnv = {}): Promise<ProgramEnd> {
  if (process.platform !== 'win32') return runUnderWine(bundle, args, { timeout, env });
  const { code, timedOut, stdout, output } = await runNode([bundle, ...args], { timeout, env: { ...env, UV_THREADPOOL_SIZE: '64' } });
  return { code, timedOut, stdout, stderr: output.slice(stdout.length) };
}

/** A file of this system as a program that runs on Windows names it. */
export function pathForProgram(file: string): string {
  return process.platform === 'win32' ? file : windowsPath(file);
}
