import { COMMAND_CATALOG, type CommandId } from '../../preload/contract/command-catalog';

/** What the window remembers from one start to the next. */
export interface Settings {
  readonly theme: 'system' | 'light' | 'dark';
  readonly confirmClose: boolean;
  readonly confirmCancel: boolean;
  /** Pixels. */
  readonly treeWidth: number;
  readonly sideWidth: number;
  readonly bottomHeight: number;
  /** The newest first. */
  readonly recentFilters: readonly string[];
  readonly savedFilters: readonly string[];
  /** Commands given lately, the newest first. */
  readonly recentCommands: readonly CommandId[];
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'system', confirmClose: true, confirmCancel: true, treeWidth: 336, sideWidth: 376, bottomHeight: 228, recentFilters: [], savedFilters: [], recentCommands: [],
};

/** Texts of a kind that are remembered. */
const MOST_TEXTS = 100;

const KEY = 'hinspector.settings';

/** Reads what was remembered. Whatever cannot be read, or has another type than it should, is as at first. */
export function loadSettings(): Settings {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof found === 'object' && found !== null ? withDefaults(found) : DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // A full or forbidden store costs the memory of the settings, not the settings.
  }
}

function withDefaults(found: object): Settings {
  const known = new Map<string, unknown>(Object.entries(found));
  const size = (name: 'treeWidth' | 'sideWidth' | 'bottomHeight'): number => {
    const value = known.get(name);
    return typeof value === 'number' && value >= 80 && value <= 4000 ? value : DEFAULT_SETTINGS[name];
  };
  const texts = (name: 'recentFilters' | 'savedFilters' | 'recentCommands'): readonly string[] => {
    const value: unknown = known.get(name);
    return Array.isArray(value) ? value.filter((text): text is string => typeof text === 'string').slice(0, MOST_TEXTS) : [];
  };
  const recent = texts('recentCommands');
  const theme = known.get('theme');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    confirmClose: known.get('confirmClose') !== false,
    confirmCancel: known.get('confirmCancel') !== false,
    treeWidth: size('treeWidth'), sideWidth: size('sideWidth'), bottomHeight: size('bottomHeight'),
    recentFilters: texts('recentFilters'), savedFilters: texts('savedFilters'),
    recentCommands: COMMAND_CATALOG.map(({ id }) => id).filter((id) => recent.includes(id)).sort((a, b) => recent.indexOf(a) - recent.indexOf(b)),
  };
}
