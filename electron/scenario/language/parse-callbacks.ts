import { expectList, expectMap, MapReader } from './map-reader';
import { nodeName, type Node } from './node';
import { parseMatcher } from './parse-matcher';
import { isName, parseReference, parseSum } from './parse-text';
import { parseValue } from './parse-value';
import type { Problems } from './problem';
import {
  CALLBACK_FIELDS, DEFAULT_WITHIN, type CallbackChoice, type CallbackExpectation, type CallbackField, type CallbackItem,
} from './step';
import type { Matcher } from './matcher';
import type { Reference, Value } from './value';

export function parseChoice(reader: MapReader, problems: Problems): CallbackChoice {
  return {
    handle: optionalValue(reader, 'handle', problems),
    context: optionalValue(reader, 'context', problems),
    via: optionalValue(reader, 'via', problems),
    since: parseSince(reader, problems),
  };
}

export function optionalValue(reader: MapReader, key: string, problems: Problems): Value | undefined {
  const node = reader.take(key);
  return node === undefined ? undefined : parseValue(node, problems);
}

/** `since: name` and `since: $name` both name a moment. */
function parseSince(reader: MapReader, problems: Problems): Reference | undefined {
  const node = reader.take('since');
  if (node === undefined) return undefined;
  if (node.kind === 'text') {
    if (isName(node.text)) return { name: node.text, path: [] };
    const reference = parseReference(node.text);
    if (reference !== undefined) return reference;
  }
  problems.add(node.at, `\`since\` names a mark or what a call bound, not ${nodeName(node)}.`);
  return undefined;
}

/** `INTERNET_STATUS_…` or `{status, value, length, …}`. */
export function parseItem(node: Node, problems: Problems): CallbackItem | undefined {
  if (node.kind !== 'map') {
    return { status: parseValue(node, problems), fields: [], optional: false, repeats: false, at: node.at };
  }
  const reader = new MapReader(node, 'A callback', problems);
  const status = reader.required('status');
  const fields: { name: CallbackField; matcher: Matcher; at: CallbackItem['at'] }[] = [];
  for (const name of CALLBACK_FIELDS) {
    const entry = reader.entry(name);
    if (entry !== undefined) fields.push({ name, matcher: parseField(name, entry.value, problems), at: entry.keyAt });
  }
  const optional = reader.boolean('optional') ?? false;
  const repeats = reader.boolean('repeats') ?? false;
  reader.finish();
  return status === undefined ? undefined : { status: parseValue(status, problems), fields, optional, repeats, at: node.at };
}

/** In `length`, `len(value)` may stand without the `=` of a sum. */
function parseField(name: CallbackField, node: Node, problems: Problems): Matcher {
  if (name === 'length' && node.kind === 'text' && /^(len|sizeof)\(/.test(node.text)) {
    return { kind: 'value', value: parseSum(node.text, node.at, problems), at: node.at };
  }
  return parseMatcher(node, problems);
}

function parseItems(node: Node | undefined, what: string, problems: Problems): readonly CallbackItem[] | undefined {
  return expectList(node, what, problems)?.flatMap((item) => parseItem(item, problems) ?? []);
}

/** A list, or one item where a list is due. */
function parseOneOrMore(node: Node | undefined, problems: Problems): readonly CallbackItem[] {
  if (node === undefined) return [];
  return (node.kind === 'list' ? node.items : [node]).flatMap((item) => parseItem(item, problems) ?? []);
}

export function parseCallbackExpectation(node: Node, problems: Problems): CallbackExpectation | undefined {
  const map = expectMap(node, '`callbacks`', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, '`callbacks`', problems);
  const choice = parseChoice(reader, problems);
  const ordered = parseItems(reader.take('ordered'), '`ordered`', problems);
  const exactly = parseItems(reader.take('exactly'), '`exactly`', problems);
  const counts = expectMap(reader.take('counts'), '`counts`', problems)?.entries.map((entry) => ({
    status: parseValue({ kind: 'text', text: entry.key, at: entry.keyAt }, problems),
    count: parseMatcher(entry.value, problems),
  })) ?? [];
  const each = parseOneOrMore(reader.take('each'), problems);
  const forbidden = parseOneOrMore(reader.take('forbidden'), problems);
  const lastNode = reader.take('last');
  const last = lastNode === undefined ? undefined : parseItem(lastNode, problems);
  const threadNode = reader.take('thread');
  const thread = threadNode === undefined ? undefined : parseMatcher(threadNode, problems);
  const quiet = reader.count('quiet');
  const within = reader.count('within') ?? DEFAULT_WITHIN;
  reader.finish();
  const says = ordered ?? exactly ?? last ?? thread ?? quiet;
  if (says === undefined && counts.length === 0 && each.length === 0 && forbidden.length === 0
    && !['counts', 'each', 'forbidden'].some((key) => reader.has(key))) {
    problems.add(map.at, '`callbacks` expects nothing: give it ordered, exactly, counts, each, forbidden, last, thread or quiet.');
  }
  return { choice, ordered, exactly, counts, each, forbidden, last, thread, quiet, within, at: map.at };
}
