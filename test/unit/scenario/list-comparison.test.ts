import { expect, test } from 'vitest';
import { alignSequence } from '../../../electron/scenario/runner/list-comparison';

interface Item { readonly text: string; readonly optional: boolean; readonly repeats: boolean }

function items(words: string): readonly Item[] {
  return words.split(' ').filter((word) => word !== '').map((word) => ({ text: word.replace(/[?+]$/, ''), optional: word.endsWith('?'), repeats: word.endsWith('+') }));
}

/** "a=a" held, "a|" did not come, "|b" came besides, "a/b" came in its place; a "!" behind what should not be. */
function aligned(expected: string, observed: string, othersAllowed = false): string {
  return alignSequence({
    items: items(expected), observed: observed.split(' ').filter((one) => one !== ''), othersAllowed,
    fits: (item, one) => item.text === one, itemWords: ({ text }) => text, observedWords: (one) => one,
  }).map(({ expected: due, observed: seen, held }) => `${due ?? ''}${due !== undefined && seen !== undefined && held ? '=' : due !== undefined && seen !== undefined ? '/' : '|'}${seen ?? ''}${held ? '' : '!'}`).join(' ');
}

test('what fits stands side by side, and what is missing or too much stands alone', () => {
  expect(aligned('a b c', 'a b c')).toBe('a=a b=b c=c');
  expect(aligned('a b c', 'a c')).toBe('a=a b|! c=c');
  expect(aligned('a c', 'a b c')).toBe('a=a |b! c=c');
  expect(aligned('a b c', 'a x c')).toBe('a=a b/x! c=c');
  expect(aligned('', 'a')).toBe('|a!');
  expect(aligned('a', '')).toBe('a|!');
});

test('where an order is asked for, what comes between is no fault', () => {
  expect(aligned('a c', 'a b c d', true)).toBe('a=a |b c=c |d');
  expect(aligned('a c', 'c a', true)).toContain('!');
});

test('an item may stand for several, or for none', () => {
  expect(aligned('a b+ c', 'a b b b c')).toBe('a=a b=b b=b b=b c=c');
  expect(aligned('a b? c', 'a c')).toBe('a=a c=c');
  expect(aligned('a b+ c', 'a c')).toBe('a=a b|! c=c');
});
