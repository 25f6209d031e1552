import { expectList, expectMap, MapReader } from './map-reader';
import { nodeName, type MapNode, type Node } from './node';
import { parseCallbackExpectation } from './parse-callbacks';
import { parseMatcher, parseMatcherEntries } from './parse-matcher';
import { isName, parseReference } from './parse-text';
import { parseValue } from './parse-value';
import type { Problems } from './problem';
import type { CallExpectation, ExpectBody } from './step';

/** `{returns, lastError, out: {P: …}, either: [expectations]}` */
export function parseCallExpectation(node: Node, problems: Problems): CallExpectation | undefined {
  const map = expectMap(node, 'The `expect` of a call', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, 'The `expect` of a call', problems);
  const returns = reader.take('returns');
  const lastError = reader.take('lastError');
  const out = expectMap(reader.take('out'), '`out`', problems)?.entries.map((entry) => ({
    parameter: entry.key,
    at: entry.keyAt,
    matcher: parseMatcher(entry.value, problems),
  })) ?? [];
  const either = expectList(reader.take('either'), '`either`', problems)?.flatMap(
    (item) => parseCallExpectation(item, problems) ?? [],
  ) ?? [];
  reader.finish();
  return {
    returns: returns === undefined ? undefined : parseMatcher(returns, problems),
    lastError: lastError === undefined ? undefined : parseMatcher(lastError, problems),
    out,
    either,
    at: map.at,
  };
}

/** `{callbacks, that, findings, tree}` */
export function parseExpectBody(node: Node, problems: Problems): ExpectBody | undefined {
  const map = expectMap(node, 'An expect step', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, 'An expect step', problems);
  const callbacksNode = reader.take('callbacks');
  const callbacks = callbacksNode === undefined ? undefined : parseCallbackExpectation(callbacksNode, problems);
  const thatNode = reader.take('that');
  const thatItems = thatNode === undefined ? [] : thatNode.kind === 'list' ? thatNode.items : [thatNode];
  const that = thatItems.flatMap((item) => parseThat(item, problems) ?? []);
  const findings = expectMap(reader.take('findings'), '`findings`', problems)?.entries.map((entry) => ({
    rule: entry.key,
    at: entry.keyAt,
    count: parseMatcher(entry.value, problems),
  })) ?? [];
  const tree = expectMap(reader.take('tree'), '`tree`', problems)?.entries.flatMap((entry) => {
    const handle = parseReference(entry.key) ?? (isName(entry.key) ? { name: entry.key, path: [] } : undefined);
    if (handle !== undefined) return [{ handle, at: entry.keyAt, state: parseMatcher(entry.value, problems) }];
    problems.add(entry.keyAt, `\`tree\` is a map from handles to states: write $request, not "${entry.key}".`);
    return [];
  }) ?? [];
  reader.finish();
  if (map.entries.length === 0) problems.add(map.at, 'An expect step expects nothing: give it callbacks, that, findings or tree.');
  return { callbacks, that, findings, tree, at: map.at };
}

function parseThat(node: Node, problems: Problems): ExpectBody['that'][number] | undefined {
  const map = expectMap(node, 'An item of `that`', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, 'An item of `that`', problems);
  const value = reader.required('value');
  if (value === undefined) return undefined;
  return { value: parseValue(value, problems), matcher: matcherBeside(map, reader, problems), at: map.at };
}

/** The matcher made of the keys of a map that nobody took. */
export function matcherBeside(map: MapNode, reader: MapReader, problems: Problems): ReturnType<typeof parseMatcher> {
  const rest = reader.rest();
  if (rest.length === 0) {
    problems.add(map.at, 'A matcher must stand beside `value`: is, not, any, min, contains, …');
  }
  return parseMatcherEntries(rest, map.at, problems);
}

/** The names of an `expectTrace` step: one, or a list. */
export function parseInvariantNames(node: Node, problems: Problems): readonly { readonly name: string; readonly at: Node['at'] }[] {
  const nodes = node.kind === 'list' ? node.items : [node];
  return nodes.flatMap((item) => {
    if (item.kind === 'text') return [{ name: item.text, at: item.at }];
    problems.add(item.at, `\`expectTrace\` takes the name of an invariant, not ${nodeName(item)}.`);
    return [];
  });
}
