import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../../preload/contract/result';
import type { SyntheticTrace } from '../../trace/synthetic';
import { writeSynthetic } from './write-synthetic';

/** What the command needs of the world around it. */
export interface SynthWorld {
  readonly out: (line: string) => void;
  readonly problem: (line: string) => void;
  /** Version of the application, which the file names. */
  readonly version: string;
  readonly signal: AbortSignal;
}

/** More would not fit the places of a trace, which are 32 bits wide. */
const MOST_EVENTS = 1e9;
const MOST_HANDLES = 1e6;
/** Events between two words of progress. */
const TOLD_EVERY = 1_000_000;

export const SYNTH_USAGE = `hinspector synth [--events N] [--handles N] [--seed N] [--out FILE.hinspect]

  --events  how many, at least: 1e6 unless said otherwise
  --handles requests over the whole of it: 5e3 unless said otherwise
  --seed    the same seed gives the same trace: 1 unless said otherwise
  --out     synthetic.hinspect unless said otherwise; look at it with: npm start -- --open FILE`;

interface SynthArguments extends SyntheticTrace {
  readonly out: string;
}

/** `hinspector synth`: 0 when the file was written, 1 when it could not be or was stopped, 2 for bad usage. */
export async function synthCommand(argv: readonly string[], world: SynthWorld): Promise<number> {
  const args = readArguments(argv);
  if (!args.ok) {
    world.problem(`${args.error}\n\n${SYNTH_USAGE}`);
    return 2;
  }
  const { out, ...asked } = args.value;
  let told = 0;
  const written = await writeSynthetic(asked, out, { application: world.version, engine: { kind: 'synthetic', description: `Made up: seed ${asked.seed}` } }, {
    signal: world.signal,
    onProgress: (events) => {
      if (events - told < TOLD_EVERY) return;
      told = events;
      world.problem(`${events.toLocaleString('en')} events`);
    },
  });
  if (!written.ok) {
    world.problem(written.error);
    return 1;
  }
  world.out(`${out}: ${written.value.events.toLocaleString('en')} events`);
  return 0;
}

function readArguments(argv: readonly string[]): Result<SynthArguments, string> {
  let values;
  try {
    ({ values } = parseArgs({ args: [...argv], options: { events: { type: 'string' }, handles: { type: 'string' }, seed: { type: 'string' }, out: { type: 'string' } } }));
  } catch (error) {
    // node:util throws for an unknown option; its message names it.
    return err(error instanceof Error ? error.message : String(error));
  }
  const events = count('events', values.events ?? '1e6', MOST_EVENTS);
  if (!events.ok) return events;
  const handles = count('handles', values.handles ?? '5e3', MOST_HANDLES);
  if (!handles.ok) return handles;
  const seed = count('seed', values.seed ?? '1', 0xffffffff);
  if (!seed.ok) return seed;
  return ok({ events: events.value, handles: handles.value, seed: seed.value, out: values.out ?? 'synthetic.hinspect' });
}

function count(name: string, text: string, most: number): Result<number, string> {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most) return ok(value);
  return err(`--${name} is a whole number from 1 to ${most.toLocaleString('en')}, like 5000 or 1e6; it was "${text}".`);
}
