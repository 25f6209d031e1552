import { describe, expect, it } from 'vitest';
import { parseMatcher } from '../../../electron/scenario/language/parse-matcher';
import { Problems } from '../../../electron/scenario/language/problem';
import { readDocument } from '../../../electron/scenario/language/read-document';
import { match, type Mismatch } from '../../../electron/scenario/matchers/match';
import { mapOf, type Datum, type MemoryDatum } from '../../../electron/scenario/values/datum';
import type { NameHint } from '../../../electron/scenario/values/describe';

const scope = { lookup: (name: string) => (name === 'handle' ? { value: 0x1234n } : undefined) };

function matches(yaml: string, observed: Datum, hint?: NameHint): readonly Mismatch[] {
  const problems = new Problems();
  const node = readDocument(yaml, problems);
  if (node === undefined) throw new Error(JSON.stringify(problems.list()));
  const matcher = parseMatcher(node, problems);
  if (problems.count > 0) throw new Error(JSON.stringify(problems.list()));
  return match(matcher, observed, scope, hint);
}

function memory(whole: string, count: number, changed = true): MemoryDatum {
  const bytes = new TextEncoder().encode(whole);
  return { kind: 'memory', address: 0x5000n, whole: () => bytes, read: () => bytes.slice(0, count), unchanged: () => !changed, width: 'A' };
}

const HEADERS = mapOf({ Host: 'a', Connection: 'close' });

describe('matchers', () => {
  it.each<[string, Datum]>([
    ['997', 997n], ['ERROR_IO_PENDING', 997n], ['true', 1n], ['true', 256n], ['false', 0n], ['null', 0n], ['null', undefined], ['0', undefined],
    ['$handle', 0x1234n], ['"0x1234"', 0x1234n], ['-1', 0xffffffffn],
    ['[INTERNET_REQFLAG_NO_HEADERS]', 8n], ['[]', 0n], ['hello', 'hello'], ['hello', new TextEncoder().encode('hello')], ['123', '123'], ['007', '007'], ['{ contains: 007 }', 'agent 007'], ['007', new TextEncoder().encode('007')],
    ['{ hex: 6869 }', 'hi'], ['[a, b]', ['a', 'b']], ['{ Host: a }', HEADERS], ['{ host: a, X-None: null }', HEADERS],
    ['{ is: 24, ignoring: [16] }', 8n], ['{ is: [INTERNET_REQFLAG_NO_HEADERS], ignoring: [INTERNET_REQFLAG_CACHE_WRITE_DISABLED] }', 72n],
    ['{ not: 5 }', 6n], ['{ not: null }', 6n], ['{ not: { min: 7 } }', 6n], ['{ any: [1, 2, { above: 5 }] }', 6n],
    ['{ min: 5, max: 5 }', 5n], ['{ above: 4, below: 6 }', 5n], ['{ min: ERROR_IO_PENDING }', 997n],
    ['{ starts: he, ends: lo, contains: ell }', 'hello'], ['{ contains: [he, lo] }', 'hello'], ['{ contains: b }', ['a', 'b']],
    ['{ has: [1, 4] }', 7n], ['{ has: 4 }', 4n], ['{ only: { Host: a, Connection: { contains: clo } } }', HEADERS],
    ['first', memory('first.....', 5)], ['{ starts: "first." }', memory('first.....', 5)], ['{ unchanged: true }', memory('aaa', 3, false)],
    ['{ unchanged: false }', memory('aaa', 3, true)], ['hello', mapOf({ DataChunkType: 0n, pBuffer: new TextEncoder().encode('hello') })],
  ])('%s holds', (yaml, observed) => {
    expect(matches(yaml, observed)).toEqual([]);
  });

  it.each<[string, Datum]>([
    ['998', 997n], ['ERROR_NO_SUCH_THING', 997n], ['true', 0n], ['false', 1n], ['null', 5n], ['1', undefined], ['hello', 'Hello'], ['007', '7'], ['0x10', '16'],
    ['[a]', ['a', 'b']], ['[a]', 'a'], ['{ Host: b }', HEADERS], ['{ X-None: a }', HEADERS], ['{ is: 9, ignoring: [16] }', 8n],
    ['{ not: 6 }', 6n], ['{ any: [] }', 6n], ['{ min: 6, max: 9 }', 5n], ['{ above: 5 }', 5n], ['{ below: 5 }', 5n], ['{ min: 1 }', 'text'],
    ['{ starts: lo }', 'hello'], ['{ ends: he }', 'hello'], ['{ contains: [he, xx] }', 'hello'], ['{ has: [8] }', 7n],
    ['{ only: { Host: a } }', HEADERS], ['first.', memory('first.....', 5)], ['{ unchanged: true }', memory('aaa', 3, true)],
    ['{ unchanged: true }', 5n], ['hello', mapOf({ a: 1n })],
  ])('%s does not hold', (yaml, observed) => {
    expect(matches(yaml, observed).length).toBeGreaterThan(0);
  });

  it('explains numbers by the names of their constants', () => {
    const [mismatch] = matches('ERROR_IO_PENDING', 6n, { kind: 'error' });
    expect(mismatch).toEqual({ path: '', expected: 'ERROR_IO_PENDING (997)', observed: '6 (ERROR_INVALID_HANDLE)' });
  });

  it('says where in a structure the mismatch is', () => {
    const [mismatch] = matches('{ a: { b: [1, 2] } }', mapOf({ a: mapOf({ b: [1n, 3n] }) }));
    expect(mismatch).toEqual({ path: '.a.b.1', expected: '2', observed: '3' });
  });

  it('names surplus fields', () => {
    expect(matches('{ only: { Host: a } }', HEADERS)).toEqual([{ path: '.Connection', expected: 'nothing', observed: '"close"' }]);
  });
});
