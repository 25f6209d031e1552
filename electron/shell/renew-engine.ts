import type { CommandResult } from '../../preload/contract/command';
import { err, ok } from '../../preload/contract/result';
import type { Inspector } from '../inspector/inspector';
import type { ChosenEngine } from './choose-engine';

/** Takes a new engine in place of a lost one; what was recorded stays. */
export async function renewEngine(inspector: Inspector, restart: ChosenEngine['restart']): Promise<CommandResult> {
  if (restart === undefined) return refused('The engine runs in the process of Hinspector itself: start Hinspector anew.');
  if (inspector.lost === undefined) return refused('The engine is still there: a new one is started only in place of one that has ended.');
  const started = await restart();
  return started.ok ? ok({ handle: undefined, message: 'A new engine is there; new handles can be opened.' }) : refused(started.error);
}

function refused(reason: string): CommandResult {
  return err({ kind: 'unavailable', api: 'A new engine', reason });
}
