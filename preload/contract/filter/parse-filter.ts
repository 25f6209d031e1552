import { err, ok, type Result } from '../result';
import {
  CHOICE_KEYS, CLOSED_VALUES, COMPARISONS, MEASURE_KEYS, type ChoiceKey, type Filter, type FilterKey, type FilterProblem, type FilterTerm, type MeasureKey,
} from './filter';

/** Conditions that one filter may have: the search keeps a bit for each. */
export const MOST_TERMS = 28;

const UNITS: Readonly<Record<MeasureKey, Readonly<Record<string, number>>>> = {
  dur: { '': 1, ms: 1, us: 0.001, 'µs': 0.001, s: 1000, m: 60_000, min: 60_000 },
  size: { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 },
};

interface Word {
  readonly from: number;
  readonly to: number;
  readonly negated: boolean;
  /** Where it begins behind its minus. */
  readonly body: number;
}

/** Reads a filter: conditions with blanks between them. What begins with no key is text to look for, as it stands. */
export function parseFilter(text: string): Result<Filter, FilterProblem> {
  const terms: FilterTerm[] = [];
  for (let from = 0; from < text.length;) {
    if (isBlank(text, from)) {
      from += 1;
      continue;
    }
    const to = wordEnd(text, from);
    if (to === undefined) return wrong(text.indexOf('"', from), text.length, 'The quotation mark is not closed: add " where the text ends.');
    const negated = text[from] === '-' && to > from + 1;
    const term = readWord(text, { from, to, negated, body: negated ? from + 1 : from });
    if (!term.ok) return term;
    terms.push(term.value);
    if (terms.length > MOST_TERMS) return wrong(from, to, `A filter has at most ${MOST_TERMS} conditions: leave some out.`);
    from = to;
  }
  return ok(terms);
}

/** The filter of a text that has been checked. @throws Error for one that is wrong */
export function checkedFilter(text: string): Filter {
  const filter = parseFilter(text);
  if (!filter.ok) throw new Error(`A filter that was not checked: ${filter.error.message}`);
  return filter.value;
}

function isBlank(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '');
}

/** Behind the word that begins here; undefined when it ends inside quotation marks. A quote opens at a word's or a value's beginning only. */
function wordEnd(text: string, from: number): number | undefined {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (quoted) {
      if (text[at] === '\\') at += 1;
      else if (text[at] === '"') quoted = false;
    } else if (isBlank(text, at)) return at;
    else if (text[at] === '"' && opens(text, from, at)) quoted = true;
  }
  return quoted ? undefined : text.length;
}

function opens(text: string, from: number, at: number): boolean {
  const before = text.slice(from, at);
  return before === '' || before === '-' || /^-?[a-z]+:(.*,)?$/i.test(before);
}

function readWord(text: string, word: Word): Result<FilterTerm, FilterProblem> {
  const { from, to, negated, body } = word;
  const written = text.slice(body, to);
  const at = { from, to };
  const match = /^([a-z]+)(:|[<>]=?|=)/i.exec(written);
  const key = match?.[1]?.toLowerCase();
  const sign = match?.[2];
  if (key === undefined || sign === undefined) return ok({ kind: 'text', negated, text: unquoted(written).toLowerCase(), at });
  const valueFrom = body + key.length + sign.length;
  if (isMeasure(key)) return readMeasure(text, word, key, sign, valueFrom);
  if (isChoice(key)) {
    if (sign === ':') return readChoice(text, word, key, valueFrom);
    return wrong(body, valueFrom, `${key} is not measured: write ${key}: and a value.`);
  }
  const meant = sign === ':' && !written.startsWith('//', key.length + 1) ? likeKey(key) : undefined;
  if (meant !== undefined) return wrong(body, body + key.length, `There is no key “${key}”: did you mean ${meant}? In quotation marks it is text.`);
  return ok({ kind: 'text', negated, text: unquoted(written).toLowerCase(), at });
}

