import { mkdtemp, rm, writeFile, mkdir, readFile, cp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { inProject } from '../../../build/setup/project.mjs';
import { runNode } from '../../../build/setup/run.mjs';

let project: string;
let record: string;

beforeEach(async () => {
  // The lock lies in the dist/ of the project its module belongs to: a copy has one of its own.
  project = await mkdtemp(join(tmpdir(), 'hinspector-lock-'));
  record = join(project, 'record');
  for (const path of ['build/bundles/build-lock.mjs', 'build/setup/project.mjs']) {
    await cp(inProject(path), join(project, path));
  }
});
afterEach(() => rm(project, { recursive: true, force: true }));

/** A builder that notes when it begins and ends, with a pause between in which another could begin. */
function builder(name: string): ReturnType<typeof runNode> {
  const script = `
    const { appendFileSync } = await import('node:fs');
    const { alone } = await import(${JSON.stringify(join(project, 'build', 'bundles', 'build-lock.mjs'))});
    await alone(async () => {
      appendFileSync(${JSON.stringify(record)}, 'begin ${name}\\n');
      await new Promise((resolve) => setTimeout(resolve, 300));
      appendFileSync(${JSON.stringify(record)}, 'end ${name}\\n');
    });`;
  return runNode(['--input-type=module', '-e', script], { timeout: 15_000 });
}

test('two builders take turns', async () => {
  const [first, second] = await Promise.all([builder('a'), builder('b')]);
  expect([first.code, second.code], first.output + second.output).toEqual([0, 0]);
  const lines = (await readFile(record, 'utf8')).trimEnd().split('\n');
  const [one, other] = lines[0] === 'begin a' ? ['a', 'b'] : ['b', 'a'];
  expect(lines).toEqual([`begin ${one}`, `end ${one}`, `begin ${other}`, `end ${other}`]);
});

test('the lock of a builder that died is taken over', async () => {
  const dead = await runNode(['-e', 'console.log(process.pid)']);
  await mkdir(join(project, 'dist', '.stamps'), { recursive: true });
  await writeFile(join(project, 'dist', '.stamps', 'building'), dead.stdout.trim());
  expect(await builder('a')).toMatchObject({ code: 0, timedOut: false });
  expect(await readFile(record, 'utf8')).toBe('begin a\nend a\n');
});
