import path from 'node:path';
import { ok, type Result } from '../../preload/contract/result';
import { createEngine } from '../engine/create-engine';
import type { Engine } from '../engine/engine';
import { programProcess, type StartProcess } from '../engine/host/host-process';
import { startHost } from '../engine/host/start-host';
import { wineCommand } from '../engine/host/wine-command';
import type { SweepEngine } from '../scenario/sweep/sweep';
import type { AppArguments } from './app-arguments';
import { utilityEngine } from './utility-process';

export interface ChosenEngine {
  readonly engine: Engine;
  /** Starts another process for a hosted engine whose own has ended; an engine of this process has none. */
  readonly restart: (() => Promise<Result<undefined, string>>) | undefined;
  /** Makes more engines of the same kind, for what must not touch the window's handles. */
  readonly another: SweepEngine;
}

/**
 * The engine that the command line asks for: in this process, or in one of its own.
 * @param dist the folder of the bundles; the command line's is the program of a hosted engine
 */
export async function chooseEngine(args: AppArguments, dist: string): Promise<Result<ChosenEngine, string>> {
  const start = ownProcess(args, dist);
  if (!start.ok) return start;
  if (start.value !== undefined) return hosted(args.engine, start.value);
  const name = args.engine === 'wine' ? 'native' : args.engine;
  const made = createEngine(name);
  return made.ok ? ok({ engine: made.value, restart: undefined, another: { name, create: () => createEngine(name) } }) : made;
}

/** How the engine's own process is started; undefined for an engine of this process. */
function ownProcess({ engine, engineHost }: AppArguments, dist: string): Result<StartProcess | undefined, string> {
  const script = path.join(dist, 'electron', 'cli.cjs');
  if (engine === 'wine') {
    const wine = wineCommand(script, 'npm start -- --engine wine');
    return wine.ok ? ok(programProcess(wine.value)) : wine;
  }
  return ok(engineHost ? utilityEngine(script, engine) : undefined);
}

async function hosted(name: SweepEngine['name'], start: StartProcess): Promise<Result<ChosenEngine, string>> {
  const started = await startHost(start);
  if (!started.ok) return started;
  const create = async (): Promise<Result<Engine, string>> => {
    const another = await startHost(start);
    return another.ok ? ok(another.value.engine) : another;
  };
  return ok({ engine: started.value.engine, restart: started.value.restart, another: { name, create } });
}
