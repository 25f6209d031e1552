/** What the native engine and the recording add to a bare koffi call, under Node for Windows; needs Wine or Windows. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProject } from '../../build/setup/project.mjs';
import { runNode } from '../../build/setup/run.mjs';
import { wineExists } from '../../build/setup/wine.mjs';
import { pathForProgram, runProgram } from '../native/under-wine/programs';
import { report, SMOKE } from './figures';

const ROUNDS = SMOKE ? 1000 : 20_000;
/** What recording may add to a call, in microseconds. */
const AIM_MICROS = 10;
const LIMIT = 100_000;

interface Figures {
  readonly bare: number;
  readonly bound: number;
  readonly recorded: number;
  readonly callbacks: number;
  readonly perSecond: number;
  readonly engine: string;
}

async function measure(): Promise<Figures> {
  const folder = mkdtempSync(join(tmpdir(), 'hinspector-bench-'));
  try {
    const file = join(folder, 'figures.json');
    const bundled = await runNode([inProject('build', 'native-program.mjs'), 'native-cost']);
    if (bundled.code !== 0) throw new Error(bundled.output);
    const end = await runProgram(bundled.stdout, [String(ROUNDS), pathForProgram(file)], LIMIT);
    if (end.code !== 0) throw new Error(end.stderr);
    // Written by native-cost.ts.
    return JSON.parse(readFileSync(file, 'utf8')) as Figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  if (process.platform !== 'win32' && !wineExists()) {
    console.log('not measured: it needs Windows, or Wine on 64-bit Intel Linux');
    return;
  }
  const { bare, bound, recorded, callbacks, perSecond, engine } = await measure();
  const us = (value: number): string => `${value.toFixed(2)} µs`;
  console.log(engine);
  console.log(`a bare koffi call with its last error: ${us(bare)}`);
  console.log(`through the engine: ${us(bound)}, ${(bound / bare).toFixed(1)} × bare`);
  report({
    what: 'recording adds to a native call', value: recorded - bound, unit: 'µs', aim: { most: AIM_MICROS }, against: { times: recorded / bare, of: 'a bare koffi call, all told' },
  });
  console.log(`${callbacks} callbacks of ${engine.split(' ')[0] ?? ''} recorded, ${Math.round(perSecond)} a second with the requests that make them`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
