/**
 * How a structure lies in memory on x64: what the tables of structures are written in, and what the codec reads and
 * writes by. Offsets and sizes are in bytes and equal those of the SDK headers.
 */
export type FieldType =
  | { readonly kind: 'uint'; readonly bytes: 1 | 2 | 4 | 8; readonly constants?: string; readonly flags?: string; readonly is?: 'size-of-structure' }
  /** A nested structure by value. */
  | { readonly kind: 'struct'; readonly struct: string }
  /** A pointer to text; `length` names the field with its length in bytes (or `unit`), without it the text ends at a NUL. */
  | { readonly kind: 'text'; readonly width: 'A' | 'W'; readonly length?: string; readonly unit?: 'TCHAR' }
  /** A pointer to bytes. */
  | { readonly kind: 'bytes'; readonly length: string }
  /** A pointer to that many structures. */
  | { readonly kind: 'array'; readonly struct: string; readonly count: string }
  /** Inline array of HTTP_KNOWN_HEADER, indexed by HTTP_HEADER_ID; read and written as a map by wire name. */
  | { readonly kind: 'known-headers'; readonly of: 'request' | 'response' }
  /** A pointer to a SOCKADDR, read and written as "address:port"; `length` names the field with its size in bytes. */
  | { readonly kind: 'sockaddr'; readonly length?: string }
  /** That many SOCKADDR_STORAGE, lying in the structure itself. */
  | { readonly kind: 'inline-sockaddrs'; readonly count: string }
  /** A pointer to one structure. */
  | { readonly kind: 'struct-pointer'; readonly struct: string }
  /** Bytes that lie in the structure itself. */
  | { readonly kind: 'inline-bytes'; readonly bytes: number }
  /** Text inside the structure, up to its NUL; `count` is the room in characters. */
  | { readonly kind: 'chars'; readonly width: 'A' | 'W'; readonly count: number }
  | { readonly kind: 'pointer' }
  /** Eight bytes of a kernel handle. */
  | { readonly kind: 'handle' };

export interface Field {
  readonly name: string;
  readonly offset: number;
  readonly type: FieldType;
  /** The field exists only when another field has this value (a union member). */
  readonly when?: { readonly field: string; readonly is: number };
}

export interface StructLayout {
  readonly size: number;
  readonly fields: readonly Field[];
  /**
   * Members of its union that are structures on its page (FromMemory), each with the value of the selector that chooses
   * it. Their fields are fields of this one, under their own names. `whichever`: it holds whatever field is chosen.
   */
  readonly members?: Readonly<Record<string, NonNullable<Field['when']> | 'whichever'>>;
}

export const u8 = { kind: 'uint', bytes: 1 } as const;
export const u16 = { kind: 'uint', bytes: 2 } as const;
export const u32 = { kind: 'uint', bytes: 4 } as const;
export const u64 = { kind: 'uint', bytes: 8 } as const;
export const pointer = { kind: 'pointer' } as const;

/** One field of a table. @param offset in bytes @param when for a member of a union: which field chooses it, and by what value */
export const field = (name: string, offset: number, type: FieldType, when?: Field['when']): Field =>
  when === undefined ? { name, offset, type } : { name, offset, type, when };
