import type { CommandId } from '../../preload/contract/command-catalog';
import { errorMessage } from '../../preload/contract/errors';
import { askContextMenu } from '../store/questions';
import type { MenuPlace } from '../ui/menu-place';
import { report } from '../store/view-actions';
import { commandEnablement, giveNamedCommand } from './registry';

/** What can be done with each thing that has a context menu, in groups. It is selected first: the commands mean what is selected. */
export const CONTEXT_MENUS = {
  handle: [['close-handle', 'cancel-request', 'respond', 'answer-rules', 'close-group'], ['fit-handle', 'note'], ['copy-raw', 'copy-text', 'copy-json', 'copy-code']],
  event: [['copy-text', 'copy-json', 'copy-code'], ['fit-handle', 'note']],
  finding: [['copy-finding', 'mute-finding', 'show-muted'], ['fit-handle', 'copy-raw']],
  note: [['show-note', 'change-note'], ['remove-note']],
} as const satisfies Readonly<Record<string, readonly (readonly CommandId[])[]>>;

/** Opens the system's menu for what is selected, and gives the command that is chosen in it. */
export async function openContextMenu(kind: keyof typeof CONTEXT_MENUS, { x, y }: MenuPlace): Promise<void> {
  const groups = CONTEXT_MENUS[kind].map((ids) => ids.map((id) => {
    const allowed = commandEnablement(id);
    return { id, off: allowed.on ? undefined : allowed.reason };
  }));
  const chosen = await askContextMenu({ groups, x: Math.max(0, Math.round(x)), y: Math.max(0, Math.round(y)) });
  if (!chosen.ok) report('error', errorMessage(chosen.error));
  else if (chosen.value !== undefined) giveNamedCommand(chosen.value);
}
