/** Matching of observed sequences against items that may be optional or repeat; it knows nothing of callbacks. */
export interface SequenceItem {
  readonly optional: boolean;
  readonly repeats: boolean;
}

/**
 * How many of the items appear in this order, with anything between them.
 * @returns items.length when all do, else the index of the first required item that is missing
 */
export function orderedPrefix<I extends SequenceItem, T>(items: readonly I[], observed: readonly T[], fits: (item: I, one: T) => boolean): number {
  let position = 0;
  for (const [index, item] of items.entries()) {
    const found = observed.findIndex((one, at) => at >= position && fits(item, one));
    if (found >= 0) position = found + 1;
    else if (!item.optional) return index;
  }
  return items.length;
}

export interface ExactResult {
  readonly holds: boolean;
  /** How far the best attempt came: the first observed one and the first item that did not fit each other. */
  readonly observedIndex: number;
  readonly itemIndex: number;
}

/** Whether the observed sequence is the whole of what the items describe. */
export function matchesExactly<I extends SequenceItem, T>(items: readonly I[], observed: readonly T[], fits: (item: I, one: T) => boolean): ExactResult {
  let best = { observedIndex: 0, itemIndex: 0 };
  const tried = new Set<string>();
  const attempt = (itemIndex: number, observedIndex: number, again: boolean): boolean => {
    const key = `${itemIndex} ${observedIndex} ${again}`;
    if (tried.has(key)) return false;
    tried.add(key);
    if (observedIndex > best.observedIndex || (observedIndex === best.observedIndex && itemIndex > best.itemIndex)) best = { observedIndex, itemIndex };
    const item = items[itemIndex];
    if (item === undefined) return observedIndex === observed.length;
    const one = observed[observedIndex];
    if (observedIndex < observed.length && one !== undefined && fits(item, one)) {
      if (item.repeats && attempt(itemIndex, observedIndex + 1, true)) return true;
      if (attempt(itemIndex + 1, observedIndex + 1, false)) return true;
    }
    return (item.optional || again) && attempt(itemIndex + 1, observedIndex, false);
  };
  const holds = attempt(0, 0, false);
  return { holds, ...best };
}
