import type { Matcher, MatcherField, Word } from '../language/matcher';
import { MemoryFault, textBytes } from '../../../preload/contract/win32/memory';
import {
  bytesEqual, bytesOfText, isList, isMap, isMemory, isRecord, plain, type Datum, type MemoryDatum, type RecordDatum,
} from '../values/datum';
import { describe, type NameHint } from '../values/describe';
import { evaluate, textOf, toBytes, type Scope } from '../values/evaluate';
import { sameInteger, toInteger } from '../values/integer';
import { part } from '../values/navigate';
import type { Value } from '../language/value';
import { describeExpected } from './describe-expected';
import { describeMatcher, hintOfField } from './describe-matcher';

/** One expectation that did not hold: where inside the observed value, what was due there and what was there. */
export interface Mismatch {
  /** Empty for the value itself, else as `.Headers.KnownHeaders.Host`. */
  readonly path: string;
  readonly expected: string;
  readonly observed: string;
}

/** Every way in which the observed value is not the expected one; empty when it matches. */
export function match(matcher: Matcher, observed: Datum, scope: Scope, hint?: NameHint): readonly Mismatch[] {
  switch (matcher.kind) {
    case 'value':
      return matchValue(matcher.value, observed, scope, hint);
    case 'list':
      return matchList(matcher, observed, scope, hint);
    case 'fields':
      return matchFields(matcher.fields, observed, scope);
    case 'words':
      return matcher.words.flatMap((word) => matchWord(word, observed, scope, hint));
  }
}

function mismatch(expected: string, observed: Datum, hint?: NameHint): readonly Mismatch[] {
  return [{ path: '', expected, observed: describe(observed, hint) }];
}

function matchValue(value: Value, observed: Datum, scope: Scope, hint: NameHint | undefined): readonly Mismatch[] {
  const expected = evaluate(asTextBeside(value, observed), scope);
  if (!expected.ok) return mismatch(`a value that can be computed: ${expected.error}`, observed, hint);
  const verdict = equal(expected.value, observed);
  if (verdict === true) return [];
  return mismatch(typeof verdict === 'string' ? verdict : describeExpected(value, expected.value, observed, hint), observed, hint);
}

/** Beside a text or bytes, a number is the digits as they were written: `0123` is four of them. */
function asTextBeside(value: Value, observed: Datum): Value {
  if (value.kind !== 'integer' || (isMemory(observed) && !safely(observed).ok)) return value;
  const seen = plain(observed);
  return typeof seen === 'string' || seen instanceof Uint8Array ? { kind: 'text', text: value.source, at: value.at } : value;
}

/** True, false, or false with a reason of its own. */
function equal(expected: Datum, observed: Datum): boolean | string {
  if (isMemory(observed)) {
    const meaning = safely(observed);
    if (!meaning.ok) return `memory that can be read (${meaning.error})`;
    return equal(expected, meaning.value);
  }
  if (isRecord(observed)) return equal(expected, observed.self());
  const made = isRecord(expected) ? selfOf(expected) : expected;
  // Where an address was observed, memory stands for its address: GetQueuedCompletionStatus gives the OVERLAPPED's.
  if (isMemory(made) && typeof observed === 'bigint' && observed === made.address) return true;
  const due = plain(made);
  if (observed === undefined) return due === undefined || due === 0n || due === false;
  if (typeof observed === 'bigint' || typeof observed === 'boolean') {
    if (due === true) return observed !== 0n && observed !== false;
    const number = toInteger(due);
    const seen = typeof observed === 'bigint' ? observed : observed ? 1n : 0n;
    return number.ok ? sameInteger(number.value, seen) : number.error;
  }
  if (typeof observed === 'string') return due instanceof Uint8Array ? bytesEqual(due, bytesOfText(observed)) : textOf(due) === observed;
  if (observed instanceof Uint8Array) {
    const bytes = toBytes(due);
    return bytes !== undefined && bytesEqual(bytes, observed);
  }
  if (isList(observed)) {
    return isList(due) && due.length === observed.length && due.every((item, index) => equal(item, observed[index]) === true);
  }
  // A text stands for a chunk from memory (HTTP_DATA_CHUNK).
  if (typeof due === 'string' || due instanceof Uint8Array) return observed.fields.has('pBuffer') && equal(due, observed.fields.get('pBuffer'));
  if (!isMap(due)) return false;
  return [...due.fields].every(([name, field]) => {
    const found = part(observed, name);
    return found.ok && equal(field, found.value) === true;
  });
}

function selfOf(record: RecordDatum): Datum {
  let current: Datum = record;
  while (isRecord(current)) current = current.self();
  return current;
}

