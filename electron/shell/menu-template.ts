import type { MenuItemConstructorOptions } from 'electron';
import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../preload/contract/command-catalog';
import { belongsToText, commandBindings, type KeyChanges } from '../../preload/contract/command-keys';
import type { ContextMenuRequest } from '../../preload/contract/context-menu';

/**
 * The application menu: the same commands as everywhere, with the keys that the person has given them. Keys that mean
 * something to a text field are shown and heard by the page itself: as accelerators they would take typing away from it.
 * @param choose hands a command that was chosen to the window, which carries it out
 */
export function menuTemplate(changes: KeyChanges, choose: (id: CommandId) => void): readonly MenuItemConstructorOptions[] {
  const bindings = commandBindings(changes);
  const item = ({ id, title }: CommandEntry): MenuItemConstructorOptions => {
    const keys = bindings.get(id);
    return { id, label: title, click: () => choose(id), ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: !belongsToText(keys) }) };
  };
  const entries = (menu: CommandEntry['menu']): MenuItemConstructorOptions[] => COMMAND_CATALOG.filter((entry) => entry.menu === menu).map(item);
  return [
    { label: 'File', submenu: [...entries('File'), { type: 'separator' }, { role: 'quit' }] },
    {
      label: 'Edit',
      submenu: [{ role: 'undo', label: 'Undo Typing' }, { role: 'redo', label: 'Redo Typing' }, { type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }, { type: 'separator' }, ...entries('Edit')],
    },
    { label: 'Handle', submenu: entries('Handle') },
    { label: 'Scenario', submenu: entries('Scenario') },
    { label: 'View', submenu: [...entries('View'), { type: 'separator' }, { role: 'togglefullscreen' }] },
    { label: 'Help', submenu: entries('Help') },
  ];
}

const TITLES: ReadonlyMap<CommandId, string> = new Map(COMMAND_CATALOG.map(({ id, title }) => [id, title]));

/** Most of a reason that stands in a menu, in characters: a menu is as wide as its longest line. */
const LONGEST_REASON = 90;

/**
 * A context menu: which commands, the window says; their words and keys are those of the catalogue. One that is off says
 * why in its own line: menus of Windows and Linux have no hints.
 */
export function contextMenuTemplate({ groups }: ContextMenuRequest, changes: KeyChanges, choose: (id: CommandId) => void): readonly MenuItemConstructorOptions[] {
  const bindings = commandBindings(changes);
  return groups.filter((group) => group.length > 0).flatMap((group, place): MenuItemConstructorOptions[] => [
    ...(place === 0 ? [] : [{ type: 'separator' } as const]),
    ...group.map(({ id, off }): MenuItemConstructorOptions => {
      const title = TITLES.get(id) ?? id;
      const keys = bindings.get(id);
      // An ampersand marks the letter to type; doubled it is one.
      if (off !== undefined) return { id, label: `${title} (${off.length > LONGEST_REASON ? `${off.slice(0, LONGEST_REASON)}…` : off})`.replaceAll('&', '&&'), enabled: false };
      return { id, label: title, click: () => choose(id), ...(keys === undefined ? {} : { accelerator: keys, registerAccelerator: false }) };
    }),
  ]);
}
