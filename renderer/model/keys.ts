/** A pressed key, as the page's events tell it. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const SIGN_CODES: Readonly<Record<string, string>> = {
  '/': 'Slash', ',': 'Comma', '.': 'Period', '=': 'Equal', '-': 'Minus', ';': 'Semicolon', "'": 'Quote', '[': 'BracketLeft', ']': 'BracketRight', '\\': 'Backslash', '`': 'Backquote',
};

/** Names of keys where the page's events have others than an accelerator. */
const KEY_NAMES: Readonly<Record<string, string>> = { 'ArrowUp': 'Up', 'ArrowDown': 'Down', 'ArrowLeft': 'Left', 'ArrowRight': 'Right', ' ': 'Space' };

const NAMED: ReadonlySet<string> = new Set([...Object.values(KEY_NAMES), 'Delete', 'Insert', 'Home', 'End', 'PageUp', 'PageDown', 'Enter', 'Tab', 'Backspace', 'Escape']);

/**
 * Whether a key press is an accelerator such as "CmdOrCtrl+Shift+N".
 * Letters, digits and signs count by their place on the keyboard as well as by what they write, so that every layout has them.
 */
export function matchesKeys(press: Press, keys: string): boolean {
  const parts = keys.split('+');
  const main = parts.at(-1) ?? '';
  const modifiers = new Set(parts.slice(0, -1));
  // "+" is on the key of "=" on some keyboards, with or without Shift, and on one of its own on others.
  if (main === '=' && press.key === '+') return modifiers.has('CmdOrCtrl') === (press.ctrlKey || press.metaKey) && !press.altKey;
  if (modifiers.has('CmdOrCtrl') !== (press.ctrlKey || press.metaKey)) return false;
  if (modifiers.has('Alt') !== press.altKey || modifiers.has('Shift') !== press.shiftKey) {
    // "?" is Shift+/ on some keyboards and another combination on others.
    return main === '/' && modifiers.has('Shift') && press.key === '?' && !press.ctrlKey && !press.metaKey;
  }
  if ((KEY_NAMES[press.key] ?? press.key).toLowerCase() === main.toLowerCase()) return true;
  if (/^[A-Z]$/.test(main)) return press.code === `Key${main}` && !/^[a-z]$/i.test(press.key);
  if (/^\d$/.test(main)) return press.code === `Digit${main}`;
  return press.code === SIGN_CODES[main] || (main === '/' && press.key === '?');
}

/** The accelerator that a press is; undefined for a modifier alone, and for a key that no accelerator names. */
export function pressedKeys(press: Press): string | undefined {
  const main = mainKey(press);
  if (main === undefined) return undefined;
  return [press.ctrlKey || press.metaKey ? 'CmdOrCtrl' : '', press.altKey ? 'Alt' : '', press.shiftKey ? 'Shift' : '', main].filter((part) => part !== '').join('+');
}

function mainKey({ key, code }: Press): string | undefined {
  const named = KEY_NAMES[key] ?? key;
  if (NAMED.has(named) || /^F([1-9]|1[0-9]|2[0-4])$/.test(named)) return named;
  if (/^[a-z0-9]$/i.test(key)) return key.toUpperCase();
  if (SIGN_CODES[key] !== undefined) return key;
  // What Shift or another script has made of it: then its place says which key it is.
  const place = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  return place ?? Object.entries(SIGN_CODES).find(([, sign]) => sign === code)?.[0];
}

const LABELS: Readonly<Record<string, string>> = { CmdOrCtrl: 'Ctrl', Delete: 'Del', Insert: 'Ins', PageUp: 'PgUp', PageDown: 'PgDn', Up: '↑', Down: '↓', Left: '←', Right: '→' };

/** The keys as they are written on a keyboard. */
export function keyLabel(keys: string): string {
  return keys === 'Shift+/' ? '?' : keys.split('+').map((part) => LABELS[part] ?? part).join('+');
}
