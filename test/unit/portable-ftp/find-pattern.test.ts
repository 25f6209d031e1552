import { expect, test } from 'vitest';
import { findPattern, lastPart } from '../../../electron/engine/portable/wininet/ftp/find-pattern';

test.each([
  ['', '', ['a', 'b.txt']],
  ['pub', 'pub', ['a', 'b.txt']],
  ['*.txt', '', ['b.txt']],
  ['pub/?', 'pub', ['a']],
  ['/*', '/', ['a', 'b.txt']],
  ['/pub/deep/B.*', '/pub/deep', ['b.txt']],
  ['*.*', '', ['a', 'b.txt']],
  ['[ab]*', '', []],
])('%j asks for %j and takes %j', (search, list, taken) => {
  const pattern = findPattern(search);
  expect(pattern.list).toBe(list);
  expect(['a', 'b.txt'].filter(pattern.takes)).toEqual(taken);
});

test('a name that a server lists with its path is the last part of it', () => {
  expect(lastPart('pub/a.txt')).toBe('a.txt');
  expect(lastPart('a.txt')).toBe('a.txt');
});
