import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { createEngine } from '../../electron/engine/create-engine';
import type { Engine } from '../../electron/engine/engine';
import { Inspector } from '../../electron/inspector/inspector';
import { everyStep } from '../../electron/scenario/language/parse-scenario';
import type { Scenario } from '../../electron/scenario/language/scenario';
import { loadScenario } from '../../electron/scenario/load-scenario';
import { fileLines } from '../../electron/scenario/report/text-report';
import { runScenario } from '../../electron/scenario/runner/scenario-run';
import { Trace } from '../../electron/trace/trace';

/** The gallery that the app shows and the conformance scenarios, each by its path from the project's root. */
const ROOT = path.resolve(import.meta.dirname, '..', '..');
const GALLERY = 'electron/scenario/gallery';
const FOLDERS = [GALLERY, 'test/conformance/scenarios'];

function scenarioFiles(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')));
}

/**
 * What the referee finds in a run that is as the pages say, beside notes: nothing, but for what a step does wrong on
 * purpose, because it expects its call to fail, or because the scenario states the finding.
 */
function alarms(inspector: Inspector, scenario: Scenario): readonly string[] {
  const stated = new Set(everyStep(scenario.steps).flatMap((step) => (step.verb === 'expect' ? step.expect.findings.map(({ rule }) => rule) : [])));
  return inspector.referee.all(true, inspector.trace.now())
    .filter(({ severity, rule }) => severity !== 'note' && !stated.has(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

let engine: Engine | undefined;

// Also after a test that ran out of time: its sockets must not outlive it.
afterEach(async () => {
  await engine?.dispose();
  engine = undefined;
});

for (const folder of FOLDERS) {
  describe(`${folder} on the portable engine`, () => {
    for (const file of scenarioFiles(folder)) {
      const scenario = loadScenario(readFileSync(path.join(ROOT, file), 'utf8'));

      if (!scenario.ok) {
        test(`${file} is a scenario`, () => {
          expect.fail(fileLines({ kind: 'invalid', file, problems: scenario.error }).join('\n'));
        });
        continue;
      }

      test(`${file}: ${scenario.value.title}`, async () => {
        expect(scenario.value.name).toBe(path.basename(file, '.yaml'));
        const made = createEngine('portable');
        if (!made.ok) expect.fail(made.error);
        engine = made.value;
        // A clock that stands: what a busy machine makes last is no finding.
        const inspector = new Inspector(engine, new Trace(() => 0));
        const result = await runScenario(scenario.value, inspector, { engine: 'portable' });
        if (!result.passed) expect.fail(fileLines({ kind: 'ran', file, result }).join('\n'));
        expect(alarms(inspector, scenario.value)).toEqual([]);
      });
    }
  });
}

// The window runs the whole gallery on its one engine: none may need what another has used up, or leave anything behind.
test('the gallery, one after the other on one engine, and the tour once more', async () => {
  const made = createEngine('portable');
  if (!made.ok) expect.fail(made.error);
  engine = made.value;
  const inspector = new Inspector(engine);
  const gallery = scenarioFiles(GALLERY);
  const tour = gallery.filter((file) => file.includes('/tour/'));
  expect(tour).toHaveLength(5);
  for (const file of [...gallery, ...tour]) {
    const scenario = loadScenario(readFileSync(path.join(ROOT, file), 'utf8'));
    if (!scenario.ok) expect.fail(fileLines({ kind: 'invalid', file, problems: scenario.error }).join('\n'));
    const result = await runScenario(scenario.value, inspector, { engine: 'portable' });
    if (!result.passed) expect.fail(fileLines({ kind: 'ran', file, result }).join('\n'));
  }
  expect([...inspector.trace.tree.all()].filter((node) => node.state === 'open')).toEqual([]);
});

test('the folders hold scenarios', () => {
  for (const folder of FOLDERS) expect(scenarioFiles(folder)).not.toHaveLength(0);
});