/** Memory may hold pointers that lead nowhere, since nobody wrote it. */
function safely(memory: MemoryDatum): { readonly ok: true; readonly value: Datum } | { readonly ok: false; readonly error: string } {
  try {
    return { ok: true, value: memory.read() };
  } catch (error) {
    if (error instanceof MemoryFault) return { ok: false, error: error.message };
    throw error;
  }
}

function matchList(
  matcher: Extract<Matcher, { kind: 'list' }>, observed: Datum, scope: Scope, hint: NameHint | undefined,
): readonly Mismatch[] {
  const seen = plain(observed);
  if (!isList(seen)) {
    // Against a number a list is the flags it names, against nothing it is empty.
    const flags = matcher.items.flatMap((item) => (item.kind === 'value' ? [item.value] : []));
    if (flags.length !== matcher.items.length) return mismatch('a list', observed, hint);
    return matchValue({ kind: 'list', items: flags, at: matcher.at }, observed, scope, hint);
  }
  if (seen.length !== matcher.items.length) {
    return [{ path: '', expected: `a list of ${matcher.items.length}`, observed: `a list of ${seen.length}: ${describe(seen, hint)}` }];
  }
  return matcher.items.flatMap((item, index) => prefixed(`.${index}`, match(item, seen[index], scope, hint)));
}

function matchFields(fields: readonly MatcherField[], observed: Datum, scope: Scope): readonly Mismatch[] {
  return fields.flatMap((field): readonly Mismatch[] => {
    const found = part(observed, field.name);
    if (!found.ok) {
      // What is absent equals null.
      const absent = match(field.matcher, undefined, scope);
      return absent.length === 0 ? [] : [{ path: `.${field.name}`, expected: absent[0]?.expected ?? '', observed: `nothing: it ${found.error}` }];
    }
    return prefixed(`.${field.name}`, match(field.matcher, found.value, scope, hintOfField(field.name)));
  });
}

function prefixed(path: string, mismatches: readonly Mismatch[]): readonly Mismatch[] {
  return mismatches.map((one) => ({ ...one, path: `${path}${one.path}` }));
}

function matchWord(word: Word, observed: Datum, scope: Scope, hint: NameHint | undefined): readonly Mismatch[] {
  switch (word.word) {
    case 'is':
      return matchIs(word, observed, scope, hint);
    case 'not':
      return match(word.matcher, observed, scope, hint).length > 0 ? [] : mismatch(`not ${describeMatcher(word.matcher, scope, hint)}`, observed, hint);
    case 'any':
      if (word.matchers.some((one) => match(one, observed, scope, hint).length === 0)) return [];
      return mismatch(`any of ${word.matchers.map((one) => describeMatcher(one, scope, hint)).join(', ')}`, observed, hint);
    case 'min':
    case 'max':
    case 'above':
    case 'below':
      return matchBound(word.word, word.value, observed, scope, hint);
    case 'starts':
    case 'ends':
      return matchEdge(word.word, word.value, observed, scope);
    case 'contains':
      return word.values.flatMap((one) => matchContains(one, observed, scope));
    case 'has':
      return matchHas(word.flags, observed, scope, hint);
    case 'only':
      return matchOnly(word.fields, observed, scope);
    case 'unchanged':
      return matchUnchanged(word.unchanged, observed);
  }
}

function matchIs(word: Extract<Word, { word: 'is' }>, observed: Datum, scope: Scope, hint: NameHint | undefined): readonly Mismatch[] {
  if (word.ignoring.length === 0) return match(word.matcher, observed, scope, hint);
  const mask = flagsOf(word.ignoring, scope);
  const seen = toInteger(observed);
  if (!mask.ok) return mismatch(mask.error, observed, hint);
  if (!seen.ok) return mismatch('a number, since flags are ignored', observed, hint);
  const due = word.matcher.kind === 'value' ? evaluate(word.matcher.value, scope)
    : word.matcher.kind === 'list' ? flagsOf(word.matcher.items.flatMap((item) => (item.kind === 'value' ? [item.value] : [])), scope)
    : undefined;
  const number = due === undefined || !due.ok ? undefined : toInteger(due.value);
  if (number === undefined || !number.ok) return mismatch('a number beside `ignoring`', observed, hint);
  const wide = (bits: bigint): bigint => BigInt.asUintN(64, bits) & ~BigInt.asUintN(64, mask.value);
  return wide(seen.value) === wide(number.value) ? [] : mismatch(`${describe(number.value, hint)}, ignoring ${describe(mask.value, hint)}`, observed, hint);
}

