import { COMMAND_CATALOG, type CommandEntry, type CommandId } from './command-catalog';

/**
 * Keys are written as Electron writes an accelerator, the modifiers in one order, so that equal keys are equal texts:
 * "CmdOrCtrl+Shift+N", "Alt+1", "F2", "Delete". What a person has changed stands by command; an empty text takes its keys away.
 */
export type KeyChanges = Readonly<Partial<Record<CommandId, string>>>;

const NAMED = ['Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Up', 'Down', 'Left', 'Right', 'Enter', 'Space', 'Tab', 'Backspace', 'Escape'];
const ACCELERATOR = new RegExp(`^(CmdOrCtrl\\+)?(Alt\\+)?(Shift\\+)?([A-Z0-9,./=;'\\[\\]\\\\\`-]|F([1-9]|1[0-9]|2[0-4])|${NAMED.join('|')})$`);

/** Whether a text is keys as they are written here. */
export function isKeys(text: string): boolean {
  return text.length <= 40 && ACCELERATOR.test(text);
}

/** What was remembered of keys, as far as it is that: commands that there are, and keys. */
export function keyChangesFrom(found: unknown): KeyChanges {
  const known = new Map<string, unknown>(typeof found === 'object' && found !== null ? Object.entries(found) : []);
  let changes: KeyChanges = {};
  for (const { id } of COMMAND_CATALOG) {
    const keys = known.get(id);
    if (typeof keys === 'string' && (keys === '' || isKeys(keys))) changes = { ...changes, [id]: keys };
  }
  return changes;
}

/**
 * The keys that each command has: what a person chose, then what the catalogue gives where nobody has taken it. No two
 * commands have the same, whatever was remembered.
 */
export function commandBindings(changes: KeyChanges, catalog: readonly CommandEntry[] = COMMAND_CATALOG): ReadonlyMap<CommandId, string> {
  const bindings = new Map<CommandId, string>();
  const taken = new Set<string>();
  const bind = (id: CommandId, keys: string | undefined): void => {
    if (keys === undefined || keys === '' || taken.has(keys)) return;
    taken.add(keys);
    bindings.set(id, keys);
  };
  for (const { id } of catalog) bind(id, changes[id]);
  for (const { id, keys } of catalog) if (changes[id] === undefined) bind(id, keys);
  return bindings;
}

/** Keys of the text in a field, beside those that write into it. */
const EDITING: ReadonlySet<string> = new Set([
  ...['A', 'C', 'V', 'X', 'Y', 'Z', 'Shift+Z', 'Shift+V'].map((key) => `CmdOrCtrl+${key}`),
  ...['Backspace', 'Delete', 'Insert', 'Home', 'End', 'Left', 'Right', 'Up', 'Down'].flatMap((key) => [`CmdOrCtrl+${key}`, `CmdOrCtrl+Shift+${key}`]),
]);

/** Whether the keys mean something to a text field, so that they must not be taken from it. */
export function belongsToText(keys: string): boolean {
  return EDITING.has(keys) || !/^(CmdOrCtrl\+|Alt\+|(Shift\+)?F\d+$)/.test(keys);
}
