import * as fc from 'fast-check';

/** What an intruder in the page can send: all of it survives the structured clone between the processes, unless it says otherwise. */

const MEGABYTES = 10 * 1024 * 1024;

function cyclic(): object {
  const made: Record<string, unknown> = { kind: 'annotate' };
  made['self'] = made;
  made['annotation'] = made;
  return made;
}

function cyclicList(): unknown[] {
  const made: unknown[] = [];
  made.push(made);
  return made;
}

function nested(depth: number): unknown {
  let made: unknown = 'end';
  for (let i = 0; i < depth; i += 1) made = i % 2 === 0 ? [made] : { kind: made };
  return made;
}

/** Nothing but holes. */
const sparse: unknown[] = [];
sparse.length = 1e6;

/** Made once: a thousand copies would measure the making. */
const LARGE = [
  'x'.repeat(MEGABYTES), 'a: b\n'.repeat(MEGABYTES / 5), `http://${'a/'.repeat(MEGABYTES / 2)}`, ' '.repeat(MEGABYTES), 'a-'.repeat(MEGABYTES / 2), '\ud800'.repeat(1e6),
  Array.from({ length: 1e5 }, (_, index) => index + 1), sparse, new Uint8Array(MEGABYTES), new Map(Array.from({ length: 1e4 }, (_, index) => [index, index])),
] as const;

const ODD = [
  Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, -1, -2147483648, 1.5, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53, -(2 ** 53), Number.MAX_VALUE, Number.MIN_VALUE, 10n, -1n,
  null, undefined, true, false, '', ' ', '\0', '1', '\ud800', 'x\udfff', '\u202e', '\r\nX-Split: 1', '__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty',
  '../../../etc/passwd', '/etc/passwd', '\\\\intruder\\share', 'C:\\Windows\\win.ini', 'file:///etc/passwd', 'javascript:1', 'http://a\0b/', 'http://[::1', '%00', '${process.exit()}',
  cyclic(), cyclicList(), nested(5000), JSON.parse('{"__proto__":{"polluted":true}}'), JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'), { length: 2 ** 53 }, Object.create(null), new Date(Number.NaN),
  new Error('x'), /(a+)+$/, new Map([['kind', 'close']]), new Set([1]), new ArrayBuffer(8), Object(1), Object('open-file'), () => 'does not survive, and is sent all the same', Symbol('nor this'),
] as const;

export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom<unknown>(...ODD) },
  { weight: 4, arbitrary: fc.anything({ maxDepth: 2, maxKeys: 4, withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true, withObjectString: true, withSparseArray: true, withTypedArray: true, withBoxedValues: true }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 2, arbitrary: fc.double() },
);

/** Rare, for what they cost to look at. */
const large: fc.Arbitrary<unknown> = fc.constantFrom<unknown>(...LARGE);

const KEYS = ['__proto__', 'constructor', 'prototype', 'kind', 'path', 'handle', 'request', 'id', 'then', 'toJSON', 'length', ''];

type Path = readonly (string | number)[];

/** Where in an argument something can be put in another's place. */
function placesIn(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...at, key]))];
}

/** A copy with another value at a place; an own property even when its name is __proto__. */
function withAt(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value) && key === 'length') return { ...value, length: put };
  const copy: object = Array.isArray(value) ? [...value] : { ...(typeof value === 'object' ? value : {}) };
  const inner: unknown = Object.hasOwn(copy, key) ? Reflect.get(copy, key) : undefined;
  Object.defineProperty(copy, key, { value: withAt(inner, rest, put), enumerable: true, configurable: true, writable: true });
  return copy;
}

function without(value: unknown, path: Path): unknown {
  const copy: unknown = structuredClone(value);
  let holder: unknown = copy;
  for (const key of path.slice(0, -1)) holder = typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined;
  const last = path.at(-1);
  if (typeof holder === 'object' && holder !== null && last !== undefined) Reflect.deleteProperty(holder, last);
  return copy;
}

/**
 * Arguments nobody should send: values from nowhere, and right ones with one thing wrong, which get further.
 * @param right arguments that the method takes
 */
export function hostileArgument(right: readonly unknown[]): fc.Arbitrary<unknown> {
  if (right.length === 0) return fc.oneof({ weight: 200, arbitrary: hostileValue }, { weight: 1, arbitrary: large });
  const places = right.flatMap((argument) => placesIn(argument).map((path) => ({ argument, path })));
  const place = fc.constantFrom(...places);
  const replaced = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => fc.tuple(place, value).map(([{ argument, path }, put]) => withAt(argument, path, put));
  return fc.oneof(
    { weight: 60, arbitrary: hostileValue },
    { weight: 200, arbitrary: replaced(hostileValue) },
    { weight: 20, arbitrary: fc.tuple(place, fc.constantFrom(...KEYS), hostileValue).map(([{ argument, path }, key, put]) => withAt(argument, [...path, key], put)) },
    { weight: 20, arbitrary: place.map(({ argument, path }) => without(argument, path)) },
    { weight: 2, arbitrary: replaced(large) },
    { weight: 1, arbitrary: large },
  );
}
