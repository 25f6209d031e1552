import { Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../preload/contract/command-catalog';

/** Keys that the page hears itself: as accelerators they would take typing away from a form's fields. */
const PAGE_KEYS: ReadonlySet<string> = new Set(['Delete', 'F', 'Shift+F', 'End', '=', '-', 'Shift+/']);

/**
 * The application menu: the same commands as everywhere, carried out by the window.
 * @param newEngine starts another engine when the one in a process of its own has ended; without one there is no such entry
 */
export function buildMenu(choose: (id: CommandId) => void, newEngine: (() => void) | undefined): Menu {
  const engine: MenuItemConstructorOptions[] = newEngine === undefined ? [] : [{ type: 'separator' }, { id: 'new-engine', label: 'Start a New Engine', click: newEngine }];
  const item = (entry: CommandEntry): MenuItemConstructorOptions => ({
    label: entry.title, click: () => choose(entry.id),
    ...(entry.keys === undefined ? {} : { accelerator: entry.keys, registerAccelerator: !PAGE_KEYS.has(entry.keys) }),
  });
  const entries = (menu: CommandEntry['menu']): MenuItemConstructorOptions[] => COMMAND_CATALOG.filter((entry) => entry.menu === menu).map(item);
  return Menu.buildFromTemplate([
    { label: 'File', submenu: [...entries('File'), ...engine, { type: 'separator' }, { role: 'quit' }] },
    { label: 'Edit', submenu: [{ role: 'undo' }, { role: 'redo' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, { type: 'separator' }, ...entries('Edit')] },
    { label: 'Handle', submenu: entries('Handle') },
    { label: 'View', submenu: [...entries('View'), { type: 'separator' }, { role: 'togglefullscreen' }] },
    { label: 'Help', submenu: entries('Help') },
  ]);
}
