import type { CommandResult, OthersCommand, SessionCommand, WindowCommand } from '../../preload/contract/command';
import { errorMessage } from '../../preload/contract/errors';
import { giveCommand } from './questions';
import { appState, useApp } from './state';
import { report } from './view-actions';

/** Gives a command about recordings and tells what came of it; that a person thought better of it is no news. */
export async function giveSessionCommand(command: SessionCommand): Promise<CommandResult> {
  const result = await giveCommand(command);
  if (result.ok) report('info', result.value.message);
  else if (result.error.kind !== 'stopped') report('error', errorMessage(result.error));
  return result;
}

/** Opens the newest recording that a crash has left. */
export function openLeft(): void {
  const left = appState().info?.left[0];
  if (left !== undefined) void giveSessionCommand({ kind: 'open-file', path: left.file });
}

/** Gives a command about other programs; how far it is, and why it failed, main tells in its updates. */
export async function giveOthersCommand(command: OthersCommand): Promise<void> {
  const result = await giveCommand(command);
  if (!result.ok) report('error', errorMessage(result.error));
}

/** Gives a command about windows. What it did is seen, and only told to a screen reader. */
export async function giveWindowCommand(command: WindowCommand): Promise<void> {
  const result = await giveCommand(command);
  if (result.ok) useApp.setState({ announcement: result.value.message });
  else report('error', errorMessage(result.error));
}
