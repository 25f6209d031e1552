import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainFilter } from '../../../preload/contract/filter/explain-filter';
import { CHOICE_KEYS, CLOSED_VALUES, COMPARISONS, FILTER_EVENT_KINDS, FILTER_KEY_INFO, MEASURE_KEYS, type FilterTerm } from '../../../preload/contract/filter/filter';
import { checkedFilter, MOST_TERMS, parseFilter } from '../../../preload/contract/filter/parse-filter';
import { EVENT_KINDS } from '../../../electron/trace/event-block';
import { printFilter } from './print-filter';

/** A filter apart from where its terms stand. */
function read(text: string): readonly Omit<FilterTerm, 'at'>[] {
  return checkedFilter(text).map(({ at: _at, ...term }) => term);
}

function mistake(text: string): { readonly under: string; readonly message: string } {
  const parsed = parseFilter(text);
  if (parsed.ok) throw new Error(`${text} has no mistake`);
  return { under: text.slice(parsed.error.at.from, parsed.error.at.to), message: parsed.error.message };
}

describe('a filter', () => {
  test('is words to be found, whatever they look like, unless they begin with a key', () => {
    for (const text of ['http://a.test:8080/x', '127.0.0.1:80', 'localhost:8080', 'dwResult=1', 'a"b', 'C:\\temp', '-', 'InternetReadFile']) {
      expect(read(text)).toEqual([{ kind: 'text', negated: false, text: text.toLowerCase() }]);
    }
    expect(read('  two   words ')).toHaveLength(2);
  });

  test('has text in quotation marks, with blanks and keys in it as they are', () => {
    expect(read(String.raw`"GET /slow" -"kind:x" "say \"a\\b\""`)).toEqual([
      { kind: 'text', negated: false, text: 'get /slow' }, { kind: 'text', negated: true, text: 'kind:x' }, { kind: 'text', negated: false, text: String.raw`say "a\b"` },
    ]);
  });

  test('has keys with values, several of which are alternatives', () => {
    expect(read('kind:request,session -status:REQUEST_COMPLETE handle:"GET /a, b",0xcc')).toEqual([
      { kind: 'choice', negated: false, key: 'kind', values: ['request', 'session'] }, { kind: 'choice', negated: true, key: 'status', values: ['request_complete'] },
      { kind: 'choice', negated: false, key: 'handle', values: ['get /a, b', '0xcc'] },
    ]);
  });

  test('measures in the units of the key', () => {
    expect(read('dur>100ms dur<=2s dur:>=1.5s size>=4kb size=10')).toEqual([
      { kind: 'measure', negated: false, key: 'dur', comparison: '>', value: 100 }, { kind: 'measure', negated: false, key: 'dur', comparison: '<=', value: 2000 },
      { kind: 'measure', negated: false, key: 'dur', comparison: '>=', value: 1500 }, { kind: 'measure', negated: false, key: 'size', comparison: '>=', value: 4096 },
      { kind: 'measure', negated: false, key: 'size', comparison: '=', value: 10 },
    ]);
  });

  test.each([
    ['kind:reqest', 'reqest', /kind cannot be “reqest”: it is session, connection/],
    ['a state:open,shut b', 'shut', /state cannot be “shut”/],
    ['kind:', 'kind:', /kind: needs a value/],
    ['fn:a,', ',', /fn: needs a value/],
    ['thread:main', 'main', /takes a number/],
    ['dur>', 'dur>', /dur needs a number: dur>100ms/],
    ['dur>fast', 'fast', /“fast” is no number/],
    ['dur>3weeks', 'weeks', /“weeks” is no unit of dur: ms, us/],
    ['say "this', '"this', /not closed/],
    ['sate:open', 'sate', /did you mean state:\?/],
    ['statsu:1', 'statsu', /did you mean status:\?/],
    ['error>5', 'error>', /error is not measured: write error:/],
  ])('%s is pointed at', (text, under, message) => {
    expect(mistake(text).under).toBe(under);
    expect(mistake(text).message).toMatch(message);
  });

  test('has no more conditions than the search has bits', () => {
    expect(parseFilter('a '.repeat(MOST_TERMS)).ok).toBe(true);
    expect(mistake('a '.repeat(MOST_TERMS + 1)).message).toMatch(/at most 28/);
  });

  test('printed and read again is the same filter', () => {
    const word = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(...'ab:-" \\,<>=/é1kind'.split('')) }).map((text) => text.toLowerCase());
    const choice = fc.constantFrom(...CHOICE_KEYS).chain((key) => {
      const closed = CLOSED_VALUES[key];
      const value = closed !== undefined ? fc.constantFrom(...closed) : key === 'thread' ? fc.nat(99).map(String) : word;
      return fc.record({ kind: fc.constant('choice' as const), negated: fc.boolean(), key: fc.constant(key), values: fc.array(value, { minLength: 1, maxLength: 3 }) });
    });
    const measure = fc.record({
      kind: fc.constant('measure' as const), negated: fc.boolean(), key: fc.constantFrom(...MEASURE_KEYS), comparison: fc.constantFrom(...COMPARISONS),
      value: fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => Math.round(value * 1000) / 1000)),
    });
    const text = fc.record({ kind: fc.constant('text' as const), negated: fc.boolean(), text: word });
    fc.assert(fc.property(fc.array(fc.oneof(text, choice, measure), { maxLength: 6 }), (terms) => {
      const printed = printFilter(terms.map((term) => ({ ...term, at: { from: 0, to: 0 } })));
      expect(read(printed)).toEqual(terms);
    }), { numRuns: 2000 });
  });

  test('of any text either reads, and then the same when it is printed, or points into the text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40, unit: fc.constantFrom(...'kind:dur>fn,"\\ -=1amsx'.split('')) }), (text) => {
      const parsed = parseFilter(text);
      if (parsed.ok) expect(read(printFilter(parsed.value))).toEqual(read(text));
      else {
        expect(parsed.error.at.from).toBeLessThan(parsed.error.at.to + 1);
        expect(parsed.error.at.to).toBeLessThanOrEqual(text.length);
      }
    }), { numRuns: 3000 });
  });

  test('says in words what it lets through', () => {
    expect(explainFilter(checkedFilter(''))).toBe('Everything is shown.');
    expect(explainFilter(checkedFilter('kind:request,session -ping dur>=1500ms'))).toBe('Shows what is a request or session, but does not contain "ping", and has lasted at least 1.5 s.');
  });

  test('knows every kind of event, and every key has its words', () => {
    expect([...FILTER_EVENT_KINDS].sort()).toEqual([...EVENT_KINDS].sort());
    for (const info of Object.values(FILTER_KEY_INFO)) expect(parseFilter(info.example).ok).toBe(true);
  });
});
