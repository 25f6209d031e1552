import type { Position } from './problem';
import type { Value } from './value';

/** What is expected of an observed value. */
export type Matcher =
  | { readonly kind: 'value'; readonly value: Value; readonly at: Position }
  /** Item by item; against a number, the flags whose sum it must be. */
  | { readonly kind: 'list'; readonly items: readonly Matcher[]; readonly at: Position }
  /** The named fields must match; others may be there. */
  | { readonly kind: 'fields'; readonly fields: readonly MatcherField[]; readonly at: Position }
  /** All of the words must hold. */
  | { readonly kind: 'words'; readonly words: readonly Word[]; readonly at: Position };

export interface MatcherField {
  readonly name: string;
  readonly nameAt: Position;
  readonly matcher: Matcher;
}

export type Word =
  | { readonly word: 'is'; readonly matcher: Matcher; readonly ignoring: readonly Value[] }
  | { readonly word: 'not'; readonly matcher: Matcher }
  | { readonly word: 'any'; readonly matchers: readonly Matcher[] }
  | { readonly word: 'min' | 'max' | 'above' | 'below'; readonly value: Value }
  | { readonly word: 'starts' | 'ends'; readonly value: Value }
  | { readonly word: 'contains'; readonly values: readonly Matcher[] }
  | { readonly word: 'has'; readonly flags: readonly Value[] }
  /** The fields, and no others. */
  | { readonly word: 'only'; readonly fields: readonly MatcherField[] }
  /** Whether memory still holds the pattern it was given with. */
  | { readonly word: 'unchanged'; readonly unchanged: boolean };

export const MATCHER_WORDS: readonly string[] = [
  'is', 'not', 'any', 'min', 'max', 'above', 'below', 'starts', 'ends', 'contains', 'has', 'ignoring', 'only', 'unchanged',
];

/** Every value inside a matcher, for the checker of names. */
export function valuesInMatcher(matcher: Matcher): readonly Value[] {
  switch (matcher.kind) {
    case 'value':
      return [matcher.value];
    case 'list':
      return matcher.items.flatMap(valuesInMatcher);
    case 'fields':
      return matcher.fields.flatMap((field) => valuesInMatcher(field.matcher));
    case 'words':
      return matcher.words.flatMap(valuesInWord);
  }
}

function valuesInWord(word: Word): readonly Value[] {
  switch (word.word) {
    case 'is':
      return [...valuesInMatcher(word.matcher), ...word.ignoring];
    case 'not':
      return valuesInMatcher(word.matcher);
    case 'any':
      return word.matchers.flatMap(valuesInMatcher);
    case 'min':
    case 'max':
    case 'above':
    case 'below':
    case 'starts':
    case 'ends':
      return [word.value];
    case 'contains':
      return word.values.flatMap(valuesInMatcher);
    case 'has':
      return word.flags;
    case 'only':
      return word.fields.flatMap((field) => valuesInMatcher(field.matcher));
    case 'unchanged':
      return [];
  }
}
