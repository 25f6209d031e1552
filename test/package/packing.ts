import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const PACKAGES = path.join(ROOT, 'out', 'packages');

export interface Ended {
  readonly code: number;
  readonly output: string;
  readonly stdout: string;
}

export function runProgram(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(command, args, { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, output: `${stdout}${stderr}` });
    });
  });
}

/** Packs as a person does. @returns the paths that it printed */
export async function pack(...args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, output } = await runProgram(process.execPath, [path.join(ROOT, 'build', 'package.mjs'), '--quick', ...args]);
  if (code !== 0) throw new Error(`npm run package -- ${args.join(' ')} ended with ${code}:\n${output}`);
  return stdout.trim().split('\n');
}

/** The one of some paths that ends so. */
export function ending(paths: readonly string[], end: string): string {
  const found = paths.find((file) => file.endsWith(end));
  if (found === undefined || !existsSync(found)) throw new Error(`No ${end} among ${paths.join(', ')}`);
  return found;
}

/** Every file below a folder, relative to it. */
export async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = await Promise.all(entries.map(async (entry) =>
    entry.isDirectory() ? (await filesBelow(path.join(folder, entry.name))).map((file) => path.join(entry.name, file)) : [entry.name]));
  return lists.flat().sort();
}
