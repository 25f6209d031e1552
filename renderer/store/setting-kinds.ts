import { firstPlaces, placesFrom, type ColumnInfo, type ColumnPlace } from '../model/columns';

/** A setting: what it is at first, and how it is read from what was remembered, which may be anything. */
export interface SettingKind<T> {
  readonly initial: T;
  /** Undefined for what the setting cannot be: it is then as at first. */
  readonly read: (found: unknown) => T | undefined;
}

export type ValuesOf<Kinds> = { readonly [K in keyof Kinds]: Kinds[K] extends SettingKind<infer T> ? T : never };

/** Settings as they were remembered. Whatever cannot be read, or is not what it should be, is as at first. */
export function readKinds<Kinds extends Readonly<Record<string, SettingKind<unknown>>>>(kinds: Kinds, found: unknown): ValuesOf<Kinds> {
  const known = new Map<string, unknown>(typeof found === 'object' && found !== null ? Object.entries(found) : []);
  const read = Object.entries(kinds).map(([name, kind]) => [name, kind.read(known.get(name)) ?? kind.initial] as const);
  // Each value is what the kind of its own name has read; fromEntries knows no names.
  return Object.fromEntries(read) as ValuesOf<Kinds>;
}

/** One of a few words; the first is the one at first. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T): SettingKind<T[number]> {
  return { initial: words[0], read: (found) => words.find((word) => word === found) };
}

export function flag(initial: boolean): SettingKind<boolean> {
  return { initial, read: (found) => (typeof found === 'boolean' ? found : undefined) };
}

/** A measure of the window in CSS pixels. */
export function pixels(initial: number): SettingKind<number> {
  return { initial, read: (found) => (typeof found === 'number' && found >= 80 && found <= 4000 ? found : undefined) };
}

/** Where the columns of a table stand, which are shown, and how wide. */
export function places<Id extends string>(columns: readonly ColumnInfo<Id>[]): SettingKind<readonly ColumnPlace<Id>[]> {
  return { initial: firstPlaces(columns), read: (found) => placesFrom(columns, found) };
}

/** Texts of a kind that are remembered. */
const MOST_TEXTS = 100;

/** @param which those that may stand there; without it any text */
export function texts<T extends string = string>(which?: readonly T[]): SettingKind<readonly T[]> {
  // Without a list of those that may stand there, T is string.
  const known = (text: unknown): text is T => typeof text === 'string' && (which === undefined || (which as readonly string[]).includes(text));
  return { initial: [], read: (found) => (Array.isArray(found) ? found.filter(known).slice(0, MOST_TEXTS) : undefined) };
}
