/** Where the letters of what is looked for stand in a text, and how well they fit; higher is better. */
export interface FuzzyMatch {
  readonly score: number;
  /** Places of the letters, from the first. */
  readonly places: readonly number[];
}

const AT_WORD = 8;
const IN_A_ROW = 5;

/**
 * Finds letters in their order, not necessarily side by side. Letters that begin a word and letters in a row count for
 * more, what is skipped counts against it. Blanks in what is looked for do not count.
 */
export function fuzzyMatch(wanted: string, text: string): FuzzyMatch | undefined {
  const letters = wanted.toLowerCase().replaceAll(/\s+/g, '');
  const lower = text.toLowerCase();
  let best: FuzzyMatch | undefined = letters === '' ? { score: 0, places: [] } : undefined;
  // Each place of the first letter: the earliest is not the best one in "Bookmark", for the "m" of "Mark".
  for (let from = lower.indexOf(letters[0] ?? ''); letters !== '' && from >= 0; from = lower.indexOf(letters[0] ?? '', from + 1)) {
    const match = matchFrom(letters, lower, from);
    if (match !== undefined && (best === undefined || match.score > best.score)) best = match;
  }
  return best;
}

function matchFrom(letters: string, text: string, from: number): FuzzyMatch | undefined {
  const places: number[] = [];
  let score = -from;
  for (const letter of letters) {
    const before = places.at(-1);
    const begin = before === undefined ? from : before + 1;
    // A letter that goes on with the row comes before one that begins a later word.
    const at = text[begin] === letter ? begin : wordStart(text, letter, begin) ?? text.indexOf(letter, begin);
    if (at < 0) return undefined;
    if (before !== undefined) score += at === before + 1 ? IN_A_ROW : -(at - before);
    if (isWordStart(text, at)) score += AT_WORD;
    places.push(at);
  }
  return { score, places };
}

function wordStart(text: string, letter: string, from: number): number | undefined {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at;
  return undefined;
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || /[^\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}
