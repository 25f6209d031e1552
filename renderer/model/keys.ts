/** A pressed key, as the page's events tell it. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const KEY_CODES: Readonly<Record<string, string>> = { '/': 'Slash', ',': 'Comma', '.': 'Period', '=': 'Equal', '-': 'Minus' };

/**
 * Whether a key press is an accelerator such as "CmdOrCtrl+Shift+N".
 * Letters and signs count by their place on the keyboard as well as by what they write, so that every layout has them.
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
  if (press.key.toLowerCase() === main.toLowerCase()) return true;
  if (/^[A-Z]$/.test(main)) return press.code === `Key${main}` && !/^[a-z]$/i.test(press.key);
  return press.code === KEY_CODES[main] || (main === '/' && press.key === '?');
}

/** Whether the keys mean something to a text field, so that they must not be taken from it. */
export function belongsToText(keys: string): boolean {
  return !keys.startsWith('CmdOrCtrl+') && !/^F\d+$/.test(keys);
}

/** The keys as they are written on a keyboard. */
export function keyLabel(keys: string): string {
  return keys.replace('CmdOrCtrl', 'Ctrl').replace('Delete', 'Del').replace('Shift+/', '?');
}
