#!/usr/bin/env node
// npm run -s hinspector -- ARGS: the command line. Its stdout is its own: this script says nothing there.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { buildStale, bundles } from './bundles/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { say } from './setup/terminal.mjs';
import { ensureWine, runUnderWine } from './setup/wine.mjs';

const entry = bundles.cli.output;

/** @returns {Promise<boolean>} whether the bundle is there to run */
async function prepare() {
  try {
    await ensureDependencies();
    await buildStale(['cli', 'gallery']);
    if (!existsSync(entry)) say(`${bundles.cli.entry} is missing: this checkout has no command line.`);
    return existsSync(entry);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** The engines that are asked for, by their names. */
function engines() {
  const args = process.argv.slice(2);
  const joined = args.find((arg) => arg.startsWith('--engine='))?.slice('--engine='.length);
  const named = joined ?? (args.includes('--engine') ? args[args.indexOf('--engine') + 1] : undefined);
  return (named ?? '').split(',').map((name) => name.trim());
}

/** `--engine wine` is this same program, run by Node for Windows under Wine. */
async function runWine() {
  try {
    const { code } = await runUnderWine(entry, process.argv.slice(2), {
      stdout: (chunk) => process.stdout.write(chunk),
      stderr: (chunk) => process.stderr.write(chunk),
    });
    return code;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 70;
  }
}

if (!(await prepare())) {
  process.exitCode = 70;
} else if (engines().join() === 'wine') {
  process.exitCode = await runWine();
} else {
  // Beside another engine, Wine's is hosted: the program is told how to start it.
  if (engines().includes('wine')) process.env['HINSPECTOR_WINE'] = JSON.stringify(await ensureWine());
  // In this process: exit codes, signals and pipes are the program's own, and a start-up is saved.
  process.argv[1] = entry;
  createRequire(import.meta.url)(entry);
}
