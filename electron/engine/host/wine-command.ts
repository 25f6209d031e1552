import { err, ok, type Result } from '../../../preload/contract/result';
import type { HostCommand } from './host-process';

/** How the start scripts tell what starts Node for Windows under Wine: `{command, args, env}` as JSON. */
const WINE_VARIABLE = 'HINSPECTOR_WINE';

/**
 * How a native engine is started under Wine.
 * @param script the bundle of the command line, which is the program of a hosted engine
 * @param asked what a person types to have it set up
 */
export function wineCommand(script: string, asked: string): Result<HostCommand, string> {
  const given = process.env[WINE_VARIABLE];
  if (given === undefined) return err(`The engine wine is set up by the start script: ${asked}`);
  // Written by the start script a moment ago, and by nobody else.
  const { command, args, env } = JSON.parse(given) as HostCommand;
  return ok({ command, args: [...args, `Z:${script.replaceAll('/', '\\')}`, 'engine-host', 'native'], env });
}
