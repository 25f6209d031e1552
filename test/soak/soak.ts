// Mixed load for some minutes on one engine, in samples: what is held at each when everything is closed.
// Arguments: ENGINE (portable, native), MINUTES, and the gallery's folder. Ends with 1 where something is not flat.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { createNative } from '../../electron/engine/create-engine';
import type { NativeEngine } from '../../electron/engine/native/native-engine';
import { PortableEngine } from '../../electron/engine/portable/portable-engine';
import { Inspector } from '../../electron/inspector/inspector';
import type { EngineName, Scenario } from '../../electron/scenario/language/scenario';
import { loadScenario } from '../../electron/scenario/load-scenario';
import { Trace } from '../../electron/trace/trace';
import { holdings, type Sample } from './holdings';
import { MixedLoad } from './mixed-load';
import { judge } from './verdict';

/** Small, so that it is full and forgets within the warm-up: a record that fills is no leak. */
const HISTORY = 20_000;
const FEWEST_SAMPLES = 12;
/** The first part, in which the history fills, code is compiled, and pools and the rules' memories come to their bounds, is not judged. */
const WARM_PART = 1 / 4;

const [, , engineName = 'portable', minutes = '30', gallery = ''] = process.argv;

function makeEngine(): PortableEngine | NativeEngine {
  if (engineName === 'portable') return new PortableEngine();
  const made = createNative();
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

/**
 * Those that every engine can run beside others in one process: none that is known to end the DLL's, or wants a fresh one.
 * Wine never ends a read that a close interrupts, and the runner keeps the memory that it may still write to.
 * Nothing tells the native engine when a request without a context has ended, so what it holds for one stays (docs/limits.md).
 */
function scenarios(engine: EngineName): readonly Scenario[] {
  return readdirSync(gallery, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).sort().flatMap((name) => {
    const scenario = loadScenario(readFileSync(path.join(gallery, name), 'utf8'));
    if (!scenario.ok) throw new Error(`${name} is no scenario`);
    const faults = scenario.value.differences.some((difference) => difference.engine === engine && difference.observed.kind === 'unavailable');
    const staysHeld = (engine !== 'portable' && name.includes('a-null-context')) || (engine === 'wine' && name.includes('ends-a-pending-'));
    return faults || staysHeld || scenario.value.fresh ? [] : [scenario.value];
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function main(): Promise<number> {
  const engine = makeEngine();
  const name: EngineName = engine instanceof PortableEngine ? 'portable' : engine.description.includes('Wine ') ? 'wine' : 'native';
  const [port, played, minute] = [await freePort(), scenarios(name), Number(minutes)];
  const count = Math.max(FEWEST_SAMPLES, Math.round(minute));
  const began = performance.now();
  const samples: Sample[] = [];
  const totals = { clients: 0, answered: 0, cancelled: 0, servers: 0, scenarios: 0, events: 0 };
  const trace = new Trace(undefined, HISTORY);
  const { log } = trace;
  const load = new MixedLoad(new Inspector(engine, trace), port, played, name, totals);
  for (let number = 1; number <= count; number += 1) {
    while (performance.now() - began < (number * minute * 60_000) / count) await load.round();
    // A full history gives back a chunk at a time: looked at when one has just gone, it is as long at every sample.
    const { first } = log;
    while (first > 0 && log.first === first) await load.round();
    await load.quiet();
    samples.push({ ...(await holdings(engine, performance.now() - began)), events: log.length - log.first, full: log.first > 0 });
  }
  const filled = samples.findIndex(({ full }) => full);
  const { rows, leaks } = judge(samples, filled < 0 ? count : Math.max(filled, Math.floor(count * WARM_PART)));
  process.stdout.write(`${engine.description}\n`);
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  for (const cells of rows) process.stdout.write(`${cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}\n`);
  const { cancelled, ...always } = totals;
  process.stdout.write(`${Object.entries({ ...always, cancelled }).map(([what, number]) => `${number.toLocaleString('en')} ${what}`).join(', ')}\n`);
  const idle = Object.entries(always).filter(([, number]) => number === 0).map(([what]) => `The load had no ${what}.`);
  const problems = [...leaks, ...idle, ...new Set(load.problems)];
  for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
  await engine.dispose();
  return problems.length > 0 ? 1 : 0;
}

// Leaves at once: what a leak has left open must not hold the process.
void main().then((code) => process.exit(code), (fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exit(70);
});
