declare const brand: unique symbol;
type Branded<T, B extends string> = T & { readonly [brand]: B };

/** Names one handle for the life of a trace: monotonic from 1, never reused. Raw values recycle and are only shown. */
export type HandleId = Branded<number, 'HandleId'>;

/** The place of an event in its trace, from 0. */
export type Seq = Branded<number, 'Seq'>;

/** Brands a number that is known to name a handle: given by the registry, or checked by the schema at the bridge. */
export function handleId(value: number): HandleId {
  // The brand exists for the compiler only.
  return value as HandleId;
}

/** Brands a number that is known to be the place of an event. */
export function seq(value: number): Seq {
  // The brand exists for the compiler only.
  return value as Seq;
}
