import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEngine } from '../../../electron/engine/create-engine';
import { Inspector } from '../../../electron/inspector/inspector';
import { loadScenario } from '../../../electron/scenario/load-scenario';
import { freePorts } from '../../../electron/scenario/peers/ports';
import { fileLines } from '../../../electron/scenario/report/text-report';
import { runScenario } from '../../../electron/scenario/runner/scenario-run';
import { asScenario } from './as-scenario';
import { Peer } from './peer';
import { Play, type Places } from './play';
import { sequence, type Sequence } from './sequence';

/** All of them in CI; fewer at every change, which find what is broken by and large. `HINSPECTOR_SEQUENCES` says otherwise. */
const SEQUENCES = Number(process.env['HINSPECTOR_SEQUENCES'] ?? (process.env['CI'] === undefined ? 1000 : 10_000));
/** Of those, how many are also played from the file that they would be saved as. */
const REPLAYED = 12;
const SAVED = path.resolve(import.meta.dirname, '..', '..', '..', 'out', 'failed-sequences');

const peer = new Peer();
let places: Places = { peer: 0, served: 0 };

beforeAll(async () => {
  const [served = 0] = await freePorts(1);
  places = { peer: await peer.start(), served };
});

afterAll(() => peer.stop());

async function verdictOf(one: Sequence): Promise<readonly string[]> {
  const play = new Play(places);
  await play.run(one);
  return play.verdict();
}

/** Keeps the shrunk sequence as a scenario that anybody can run. @returns where it is */
function save(one: Sequence, seed: number, problems: readonly string[]): string {
  const name = `sequence-of-seed-${seed >>> 0}`;
  const file = path.join(SAVED, `${name}.yaml`);
  mkdirSync(SAVED, { recursive: true });
  writeFileSync(file, asScenario(name, one, [...problems, `HINSPECTOR_SEED=${seed} plays the sequences it is one of.`]));
  return file;
}

test(`${SEQUENCES} sequences of opens, sends, reads, writes, closes and cancels keep every rule and leave nothing`, { timeout: 600_000 }, async () => {
  const seed = process.env['HINSPECTOR_SEED'];
  const property = fc.asyncProperty(sequence, async (one) => {
    const problems = await verdictOf(one);
    if (problems.length > 0) throw new Error(problems.join('\n'));
  });
  const result = await fc.check(property, { numRuns: SEQUENCES, ...(seed === undefined ? {} : { seed: Number(seed) }) });
  if (!result.failed) return;
  const [shrunk] = result.counterexample ?? [];
  if (shrunk === undefined) expect.fail(`Seed ${result.seed}: ${String(result.errorInstance)}`);
  const problems = await verdictOf(shrunk);
  const words = problems.length > 0 ? problems : [String(result.errorInstance)];
  expect.fail(`Seed ${result.seed}, after ${result.numRuns} sequences and ${result.numShrinks} shrinks: ${words.join('; ')}\nSaved: ${save(shrunk, result.seed, words)}`);
});

test('a sequence plays from the file it is saved as', { timeout: 120_000 }, async () => {
  for (const [index, one] of fc.sample(sequence, { numRuns: REPLAYED, seed: 7 }).entries()) {
    const text = asScenario(`sequence-${index}`, one, []);
    const scenario = loadScenario(text);
    if (!scenario.ok) expect.fail(fileLines({ kind: 'invalid', file: `sequence-${index}`, problems: scenario.error }).join('\n') + text);
    const made = createEngine('portable');
    if (!made.ok) expect.fail(made.error);
    const result = await runScenario(scenario.value, new Inspector(made.value), { engine: 'portable' });
    await made.value.dispose();
    if (!result.passed) expect.fail(fileLines({ kind: 'ran', file: `sequence-${index}`, result }).join('\n') + text);
  }
});
