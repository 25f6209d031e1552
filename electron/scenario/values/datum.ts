/**
 * A value while a scenario runs: what an expression gave, or what was observed. Integers of every width are bigints;
 * undefined is NULL, or nothing.
 */
export type Datum = undefined | boolean | bigint | string | Uint8Array | readonly Datum[] | DatumMap | MemoryDatum | RecordDatum;

/** A structure or a map: plain fields by name. */
export interface DatumMap {
  readonly kind: 'map';
  readonly fields: ReadonlyMap<string, Datum>;
  /** Fields of it that are one structure on its page: of a HTTP_DATA_CHUNK from memory, FromMemory. */
  readonly members?: ReadonlyMap<string, DatumMap>;
}

/** Memory that a call was given, read anew whenever it is used. */
export interface MemoryDatum {
  readonly kind: 'memory';
  /** 0n is NULL. */
  readonly address: bigint;
  /** All of it, as it is now. */
  readonly whole: () => Uint8Array;
  /** What it means: a number, a text, a structure, or as many bytes as the call reported. */
  readonly read: () => Datum;
  /** Whether it still holds what it was handed over with. */
  readonly unchanged: () => boolean;
  /** How a text in it is encoded. */
  readonly width: 'A' | 'W';
}

/** A thing with a value of its own and parts beside it: what a call made, with its OUT parameters. */
export interface RecordDatum {
  readonly kind: 'record';
  readonly self: () => Datum;
  /** Undefined for a name that is none of its parts. */
  readonly part: (name: string) => { readonly value: Datum } | undefined;
  readonly parts: () => readonly string[];
}

export function isList(datum: Datum): datum is readonly Datum[] {
  return Array.isArray(datum);
}

export function mapOf(fields: Readonly<Record<string, Datum>>): DatumMap {
  return { kind: 'map', fields: new Map(Object.entries(fields)) };
}

/** A record whose parts are read when they are asked for. */
export function recordOf(self: () => Datum, parts: Readonly<Record<string, () => Datum>>): RecordDatum {
  return {
    kind: 'record',
    self,
    part: (name) => {
      const key = Object.hasOwn(parts, name) ? name : findName(name, Object.keys(parts));
      const read = key === undefined ? undefined : parts[key];
      return read === undefined ? undefined : { value: read() };
    },
    parts: () => Object.keys(parts),
  };
}

/** Finds a field as it was written: exactly, with the `p` of a pointer left off, or in another letter case. */
export function findName(wanted: string, names: readonly string[]): string | undefined {
  if (names.includes(wanted)) return wanted;
  if (names.includes(`p${wanted}`)) return `p${wanted}`;
  const lower = wanted.toLowerCase();
  return names.find((name) => name.toLowerCase() === lower);
}

export function isMap(datum: Datum): datum is DatumMap {
  return typeof datum === 'object' && !isList(datum) && !(datum instanceof Uint8Array) && datum.kind === 'map';
}

export function isMemory(datum: Datum): datum is MemoryDatum {
  return typeof datum === 'object' && !isList(datum) && !(datum instanceof Uint8Array) && datum.kind === 'memory';
}

export function isRecord(datum: Datum): datum is RecordDatum {
  return typeof datum === 'object' && !isList(datum) && !(datum instanceof Uint8Array) && datum.kind === 'record';
}

/** What a datum stands for where one plain value is due: a record's own value, the meaning of memory. */
export function plain(datum: Datum): Exclude<Datum, MemoryDatum | RecordDatum> {
  let current = datum;
  while (isRecord(current) || isMemory(current)) current = isRecord(current) ? current.self() : current.read();
  return current;
}

export function bytesOfText(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes as a text where they are one, for messages and for putting into texts. */
export function textOfBytes(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
