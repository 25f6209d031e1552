/** A setting: what it is at first, and how it is read from what was remembered, which may be anything. */
export interface SettingKind<T> {
  readonly initial: T;
  /** Undefined for what the setting cannot be: it is then as at first. */
  readonly read: (found: unknown) => T | undefined;
  /** Of this window alone: another window that changes it changes nothing here. */
  readonly ownOfWindow?: true;
}

/** One of a few words; the first is the one at first. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T): SettingKind<T[number]> {
  return { initial: words[0], read: (found) => words.find((word) => word === found) };
}

/** A measure of the window in CSS pixels. */
export function pixels(initial: number): SettingKind<number> {
  return { initial, read: (found) => (typeof found === 'number' && found >= 80 && found <= 4000 ? found : undefined), ownOfWindow: true };
}

/** Texts of a kind that are remembered. */
const MOST_TEXTS = 100;

/** @param which those that may stand there; without it any text */
export function texts<T extends string = string>(which?: readonly T[]): SettingKind<readonly T[]> {
  // Without a list of those that may stand there, T is string.
  const known = (text: unknown): text is T => typeof text === 'string' && (which === undefined || (which as readonly string[]).includes(text));
  return { initial: [], read: (found) => (Array.isArray(found) ? found.filter(known).slice(0, MOST_TEXTS) : undefined) };
}
