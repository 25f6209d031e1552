import path from 'node:path';
import { ok, type Result } from '../../preload/contract/result';
import { createEngine } from '../engine/create-engine';
import type { Engine } from '../engine/engine';
import { startHost, type HostCommand } from '../engine/host/start-host';
import { wineCommand } from '../engine/host/wine-command';
import type { AppArguments } from './app-arguments';

export interface ChosenEngine {
  readonly engine: Engine;
  /** Starts another process for a hosted engine whose own has ended; an engine of this process has none. */
  readonly restart: (() => Promise<Result<undefined, string>>) | undefined;
}

/**
 * The engine that the command line asks for: in this process, or in one of its own.
 * @param dist the folder of the bundles; the command line's is the program of a hosted engine
 */
export async function chooseEngine({ engine, engineHost }: AppArguments, dist: string): Promise<Result<ChosenEngine, string>> {
  const script = path.join(dist, 'electron', 'cli.cjs');
  if (engine === 'wine') {
    const wine = wineCommand(script, 'npm start -- --engine wine');
    return wine.ok ? hosted(wine.value) : wine;
  }
  if (!engineHost) {
    const made = createEngine(engine);
    return made.ok ? ok({ engine: made.value, restart: undefined }) : made;
  }
  // Electron runs as plain Node when it is told so.
  return hosted({ command: process.execPath, args: [script, 'engine-host', engine], env: { ELECTRON_RUN_AS_NODE: '1' } });
}

async function hosted(command: HostCommand): Promise<Result<ChosenEngine, string>> {
  const started = await startHost(command);
  return started.ok ? ok({ engine: started.value.engine, restart: started.value.restart }) : started;
}
