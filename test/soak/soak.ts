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
import { CHUNK_EVENTS } from '../../electron/trace/event-chunk';
import type { EventLog } from '../../electron/trace/event-log';
import { Trace } from '../../electron/trace/trace';
import { collected, holdings, inTables, type Sample } from './holdings';
import { MixedLoad } from './mixed-load';
import { judge, line } from './verdict';

/** Small, so that it is full and forgets within the warm-up: a record that fills is no leak. */
const HISTORY = 20_000;
/** Events in which the history fills and is given back several times. Where fewer will come, no sample has a record. */
const FILLING = 10 * CHUNK_EVENTS;
const FEWEST_SAMPLES = 12;
/** The first part, in which the history fills, code is compiled, and pools and the rules' memories come to their bounds, is not judged. */
const WARM_PART = 1 / 4;

const [, , engineName = 'portable', minutes = '30', gallery = ''] = process.argv;

interface Recording {
  readonly log: EventLog;
  readonly load: MixedLoad;
}

function makeEngine(): PortableEngine | NativeEngine {
  if (engineName === 'portable') return new PortableEngine();
  const made = createNative();
  if (!made.ok) throw new Error(made.error);
  return made.value;
}

/** On Wine a read that a close interrupts never ends: in these scenarios, by parts of their names. */
const READS_WITHOUT_END = ['ends-a-pending-', 'inside-the-callback-of-a-read'];

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
    const staysHeld = (engine !== 'portable' && name.includes('a-null-context')) || (engine === 'wine' && READS_WITHOUT_END.some((part) => name.includes(part)));
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
  const totals = { clients: 0, answered: 0, cancelled: 0, servers: 0, scenarios: 0, events: 0 };
  const begin = (): Recording => {
    const trace = new Trace(undefined, HISTORY);
    return { log: trace.log, load: new MixedLoad(new Inspector(engine, trace), port, played, name, totals, () => inTables(engine.tables)) };
  };
  const seen = new Set<string>();
  const samples: Sample[] = [];
  const began = performance.now();
  const elapsed = (): number => performance.now() - began;
  const last = minute * 60_000;
  process.stdout.write(`${engine.description}\n${line()}\n`);
  let recording = begin();
  let fills = true;
  for (let number = 1; number <= count && elapsed() < last; number += 1) {
    while (elapsed() < (number * last) / count) await recording.load.round();
    // A full history gives back a chunk at a time: looked at when one has just gone, it is as long at every sample.
    const { first } = recording.log;
    while (first > 0 && recording.log.first === first && elapsed() < last) await recording.load.round();
    if (first > 0 && recording.log.first === first) break;
    await recording.load.quiet();
    for (const problem of recording.load.problems) seen.add(problem);
    const [events, dropped] = [recording.log.length - recording.log.first, recording.log.first > 0];
    fills &&= totals.events * (count / number) > FILLING;
    // A record that is not full is as long as the load was quick: it is given back before what is held is looked at.
    if (!fills) {
      const old = new WeakRef(recording.log);
      recording = begin();
      if (!await collected(old)) seen.add('A record that was given back is still held.');
    }
    const sample = { ...(await holdings(engine, elapsed())), events, full: dropped || !fills };
    samples.push(sample);
    process.stdout.write(`${line(sample)}\n`);
  }
  const filled = samples.findIndex(({ full }) => full);
  const { summary, leaks } = judge(samples, filled < 0 ? count : Math.max(filled, Math.floor(samples.length * WARM_PART)));
  process.stdout.write(`${summary}\n`);
  const { cancelled, ...always } = totals;
  process.stdout.write(`${Object.entries({ ...always, cancelled }).map(([what, number]) => `${number.toLocaleString('en')} ${what}`).join(', ')}\n`);
  const idle = Object.entries(always).filter(([, number]) => number === 0).map(([what]) => `The load had no ${what}.`);
  const problems = [...leaks, ...idle, ...seen];
  for (const problem of problems) process.stdout.write(`✗ ${problem}\n`);
  await engine.dispose();
  return problems.length > 0 ? 1 : 0;
}

// Leaves at once: what a leak has left open must not hold the process.
void main().then((code) => process.exit(code), (fault: unknown) => {
  process.stderr.write(`${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}\n`);
  process.exit(70);
});
