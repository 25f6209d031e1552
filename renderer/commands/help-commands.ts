import { COMMAND_CATALOG, type CommandEntry } from '../../preload/contract/command-catalog';
import { commandBindings, type KeyChanges } from '../../preload/contract/command-keys';
import { keyLabel } from '../model/keys';

export interface HelpGroup {
  readonly menu: CommandEntry['menu'];
  readonly commands: readonly CommandEntry[];
}

const MENUS: readonly CommandEntry['menu'][] = ['File', 'Edit', 'Handle', 'Scenario', 'View', 'Help'];

/** Every command by its menu; with words only those that have each of them in their name, their menu or their keys. */
export function helpCommands(wanted: string, changes: KeyChanges): readonly HelpGroup[] {
  const bindings = commandBindings(changes);
  const words = wanted.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const meets = ({ id, title, menu }: CommandEntry): boolean => {
    const text = `${title} ${menu} ${keyLabel(bindings.get(id) ?? '')}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return MENUS.map((menu) => ({ menu, commands: COMMAND_CATALOG.filter((entry) => entry.menu === menu && meets(entry)) })).filter(({ commands }) => commands.length > 0);
}
