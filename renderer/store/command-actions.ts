import type { Command, CommandResult } from '../../preload/contract/command';
import { errorMessage } from '../../preload/contract/errors';
import type { HandleId } from '../../preload/contract/ids';
import { anchorAtNextBirth } from './connect';
import { FrameTask } from './frame';
import { giveCommand } from './questions';
import { appState, useApp } from './state';
import { report, reveal, selectHandle } from './view-actions';

/** Gives a command and tells in the output pane what came of it. The form that gave it shows the error too. */
export async function runCommand(command: Command): Promise<CommandResult> {
  const result = await giveCommand(command);
  if (result.ok) report('info', result.value.message);
  else report('error', errorMessage(result.error));
  return result;
}

/** Opens a client or a server, watches it from its start and selects what main names. */
export async function runOpening(command: Command): Promise<CommandResult> {
  anchorAtNextBirth();
  const result = await runCommand(command);
  if (result.ok && result.value.handle !== undefined) selectWhenKnown(result.value.handle);
  return result;
}

/** The node may come with the update after the answer. */
function selectWhenKnown(handle: HandleId): void {
  const show = (): void => {
    selectHandle(handle);
    reveal(handle);
  };
  if (appState().forest.get(handle) !== undefined) {
    show();
    return;
  }
  const stop = useApp.subscribe((state) => {
    if (state.forest.get(handle) === undefined) return;
    stop();
    new FrameTask(show).request();
  });
}

/** Close and Cancel without a question: the confirmation, if any, has been given. */
export function closeHandle(handle: HandleId): Promise<CommandResult> {
  return runCommand({ kind: 'close', handle });
}

/** Closes every handle and begins another recording. */
export async function beginAnew(): Promise<void> {
  const result = await runCommand({ kind: 'begin-anew' });
  // What its stops have shown is of the recording that is over.
  if (result.ok) useApp.setState({ tour: undefined });
}

export function cancelRequest(request: HandleId): Promise<CommandResult> {
  return runCommand({ kind: 'cancel', request });
}
