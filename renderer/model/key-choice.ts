import { COMMAND_CATALOG, type CommandEntry, type CommandId } from '../../preload/contract/command-catalog';
import { belongsToText, commandBindings, isKeys, type KeyChanges } from '../../preload/contract/command-keys';
import { keyLabel, pressedKeys, type Press } from './keys';
import { timelineKey } from './timeline-keys';
import { TREE_KEYS } from './tree-keys';

/** What a press for a command comes to. */
export type KeyChoice =
  /** A modifier that waits for its key. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'refused'; readonly reason: string }
  /** Another command has these keys; what it would have instead, where they are swapped. */
  | { readonly kind: 'taken'; readonly keys: string; readonly by: CommandId; readonly instead: string | undefined }
  | { readonly kind: 'free'; readonly keys: string };

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'NumLock', 'Fn']);

/** What the system, the frame of the window or the reading of text has for itself. */
const RESERVED: Readonly<Record<string, string>> = {
  'CmdOrCtrl+Q': 'leaves Hinspector', 'Alt+F4': 'closes the window', 'F11': 'shows the window on the full screen', 'F10': 'opens the application menu', 'Shift+F10': 'opens the context menu',
  'Alt+Space': 'opens the menu of the window', 'Alt+Tab': 'goes to another program', 'CmdOrCtrl+Escape': 'opens the Start menu', 'CmdOrCtrl+Alt+Delete': 'belongs to Windows', 'CmdOrCtrl+Shift+Escape': 'opens the Task Manager',
};

/** What it means when a person presses keys for a command. */
export function chooseKeys(press: Press, entry: CommandEntry, changes: KeyChanges): KeyChoice {
  if (MODIFIERS.has(press.key)) return { kind: 'waiting' };
  if (press.metaKey && !press.ctrlKey) return { kind: 'refused', reason: 'The Windows key is for Windows.' };
  const keys = pressedKeys(press);
  if (keys === undefined || !isKeys(keys)) return { kind: 'refused', reason: `“${press.key}” is no key for a command. Use a letter, a digit, a sign or a function key, with Ctrl or Alt.` };
  const reason = keyRefusal(keys, entry, press);
  return reason === undefined ? claim(keys, entry, changes) : { kind: 'refused', reason };
}

/** Whether keys that a command may have are free. */
export function claim(keys: string, entry: CommandEntry, changes: KeyChanges): KeyChoice {
  const bindings = commandBindings(changes);
  const by = [...bindings].find(([id, bound]) => bound === keys && id !== entry.id)?.[0];
  if (by === undefined) return { kind: 'free', keys };
  return { kind: 'taken', keys, by, instead: fitting(bindings.get(entry.id), by) };
}

/** Why a command may not have these keys; undefined when it may. Those that it has at first it may always have. */
export function keyRefusal(keys: string, entry: CommandEntry, press: Press = pressOf(keys)): string | undefined {
  if (keys === entry.keys) return undefined;
  const label = keyLabel(keys);
  const reserved = RESERVED[keys];
  if (reserved !== undefined) return `${label} ${reserved}.`;
  if (/Tab$|Escape$/.test(keys)) return `${label} leads through the window and out of dialogs.`;
  if (/^CmdOrCtrl\+Alt\+(Shift\+)?.$/.test(keys)) return `${label} is AltGr on many keyboards, and writes a character there.`;
  if (timelineKey(press) !== undefined) return `${label} moves the timeline.`;
  if (!press.ctrlKey && !press.altKey && TREE_KEYS.has(press.key)) return `${label} moves through the tree and the lists.`;
  if (/^(Shift\+)?.$/.test(keys)) return `${label} writes into fields, and finds handles in the tree by their names. Add Ctrl or Alt.`;
  if (keys !== 'Delete' && belongsToText(keys)) return `${label} edits the text in fields.`;
  return undefined;
}

/** Gives a command these keys; none take its own away. Who has them loses them. */
export function withKeys(changes: KeyChanges, id: CommandId, keys: string | undefined): KeyChanges {
  const { [id]: _before, ...others } = changes;
  const first = COMMAND_CATALOG.find((entry) => entry.id === id)?.keys;
  const changed: KeyChanges = keys === first ? others : { ...others, [id]: keys ?? '' };
  const by = keys === undefined ? undefined : [...commandBindings(others)].find(([other, bound]) => bound === keys && other !== id)?.[0];
  return by === undefined ? changed : withKeys(changed, by, undefined);
}

/** Gives a command the keys of another, and that one those that this one had, where it may have them. */
export function swapKeys(changes: KeyChanges, id: CommandId, keys: string): KeyChanges {
  const bindings = commandBindings(changes);
  const by = [...bindings].find(([other, bound]) => bound === keys && other !== id)?.[0];
  const swapped = withKeys(changes, id, keys);
  return by === undefined ? swapped : withKeys(swapped, by, fitting(bindings.get(id), by));
}

/** Keys that a command may have, or none. */
function fitting(keys: string | undefined, id: CommandId): string | undefined {
  const entry = COMMAND_CATALOG.find((one) => one.id === id);
  return keys === undefined || entry === undefined || keyRefusal(keys, entry) !== undefined ? undefined : keys;
}

const PRESSED: Readonly<Record<string, string>> = { Up: 'ArrowUp', Down: 'ArrowDown', Left: 'ArrowLeft', Right: 'ArrowRight', Space: ' ' };

/** The press that these keys are, on a keyboard as in the United States. */
function pressOf(keys: string): Press {
  const parts = keys.split('+');
  const main = parts.at(-1) ?? '';
  const control = parts.includes('CmdOrCtrl');
  return {
    key: PRESSED[main] ?? main, code: /^[A-Z]$/.test(main) ? `Key${main}` : '', ctrlKey: control, metaKey: false, shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt'),
  };
}
