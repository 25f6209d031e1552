import type { MenuItemConstructorOptions } from 'electron';
import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../preload/contract/command-catalog';
import { belongsToText, commandBindings, type KeyChanges } from '../../preload/contract/command-keys';

export interface MenuParts {
  /** Hands a command that was chosen to the window, which carries it out. */
  readonly choose: (id: CommandId) => void;
  /** Starts another engine when the one in a process of its own has ended; without one there is no such entry. */
  readonly newEngine: (() => void) | undefined;
}

/**
 * The application menu: the same commands as everywhere, with the keys that the person has given them. Keys that mean
 * something to a text field are shown and heard by the page itself: as accelerators they would take typing away from it.
 */
export function menuTemplate(changes: KeyChanges, { choose, newEngine }: MenuParts): readonly MenuItemConstructorOptions[] {
  const bindings = commandBindings(changes);
  const engine: MenuItemConstructorOptions[] = newEngine === undefined ? [] : [{ type: 'separator' }, { id: 'new-engine', label: 'Start a New Engine', click: newEngine }];
  const item = ({ id, title }: CommandEntry): MenuItemConstructorOptions => {
    const keys = bindings.get(id);
    return { id, label: title, click: () => choose(id), ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: !belongsToText(keys) }) };
  };
  const entries = (menu: CommandEntry['menu']): MenuItemConstructorOptions[] => COMMAND_CATALOG.filter((entry) => entry.menu === menu).map(item);
  return [
    { label: 'File', submenu: [...entries('File'), ...engine, { type: 'separator' }, { role: 'quit' }] },
    { label: 'Edit', submenu: [{ role: 'undo', label: 'Undo Typing' }, { role: 'redo', label: 'Redo Typing' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, { type: 'separator' }, ...entries('Edit')] },
    { label: 'Handle', submenu: entries('Handle') },
    { label: 'Scenario', submenu: entries('Scenario') },
    { label: 'View', submenu: [...entries('View'), { type: 'separator' }, { role: 'togglefullscreen' }] },
    { label: 'Help', submenu: entries('Help') },
  ];
}
