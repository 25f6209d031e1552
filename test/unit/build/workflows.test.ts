import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { targets } from '../../../build/packaging/targets.mjs';

const ROOT = path.resolve(import.meta.dirname, '..', '..', '..');
const FOLDER = path.join(ROOT, '.github', 'workflows');

interface Step {
  readonly run?: string;
  readonly uses?: string;
}

interface Workflow {
  readonly name: string;
  readonly on: unknown;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, { readonly 'runs-on': string; readonly needs?: string; readonly steps: readonly Step[]; readonly strategy?: { readonly matrix: { readonly include: readonly Readonly<Record<string, string>>[] } } }>>;
}

function workflow(file: string): Workflow {
  const document = parseDocument(readFileSync(path.join(FOLDER, file), 'utf8'), { strict: true });
  expect(document.errors, file).toEqual([]);
  // Held to its form below, as far as these tests use it.
  return document.toJS() as Workflow;
}

/** Every command line of a workflow, those of its matrix in place of the word for them. */
function commands({ jobs }: Workflow): readonly string[] {
  return Object.values(jobs).flatMap(({ steps, strategy }) => steps.flatMap(({ run }) => {
    if (run === undefined) return [];
    const rows = strategy?.matrix.include ?? [{}];
    return rows.map((row) => run.replace(/\$\{\{ matrix\.(\w+) \}\}/g, (_whole, name: string) => Reflect.get(row, name) ?? `no ${name} in the matrix`));
  }));
}

const FILES = readdirSync(FOLDER);

describe.each(FILES)('%s', (file) => {
  test('reads without an error, may only read the repository by itself, and each of its jobs has a machine and something to do', () => {
    const { name, on, permissions, jobs } = workflow(file);
    expect(name).toBe(path.basename(file, '.yml'));
    expect(on).toBeTruthy();
    expect(permissions).toEqual({ contents: 'read' });
    for (const [job, { 'runs-on': machine, steps, needs }] of Object.entries(jobs)) {
      expect(machine, job).toMatch(/^(?:ubuntu|windows)-|\$\{\{ matrix\.os \}\}/);
      expect(steps.length, job).toBeGreaterThan(0);
      for (const step of steps) expect((step.run === undefined) !== (step.uses === undefined), JSON.stringify(step)).toBe(true);
      if (needs !== undefined) expect(Object.keys(jobs)).toContain(needs);
    }
  });

  test('takes actions of GitHub alone, each in a version', () => {
    for (const { steps } of Object.values(workflow(file).jobs)) for (const { uses } of steps) if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
  });

  test('gives only commands that the project has', () => {
    // npm's own file in npm's own form.
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
    for (const command of commands(workflow(file))) {
      expect(command).not.toContain('in the matrix');
      const script = /^npm (?:run )?([\w:-]+)/.exec(command)?.[1];
      if (script !== undefined && script !== 'ci') expect(Object.keys(scripts), command).toContain(script);
    }
  });
});

test('on Windows the native tests run, and two minutes of the soak on each engine', () => {
  expect(commands(workflow('windows.yml'))).toEqual(expect.arrayContaining(['npm run test:native', 'npm run soak -- --minutes 2']));
});

test('a release tests and packs for every system that there is a package for, and leaves a draft', () => {
  const release = workflow('release.yml');
  const all = commands(release);
  for (const system of Object.keys(targets)) expect(all).toContain(`npm run package -- --system ${system}`);
  expect(all).toEqual(expect.arrayContaining(['npm test', 'npm run test:native', expect.stringMatching(/^gh release create .*--draft/)]));
  expect(Object.values(release.jobs).filter((job) => JSON.stringify(job).includes('"contents":"write"'))).toHaveLength(1);
});
