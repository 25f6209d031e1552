import { COMMAND_CATALOG } from '../../preload/contract/command-catalog';
import { keyChangesFrom, type KeyChanges } from '../../preload/contract/command-keys';
import { oneOf, readKinds, texts, type SettingKind, type ValuesOf } from './setting-kinds';

/** What the windows remember from one start to the next: each setting once, with what it is at first and how it is read. */
const KINDS = {
  theme: oneOf(['system', 'light', 'dark']),
  /** Before something is closed, cancelled or removed: ask, do it after three seconds in which it can be undone, or do it at once. */
  ending: oneOf(['ask', 'undo', 'at-once']),
  /** Keys that the person has given to commands, in place of those of the catalogue. */
  keys: { initial: {}, read: keyChangesFrom } satisfies SettingKind<KeyChanges> as SettingKind<KeyChanges>,
  /** The newest first. */
  recentFilters: texts(),
  savedFilters: texts(),
  /** Commands given lately, the newest first. */
  recentCommands: texts(COMMAND_CATALOG.map(({ id }) => id)),
} as const;

export type Settings = ValuesOf<typeof KINDS>;

const KEY = 'hinspector.settings';

export function loadSettings(): Settings {
  try {
    return settingsFrom(JSON.parse(localStorage.getItem(KEY) ?? '{}'));
  } catch {
    return settingsFrom({});
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A full or forbidden store costs the memory of the settings, not the settings.
  }
}

/** Settings as they were remembered. Whatever cannot be read, or is not what it should be, is as at first. */
export function settingsFrom(found: unknown): Settings {
  return readKinds(KINDS, found);
}

/** Tells the settings when another window has changed one. The answer ends it. */
export function onSettingsOfOthers(listener: (settings: Settings) => void): () => void {
  const hear = ({ key }: StorageEvent): void => {
    // Without a key everything was taken away.
    if (key === KEY || key === null) listener(loadSettings());
  };
  addEventListener('storage', hear);
  return () => removeEventListener('storage', hear);
}
