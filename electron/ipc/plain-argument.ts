/** Entries of lists and objects that a message has at most, all together: a timeline's 2,000 lanes, and room. */
const MOST_ENTRIES = 10_000;
const DEEPEST = 8;

/**
 * Why a message is not even looked at, or undefined. The structured clone lets through megabytes of typed array, maps
 * and cycles; a schema that enumerates the keys of ten million bytes holds up every callback for seconds.
 * @param bytesIn the field of the message that may hold bytes
 */
export function notPlain(argument: unknown, bytesIn?: string): string | undefined {
  let left = MOST_ENTRIES;
  const look = (value: unknown, depth: number): string | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    if (depth > DEEPEST) return `is nested more than ${DEEPEST} deep`;
    if (!Array.isArray(value) && !isPlainObject(value)) return 'holds something that is neither text, number, list nor plain object';
    const inner: readonly unknown[] = Array.isArray(value) ? value
      : Object.entries(value).flatMap(([key, one]) => (depth === 0 && key === bytesIn && one instanceof Uint8Array ? [] : [one]));
    left -= inner.length;
    if (left < 0) return `has more than ${MOST_ENTRIES.toLocaleString('en')} entries`;
    for (const one of inner) {
      const problem = look(one, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  };
  return look(argument, 0);
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
