import type { CommandResult } from '../../preload/contract/command';
import type { SweepTarget } from '../../preload/contract/sweep';
import type { SweepWish } from '../model/sweep';
import { runCommand } from './command-actions';
import { askSweep } from './questions';
import { giveSessionCommand } from './session-actions';
import { appState, useApp } from './state';

let asking = false;
let again = false;

/** Asks for the matrix whenever main says that there is more of it. The answer ends it. */
export function keepSweep(): () => void {
  return useApp.subscribe((state, before) => {
    if (state.sweepStatus?.revision !== before.sweepStatus?.revision) void refresh();
  });
}

/** One question at a time: a sweep of quick runs says more than the page can draw. */
async function refresh(): Promise<void> {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  do {
    again = false;
    const result = await askSweep();
    if (result.ok) useApp.setState({ sweep: result.value });
  } while (again);
  asking = false;
}

export function wishSweep(change: Partial<SweepWish>): void {
  useApp.setState({ sweepWish: { ...appState().sweepWish, ...change } });
}

export function runSweep(id: string, { action, name }: SweepTarget, engines: readonly string[], seconds: number): Promise<CommandResult> {
  return runCommand({ kind: 'run-sweep', id, action, name, engines, seconds });
}

export function stopSweep(): Promise<CommandResult> {
  return runCommand({ kind: 'stop-sweep' });
}

/** Shows the recording of one run beside the live one. */
export function openSweepTrace(path: string): Promise<CommandResult> {
  return giveSessionCommand({ kind: 'open-file', path });
}
