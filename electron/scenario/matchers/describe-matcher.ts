import type { Matcher, Word } from '../language/matcher';
import type { Value } from '../language/value';
import type { NameHint } from '../values/describe';
import { evaluate, type Scope } from '../values/evaluate';
import { describeExpected } from './describe-expected';

/** Fields whose numbers are error codes wherever they stand. */
export function hintOfField(name: string): NameHint | undefined {
  return name === 'dwError' || name === 'result' || name === 'lastError' ? { kind: 'error' } : undefined;
}

/** A matcher in words, for messages. */
export function describeMatcher(matcher: Matcher, scope: Scope, hint?: NameHint): string {
  switch (matcher.kind) {
    case 'value': {
      const value = evaluate(matcher.value, scope);
      return value.ok ? describeExpected(matcher.value, value.value, undefined, hint) : value.error;
    }
    case 'list':
      return `[${matcher.items.map((item) => describeMatcher(item, scope, hint)).join(', ')}]`;
    case 'fields':
      return `{${matcher.fields.map((field) => `${field.name}: ${describeMatcher(field.matcher, scope, hintOfField(field.name))}`).join(', ')}}`;
    case 'words':
      return matcher.words.map((word) => describeWord(word, scope, hint)).join(' and ');
  }
}

function describeWord(word: Word, scope: Scope, hint: NameHint | undefined): string {
  const inWords = (value: Value): string => describeMatcher({ kind: 'value', value, at: value.at }, scope, hint);
  switch (word.word) {
    case 'is':
      return describeMatcher(word.matcher, scope, hint) + (word.ignoring.length === 0 ? '' : `, ignoring ${word.ignoring.map(inWords).join(', ')}`);
    case 'not':
      return `not ${describeMatcher(word.matcher, scope, hint)}`;
    case 'any':
      return `any of ${word.matchers.map((one) => describeMatcher(one, scope, hint)).join(', ')}`;
    case 'min':
      return `at least ${inWords(word.value)}`;
    case 'max':
      return `at most ${inWords(word.value)}`;
    case 'above':
    case 'below':
    case 'starts':
    case 'ends':
      return `${word.word} ${inWords(word.value)}`;
    case 'contains':
      return `contains ${word.values.map((one) => describeMatcher(one, scope)).join(' and ')}`;
    case 'has':
      return `has ${word.flags.map(inWords).join(', ')}`;
    case 'only':
      return `only {${word.fields.map((field) => `${field.name}: ${describeMatcher(field.matcher, scope)}`).join(', ')}}`;
    case 'unchanged':
      return word.unchanged ? 'memory that was not written' : 'memory that was written';
  }
}
