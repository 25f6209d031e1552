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
const BATCH_TIMEOUT = 400_000;

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

/** Runs what is left, in one process; after a fault another one takes up behind the scenario that brought it about. */
async function runBatch(bundle: string): Promise<void> {
  let left = files;
  while (left.length > 0) {
    const list = path.join(folder, 'list');
    const results = path.join(folder, 'results');
    writeFileSync(list, left.join('\n'));
    writeFileSync(results, '');
    const end = await runProgram(bundle, [list, results], BATCH_TIMEOUT);
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

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hinspector-native-'));
  await runBatch(await bundleNativeProgram('scenario-batch'));
}, BATCH_TIMEOUT + 20_000);

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
