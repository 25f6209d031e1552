import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleNativeProgram } from '../../build/native-program.mjs';
import { root } from '../../build/setup/project.mjs';
import { loadScenario } from '../../electron/scenario/load-scenario';
import { runProgram } from './under-wine/programs';
import type { BatchLine } from './under-wine/scenario-batch';

/** The same scenarios that the portable engine is held to. */
const FOLDERS = ['electron/scenario/gallery', 'test/conformance/scenarios'];
const BATCH_TIMEOUT = 480_000;

function scenarioFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .sort()
      .map((name) => path.posix.join(folder, name)));
}

/** A fault of the DLL that a scenario is known to bring about: it names the step, as if the function were not there. */
function knownToFault(file: string): boolean {
  const scenario = loadScenario(readFileSync(path.join(root, file), 'utf8'));
  return scenario.ok && scenario.value.differences.some(({ engine, observed }) => engine === (process.platform === 'win32' ? 'native' : 'wine') && observed.kind === 'unavailable');
}

const files = scenarioFiles();
const lines = new Map<string, BatchLine>();
const faults = new Map<string, string>();
let folder = '';

/** Whether a scenario asks for an engine in which nothing was called before. */
function wantsFreshProcess(file: string): boolean {
  const scenario = loadScenario(readFileSync(path.join(root, file), 'utf8'));
  return scenario.ok && scenario.value.fresh;
}

/** Runs scenarios in one process; after a fault another one takes up behind the scenario that brought it about. */
async function runBatch(bundle: string, name: string, batch: readonly string[], place: 'window' | 'tests'): Promise<void> {
  let left = batch;
  while (left.length > 0) {
    const list = path.join(folder, `${name}.list`);
    const results = path.join(folder, `${name}.results`);
    writeFileSync(list, left.join('\n'));
    writeFileSync(results, '');
    const end = await runProgram(bundle, [list, results], BATCH_TIMEOUT, place);
    const done = readFileSync(results, 'utf8').split('\n').filter(Boolean);
    for (const text of done) {
      // Written by scenario-batch.ts.
      const line = JSON.parse(text) as BatchLine;
      lines.set(line.file, line);
    }
    const [culprit, ...rest] = left.slice(done.length);
    if (culprit === undefined) return;
    const fault = existsSync(`${results}.fault`) ? readFileSync(`${results}.fault`, 'utf8') : '';
    faults.set(culprit, `The engine's process ended with ${end.code}${end.timedOut ? ' (out of time)' : ''}: ${fault}${end.stderr}`);
    left = rest;
  }
}

/** Whether a scenario serves through http.sys: that of Wine loses requests when several programs use it at once. */
function serves(file: string): boolean {
  return /\bcall: Http(Initialize|Create|AddUrl)/.test(readFileSync(path.join(root, file), 'utf8'));
}

/** Most of a scenario is waiting. On Windows queues are known by their names to every process, so one runs at a time. */
function lanesOf(all: readonly string[]): readonly (readonly string[])[] {
  if (process.platform === 'win32') return [all];
  const halves = (list: readonly string[]): readonly (readonly string[])[] => [0, 1].map((half) => list.filter((_file, i) => i % 2 === half));
  return [...halves(all.filter(serves)), ...halves(all.filter((file) => !serves(file)))];
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-native-'));
  const bundle = await bundleNativeProgram('scenario-batch');
  const lanes = lanesOf(files.filter((file) => !wantsFreshProcess(file)));
  // The two that serve have an http.sys each.
  await Promise.all(lanes.map((batch, lane) => runBatch(bundle, `lane-${lane}`, batch, lane === 1 ? 'tests' : 'window')));
  for (const [i, file] of files.filter(wantsFreshProcess).entries()) await runBatch(bundle, `fresh-${i}`, [file], 'window');
}, BATCH_TIMEOUT + 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('scenarios on the real DLLs of Windows or Wine', () => {
  for (const file of files) {
    test(file, () => {
      const fault = faults.get(file);
      if (fault !== undefined) {
        expect(knownToFault(file), fault).toBe(true);
        return;
      }
      const line = lines.get(file);
      expect(line, 'it was not run').toBeDefined();
      if (line?.passed === false) expect.fail(line.report);
    });
  }
});

test('there are scenarios', () => {
  expect(files).not.toHaveLength(0);
});