function readChoice(text: string, { from, to, negated, body }: Word, key: ChoiceKey, valueFrom: number): Result<FilterTerm, FilterProblem> {
  const allowed = CLOSED_VALUES[key];
  const values: string[] = [];
  for (let begin = valueFrom; begin <= to;) {
    const end = valueEnd(text, begin, to);
    const value = unquoted(text.slice(begin, end)).toLowerCase();
    if (value === '') return wrong(begin === valueFrom ? body : begin - 1, Math.max(end, begin), `${key}: needs a value${allowed === undefined ? '' : `: ${listed(allowed)}`}.`);
    if (allowed !== undefined && !allowed.includes(value)) return wrong(begin, end, `${key} cannot be “${value}”: it is ${listed(allowed)}.`);
    if (key === 'thread' && !/^\d+$/.test(value)) return wrong(begin, end, 'thread: takes a number, as in thread:1.');
    values.push(value);
    begin = end + 1;
  }
  return ok({ kind: 'choice', negated, key, values, at: { from, to } });
}

function valueEnd(text: string, from: number, to: number): number {
  let quoted = false;
  for (let at = from; at < to; at += 1) {
    if (quoted && text[at] === '\\') at += 1;
    else if (text[at] === '"' && (quoted || at === from)) quoted = !quoted;
    else if (text[at] === ',' && !quoted) return at;
  }
  return to;
}

function readMeasure(text: string, { from, to, negated, body }: Word, key: MeasureKey, sign: string, valueFrom: number): Result<FilterTerm, FilterProblem> {
  const units = UNITS[key];
  const example = key === 'dur' ? 'dur>100ms, dur<=2s' : 'size>1000, size>=4kb';
  // "dur:>100" and "dur:100" are understood too: the first is how other tools write it.
  const rest = text.slice(valueFrom, to);
  const inner = sign === ':' ? COMPARISONS.find((comparison) => rest.startsWith(comparison)) : undefined;
  const comparison = sign === ':' ? inner ?? '=' : COMPARISONS.find((one) => one === sign) ?? '=';
  const begin = valueFrom + (inner?.length ?? 0);
  const written = text.slice(begin, to);
  if (written === '') return wrong(body, to, `${key} needs a number: ${example}.`);
  const match = /^(\d+(?:\.\d+)?)([a-zµ]*)$/i.exec(written);
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  if (match === null) return wrong(begin, to, `“${written}” is no number: ${example}.`);
  if (unit === undefined) return wrong(begin + (match[1]?.length ?? 0), to, `“${match[2] ?? ''}” is no unit of ${key}: ${listed(Object.keys(units).filter((name) => name !== ''))}.`);
  return ok({ kind: 'measure', negated, key, comparison, value: Number(match[1]) * unit, at: { from, to } });
}

/** What stands in quotation marks, with \" and \\ for these two; anything else as it is. */
function unquoted(written: string): string {
  if (written.length < 2 || !written.startsWith('"') || !written.endsWith('"')) return written;
  return written.slice(1, -1).replaceAll(/\\(["\\])/g, '$1');
}

function wrong(from: number, to: number, message: string): Result<never, FilterProblem> {
  return err({ at: { from, to }, message });
}

function isMeasure(key: string): key is MeasureKey {
  return MEASURE_KEYS.some((known) => known === key);
}

function isChoice(key: string): key is ChoiceKey {
  return CHOICE_KEYS.some((known) => known === key);
}

function listed(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1) ?? ''}`;
}

/** The key that was likely meant: a letter left out, added, wrong, or two changed about. A host's name before its port is none. */
function likeKey(written: string): string | undefined {
  const keys: readonly FilterKey[] = [...CHOICE_KEYS, ...MEASURE_KEYS];
  const known = keys.find((key) => written.length > 2 && isOneSlip(written, key));
  return known === undefined ? undefined : isMeasure(known) ? known : `${known}:`;
}

function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const restOf = (text: string, skip: number): string => text.slice(same + skip);
  if (a.length !== b.length) return a.length > b.length ? restOf(a, 1) === restOf(b, 0) : restOf(a, 0) === restOf(b, 1);
  return restOf(a, 1) === restOf(b, 1) || (a[same] === b[same + 1] && a[same + 1] === b[same] && restOf(a, 2) === restOf(b, 2));
}
