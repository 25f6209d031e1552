/** How many single-character edits turn one word into the other; letter case is not counted. */
function distance(left: string, right: string): number {
  const a = left.toLowerCase();
  const b = right.toLowerCase();
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The allowed word a person most likely meant, or undefined when none is near. */
export function nearest(word: string, allowed: Iterable<string>): string | undefined {
  const limit = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of allowed) {
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const d = distance(word, candidate);
    if (d < bestDistance) {
      best = candidate;
      bestDistance = d;
    }
  }
  return best;
}

/** Whether so many single-character edits, or fewer, turn one word into the other. */
export function within(edits: number, left: string, right: string): boolean {
  return Math.abs(left.length - right.length) <= edits && distance(left, right) <= edits;
}

/** ` Did you mean "x"?`, or nothing. */
export function suggestion(word: string, allowed: Iterable<string>): string {
  const candidate = nearest(word, allowed);
  return candidate === undefined ? '' : ` Did you mean "${candidate}"?`;
}
