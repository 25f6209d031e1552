// The locked npm packages: installed when they are missing or are not what package-lock.json says.
import { readFileSync } from 'node:fs';
import { inProject, root } from './project.mjs';
import { runNpm } from './run.mjs';
import { Advice, step } from './terminal.mjs';

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, optional?: boolean}> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * npm leaves a record of what it installed inside node_modules. Versions are compared, not dates: a
 * checkout that only touches the lock must not cost an installation.
 */
export function dependenciesAreCurrent() {
  const wanted = lockedPackages(inProject('package-lock.json'));
  const present = lockedPackages(inProject('node_modules', '.package-lock.json'));
  if (!wanted) throw new Advice('package-lock.json is missing or damaged: restore it with git checkout package-lock.json');
  if (!present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

export async function ensureDependencies() {
  if (dependenciesAreCurrent()) return;
  await step('Installing the locked npm packages (npm ci)', async () => {
    const result = await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
    if (result.code !== 0) {
      throw new Advice(`${result.output}\nnpm ci failed (exit ${result.code}): see above. Is the npm registry reachable?`);
    }
  });
}
