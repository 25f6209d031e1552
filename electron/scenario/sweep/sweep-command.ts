import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../../preload/contract/result';
import { ENGINE_NAMES, type EngineName } from '../language/scenario';
import { suggestion } from '../language/nearest';
import { loadScenario } from '../load-scenario';
import { fileLines } from '../report/text-report';
import type { RunCommandWorld } from '../run-command';
import { isBad, type SweepAction } from '../../../preload/contract/sweep';
import { sweep } from './sweep';
import { sweepLines } from './sweep-report';

/** How long a sweep goes on when nobody says, in seconds. */
const DEFAULT_SECONDS = 120;

export const SWEEP_USAGE = `hinspector sweep FILE [--handle NAME | --cancel NAME] [--engine native|portable|wine[,…]] [--seconds N] [--json] [--traces DIR]

  FILE      a scenario
  --handle  the binding ($NAME) of the handle to close at every moment; the last one made when left out
  --cancel  the binding of the received request to cancel instead
  --engine  where to run it: one engine, or several with commas between them, to see in what they differ
  --seconds after which no further run is begun: ${DEFAULT_SECONDS}
  --json    print the matrix as data
  --traces  save the session file of every moment in this folder`;

interface SweepArguments {
  readonly file: string;
  readonly action: SweepAction;
  readonly name: string | undefined;
  readonly engines: readonly EngineName[];
  readonly seconds: number;
  readonly json: boolean;
  readonly traces: string | undefined;
}

/** What a shell says of a program that Ctrl+C ended. */
const STOPPED = 130;

/** `hinspector sweep`: 0 when no close broke a rule, 1 when one did, 2 for bad usage or a file that is no scenario, 130 when it was stopped before it had found one. */
export async function sweepCommand(argv: readonly string[], world: RunCommandWorld): Promise<number> {
  const args = readArguments(argv);
  if (!args.ok) {
    world.problem(`${args.error}\n\n${SWEEP_USAGE}`);
    return 2;
  }
  const { file, engines, action, name, seconds, json, traces } = args.value;
  const text = await readFile(file, 'utf8').catch((error: unknown) => error);
  if (typeof text !== 'string') {
    world.problem(`${file}: it cannot be read (${text instanceof Error ? text.message : String(text)}).`);
    return 2;
  }
  const scenario = loadScenario(text);
  if (!scenario.ok) {
    for (const line of fileLines({ kind: 'invalid', file, problems: scenario.error })) world.problem(line);
    return 2;
  }
  const done = await sweep(scenario.value, {
    engines: engines.map((engine) => ({ name: engine, create: () => world.createEngine(engine) })), action, name, budget: seconds * 1000,
    progress: (_matrix, ran, of) => { if (!json && ran > 0) world.problem(`${ran} of ${of}`); },
    ...(world.signal === undefined ? {} : { signal: world.signal }),
    ...(traces === undefined ? {} : {
      saveTrace: async (inspector, number) => {
        const target = path.join(traces, `${scenario.value.name}-${String(number + 1).padStart(3, '0')}.hinspect`);
        const saved = await world.saveTrace(inspector, target);
        return saved.ok ? ok(target) : saved;
      },
    }),
  });
  if (!done.ok) {
    world.problem(done.error);
    return 2;
  }
  for (const line of json ? [JSON.stringify(done.value, undefined, 2)] : sweepLines(done.value)) world.out(line);
  if (done.value.rows.some(({ cell }) => cell.kind === 'run' && isBad(cell))) return 1;
  if (world.signal?.aborted !== true || done.value.rows.every(({ cell }) => cell.kind === 'run')) return 0;
  world.problem('It was stopped: the moments that were not run say nothing.');
  return STOPPED;
}

function readArguments(argv: readonly string[]): Result<SweepArguments, string> {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...argv], allowPositionals: true,
      options: {
        handle: { type: 'string' }, cancel: { type: 'string' }, engine: { type: 'string' }, seconds: { type: 'string' }, json: { type: 'boolean' },
        traces: { type: 'string' },
      },
    });
  } catch (error) {
    // node:util throws for an unknown option; its message names it.
    return err(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return err('sweep needs one scenario file.');
  if (values.handle !== undefined && values.cancel !== undefined) return err('A sweep closes one handle or cancels one request: give --handle or --cancel.');
  const engines: EngineName[] = [];
  for (const asked of new Set((values.engine ?? 'portable').split(','))) {
    const engine = ENGINE_NAMES.find((one) => one === asked.trim());
    if (engine === undefined) return err(`No engine is named "${asked}".${suggestion(asked, ENGINE_NAMES)} The engines: ${ENGINE_NAMES.join(', ')}.`);
    engines.push(engine);
  }
  const seconds = Number(values.seconds ?? DEFAULT_SECONDS);
  if (!Number.isFinite(seconds) || seconds <= 0) return err(`--seconds is a number above 0, not "${values.seconds ?? ''}".`);
  const name = (values.cancel ?? values.handle)?.replace(/^\$/, '');
  return ok({ file, engines, seconds, name, action: values.cancel === undefined ? 'close' : 'cancel', json: values.json === true, traces: values.traces });
}
