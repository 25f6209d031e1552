import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RuleBook } from '../../../electron/inspector/answering/rule-book';
import type { AnswerRule } from '../../../preload/contract/answer-rule';
import { matchesRule, type RequestFacts } from '../../../preload/contract/rule-matching';

const ANY: AnswerRule = { method: '', matching: 'prefix', path: '', header: '', action: { kind: 'leave' } };
const GET: RequestFacts = { method: 'GET', target: '/orders/7/items?page=2', headers: [{ name: 'Accept', value: 'text/html, application/JSON' }] };

describe('a rule matches', () => {
  test.each<[string, Partial<AnswerRule>, boolean]>([
    ['everything that it does not ask about', {}, true],
    ['its method', { method: 'GET' }, true],
    ['no other method', { method: 'POST' }, false],
    ['a method only as it is written', { method: 'get' }, false],
    ['a path that begins so', { path: '/orders/' }, true],
    ['no path that begins otherwise', { path: '/order/' }, false],
    ['the query only where it is asked for', { path: '/orders/7/items?page=2' }, true],
    ['no other query', { path: '/orders/7/items?page=3' }, false],
    ['the whole path where it is a wildcard without a star', { matching: 'wildcard', path: '/orders/7/items' }, true],
    ['no part of it', { matching: 'wildcard', path: '/orders/7' }, false],
    ['anything in the place of a star', { matching: 'wildcard', path: '/orders/*/items' }, true],
    ['several stars', { matching: 'wildcard', path: '*/7/*s' }, true],
    ['nothing in the place of a star, too', { matching: 'wildcard', path: '/orders/7/items*' }, true],
    ['no text twice for two parts of it', { matching: 'wildcard', path: '/orders/7/*7/items' }, false],
    ['a query by a star where there is a question mark', { matching: 'wildcard', path: '/orders/*?page=*' }, true],
    ['a header that is there', { header: 'accept' }, true],
    ['no header that is not', { header: 'Authorization' }, false],
    ['a header whose value contains the text', { header: 'Accept: application/json' }, true],
    ['no other value', { header: 'Accept: image' }, false],
    ['only where all of it matches', { method: 'GET', path: '/orders/', header: 'Accept: image' }, false],
  ])('%s', (_what, rule, expected) => {
    expect(matchesRule({ ...ANY, ...rule }, GET)).toBe(expected);
  });

  test('by wildcard whatever a regular expression of the same pattern would, in a time that does not explode', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 12 });
    fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), text, (parts, path) => {
      const regular = new RegExp(`^${parts.map((part) => part.replaceAll('/', '\\/')).join('.*')}$`);
      const pattern = parts.join('*');
      fc.pre(pattern !== '');
      expect(matchesRule({ ...ANY, matching: 'wildcard', path: pattern }, { ...GET, target: path })).toBe(regular.test(path));
    }));
    expect(matchesRule({ ...ANY, matching: 'wildcard', path: `/${'*a'.repeat(1000)}*b` }, { ...GET, target: `/${'a'.repeat(8000)}` })).toBe(false);
  });
});

describe('of several rules', () => {
  test('the first that matches takes the request', () => {
    const book = new RuleBook([{ ...ANY, method: 'POST' }, { ...ANY, path: '/orders' }, ANY]);
    expect([book.take(GET)?.number, book.take({ ...GET, target: '/' })?.number, book.take({ ...GET, method: 'POST' })?.number]).toEqual([2, 3, 1]);
    expect(book.state.taken).toEqual([1, 1, 1]);
  });

  test('one that has taken its number rests, and the next takes over', () => {
    const book = new RuleBook([{ ...ANY, times: 1 }, { ...ANY, times: 2 }]);
    expect([1, 2, 3, 4].map(() => book.take(GET)?.number)).toEqual([1, 2, 2, undefined]);
  });
});
