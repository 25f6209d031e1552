import type { CommandId } from '../../preload/contract/command-catalog';
import type { HandleId } from '../../preload/contract/ids';
import { useApp } from '../store/state';
import { copyRaw } from '../store/copying';
import { Menu, type MenuItem } from '../ui/menu';
import { commandEnablement, commandKeys, commandTitle, giveNamedCommand } from './registry';

const COMMANDS: readonly CommandId[] = ['close-handle', 'cancel-request', 'respond', 'fit-handle'];

interface HandleMenuProps {
  readonly handle: HandleId;
  readonly x: number;
  readonly y: number;
  readonly onClose: () => void;
}

/** The context menu of a row and its lane: the same commands as everywhere. */
export function HandleMenu({ handle, x, y, onClose }: HandleMenuProps) {
  const state = useApp();
  const node = state.forest.get(handle);
  const commands = COMMANDS.map((id): MenuItem => {
    const allowed = commandEnablement(id, state);
    return { key: id, label: commandTitle(id), keys: commandKeys(id), offReason: allowed.on ? undefined : allowed.reason, onPress: () => giveNamedCommand(id) };
  });
  const copy: MenuItem = { key: 'copy', label: 'Copy raw value', onPress: () => void copyRaw(handle, node?.raw ?? '') };
  return <Menu name={`Commands for ${node?.label ?? 'the handle'}`} x={x} y={y} items={[...commands, copy]} onClose={onClose} />;
}
