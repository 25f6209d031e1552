import { MATCHER_WORDS, type Matcher, type MatcherField, type Word } from './matcher';
import { expectMap } from './map-reader';
import { nodeName, type MapEntry, type Node } from './node';
import { parseBytes, parseValue } from './parse-value';
import { suggestion } from './nearest';
import type { Position, Problems } from './problem';
import type { Value } from './value';

/** Reads what is expected: a value, a list, a map of fields, or a map of matcher words. */
export function parseMatcher(node: Node, problems: Problems): Matcher {
  switch (node.kind) {
    case 'list':
      return { kind: 'list', items: node.items.map((item) => parseMatcher(item, problems)), at: node.at };
    case 'map': {
      const bytes = parseBytes(node, problems);
      return bytes === undefined ? parseMatcherEntries(node.entries, node.at, problems) : { kind: 'value', value: bytes, at: node.at };
    }
    case 'null':
    case 'boolean':
    case 'integer':
    case 'float':
    case 'text':
      return { kind: 'value', value: parseValue(node, problems), at: node.at };
  }
}

/** Reads the entries of a map that may have held other keys besides, as in `{value: $x, min: 2}`. */
export function parseMatcherEntries(entries: readonly MapEntry[], at: Position, problems: Problems): Matcher {
  const words = entries.filter((entry) => MATCHER_WORDS.includes(entry.key));
  if (words.length === 0) return { kind: 'fields', fields: parseFields(entries, problems), at };
  for (const entry of entries) {
    if (words.includes(entry)) continue;
    problems.add(
      entry.keyAt,
      `"${entry.key}" stands beside the matcher word "${words[0]?.key ?? ''}", but is none.${suggestion(entry.key, MATCHER_WORDS)}`
        + ` The words: ${MATCHER_WORDS.join(', ')}. To match fields only, leave the words out or put them inside the fields.`,
    );
  }
  return { kind: 'words', words: parseWords(words, at, problems), at };
}

function parseFields(entries: readonly MapEntry[], problems: Problems): readonly MatcherField[] {
  return entries.map((entry) => ({ name: entry.key, nameAt: entry.keyAt, matcher: parseMatcher(entry.value, problems) }));
}

function parseWords(entries: readonly MapEntry[], at: Position, problems: Problems): readonly Word[] {
  const words: Word[] = [];
  const ignoring = entries.find((entry) => entry.key === 'ignoring');
  if (ignoring !== undefined && !entries.some((entry) => entry.key === 'is')) {
    problems.add(ignoring.keyAt, '`ignoring` stands beside `is`: the flags that make no difference to it.');
  }
  for (const entry of entries) {
    const word = parseWord(entry, ignoring === undefined ? [] : oneOrList(ignoring.value, problems), problems);
    if (word !== undefined) words.push(word);
  }
  if (words.length === 0) problems.add(at, 'This matcher says nothing that could fail.');
  return words;
}

function parseWord(entry: MapEntry, ignoring: readonly Value[], problems: Problems): Word | undefined {
  const { key, value } = entry;
  switch (key) {
    case 'is':
      return { word: 'is', matcher: parseMatcher(value, problems), ignoring };
    case 'not':
      return { word: 'not', matcher: parseMatcher(value, problems) };
    case 'any':
      if (value.kind === 'list') return { word: 'any', matchers: value.items.map((item) => parseMatcher(item, problems)) };
      problems.add(value.at, `\`any\` takes a list of values or matchers, not ${nodeName(value)}.`);
      return undefined;
    case 'min':
    case 'max':
    case 'above':
    case 'below':
      return { word: key, value: parseValue(value, problems) };
    case 'starts':
    case 'ends':
      return { word: key, value: parseValue(value, problems) };
    case 'contains': {
      const nodes = value.kind === 'list' ? value.items : [value];
      return { word: 'contains', values: nodes.map((item) => parseMatcher(item, problems)) };
    }
    case 'has':
      return { word: 'has', flags: oneOrList(value, problems) };
    case 'only': {
      const map = expectMap(value, '`only`', problems);
      return map === undefined ? undefined : { word: 'only', fields: parseFields(map.entries, problems) };
    }
    case 'unchanged':
      if (value.kind === 'boolean') return { word: 'unchanged', unchanged: value.value };
      problems.add(value.at, `\`unchanged\` must be true or false, not ${nodeName(value)}.`);
      return undefined;
    default:
      // `ignoring` was read with `is`.
      return undefined;
  }
}

function oneOrList(node: Node, problems: Problems): readonly Value[] {
  return (node.kind === 'list' ? node.items : [node]).map((item) => parseValue(item, problems));
}