function matchBound(
  word: 'min' | 'max' | 'above' | 'below', value: Value, observed: Datum, scope: Scope, hint: NameHint | undefined,
): readonly Mismatch[] {
  const evaluated = evaluate(value, scope);
  const bound = evaluated.ok ? toInteger(evaluated.value) : evaluated;
  if (!bound.ok) return mismatch(bound.error, observed, hint);
  const seen = toInteger(observed);
  if (!seen.ok) return mismatch(`a number (${word} ${bound.value})`, observed, hint);
  const holds = {
    min: seen.value >= bound.value, max: seen.value <= bound.value, above: seen.value > bound.value, below: seen.value < bound.value,
  }[word];
  const words = { min: 'at least', max: 'at most', above: 'above', below: 'below' }[word];
  return holds ? [] : mismatch(`${words} ${describe(bound.value, hint)}`, observed, hint);
}

function matchEdge(word: 'starts' | 'ends', value: Value, observed: Datum, scope: Scope): readonly Mismatch[] {
  const evaluated = evaluate(asTextBeside(value, observed), scope);
  if (!evaluated.ok) return mismatch(evaluated.error, observed);
  // `starts` looks at memory as it is, whatever the call reported.
  const memory = isMemory(observed) && word === 'starts' && !(evaluated.value instanceof Uint8Array) ? observed : undefined;
  const due = memory === undefined ? toBytes(evaluated.value) : textBytes(textOf(evaluated.value) ?? '', memory.width);
  const seen = isMemory(observed) && word === 'starts' ? observed.whole() : toBytes(observed);
  if (due === undefined || seen === undefined) return mismatch(`a text that ${word} with ${describe(evaluated.value)}`, observed);
  const edge = word === 'starts' ? seen.subarray(0, due.length) : seen.subarray(Math.max(0, seen.length - due.length));
  return bytesEqual(edge, due) ? [] : mismatch(`${word} with ${describe(evaluated.value)}`, isMemory(observed) ? seen.subarray(0, 256) : observed);
}

function matchContains(one: Matcher, observed: Datum, scope: Scope): readonly Mismatch[] {
  const seen = plain(observed);
  if (isList(seen)) {
    return seen.some((item) => match(one, item, scope).length === 0) ? [] : mismatch(`an item ${describeMatcher(one, scope)}`, observed);
  }
  const evaluated = one.kind === 'value' ? evaluate(asTextBeside(one.value, observed), scope) : undefined;
  if (evaluated === undefined || !evaluated.ok) return mismatch(evaluated?.error ?? 'a text to look for', observed);
  const due = toBytes(evaluated.value);
  const bytes = toBytes(seen);
  if (due === undefined || bytes === undefined) return mismatch(`a text that contains ${describe(evaluated.value)}`, observed);
  return Buffer.from(bytes).includes(Buffer.from(due)) ? [] : mismatch(`contains ${describe(evaluated.value)}`, observed);
}

function flagsOf(flags: readonly Value[], scope: Scope): ReturnType<typeof toInteger> {
  const evaluated: Datum[] = [];
  for (const flag of flags) {
    const one = evaluate(flag, scope);
    if (!one.ok) return one;
    evaluated.push(one.value);
  }
  return toInteger(evaluated);
}

function matchHas(flags: readonly Value[], observed: Datum, scope: Scope, hint: NameHint | undefined): readonly Mismatch[] {
  const mask = flagsOf(flags, scope);
  const seen = toInteger(observed);
  if (!mask.ok) return mismatch(mask.error, observed, hint);
  if (!seen.ok) return mismatch('a number that has flags', observed, hint);
  const bits = BigInt.asUintN(64, seen.value);
  return (bits & mask.value) === mask.value ? [] : mismatch(`has ${describe(mask.value, hint)}`, observed, hint);
}

function matchOnly(fields: readonly MatcherField[], observed: Datum, scope: Scope): readonly Mismatch[] {
  const seen = plain(observed);
  if (!isMap(seen)) return mismatch('a map of fields', observed);
  const named = fields.flatMap(({ name }) => [name, ...(seen.members?.get(name)?.fields.keys() ?? [])]).map((name) => name.toLowerCase());
  const others = [...seen.fields].filter(([name, value]) => value !== undefined && !named.includes(name.toLowerCase()) && !named.includes(name.replace(/^p/, '').toLowerCase()));
  const surplus = others.map(([name, value]) => ({ path: `.${name}`, expected: 'nothing', observed: describe(value) }));
  return [...matchFields(fields, observed, scope), ...surplus];
}

function matchUnchanged(due: boolean, observed: Datum): readonly Mismatch[] {
  if (!isMemory(observed)) return mismatch('memory, since only memory can be unchanged', observed);
  if (observed.unchanged() === due) return [];
  return mismatch(due ? 'memory that was not written' : 'memory that was written', observed.unchanged() ? observed : observed.whole().subarray(0, 64));
}
