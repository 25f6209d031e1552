import { expectList, expectMap, MapReader } from './map-reader';
import { nodeName, type Node } from './node';
import { suggestion } from './nearest';
import { parseChoice, parseItem } from './parse-callbacks';
import { matcherBeside, parseCallExpectation, parseExpectBody, parseInvariantNames } from './parse-expectation';
import { parseMatcher } from './parse-matcher';
import { parseClientAction, parsePeerAction } from './parse-peer-step';
import { isName } from './parse-text';
import { parseValue } from './parse-value';
import type { Problems } from './problem';
import { DEFAULT_WITHIN, type Argument, type OnStep, type Step, type StepAction, type WaitStep } from './step';
import type { Matcher } from './matcher';
import type { Value } from './value';

/** `on` and `expect` come last: they are verbs only where no other verb stands, and else say more about it. */
const VERBS = ['call', 'wait', 'mark', 'readAll', 'client', 'server', 'ftp', 'expectTrace', 'on', 'expect'] as const;
export type Verb = (typeof VERBS)[number];

export function parseSteps(node: Node, prefix: string, problems: Problems): readonly Step[] {
  const items = expectList(node, prefix === '' ? '`steps`' : '`do`', problems) ?? [];
  return items.flatMap((item, index) => parseStep(item, `${prefix}${index + 1}`, problems) ?? []);
}

function parseStep(node: Node, path: string, problems: Problems): Step | undefined {
  const map = expectMap(node, 'A step', problems);
  if (map === undefined) return undefined;
  const verb = VERBS.find((word) => map.entries.some((entry) => entry.key === word));
  if (verb === undefined) {
    const found = map.entries[0]?.key ?? '';
    problems.add(map.at, `A step needs a verb: ${VERBS.join(', ')}.${suggestion(found, VERBS)}`);
    return undefined;
  }
  const reader = new MapReader(map, `A ${verb} step`, problems);
  const id = reader.text('id');
  const as = reader.text('as');
  if (as !== undefined && !isName(as)) {
    problems.add(reader.take('as')?.at ?? map.at, `"${as}" is no name: letters, digits and _, and no digit first.`);
  }
  const action = parseAction(verb, reader, path, problems);
  reader.finish();
  return action === undefined ? undefined : { at: map.at, path, id, as, ...action };
}

function parseAction(verb: Verb, reader: MapReader, path: string, problems: Problems): StepAction | undefined {
  const node = reader.required(verb);
  if (node === undefined) return undefined;
  switch (verb) {
    case 'call':
      return parseCall(node, reader, problems);
    case 'wait':
      return parseWait(node, reader, problems);
    case 'on':
      return parseOn(node, path, problems);
    case 'mark':
      if (node.kind === 'text' && isName(node.text)) return { verb, name: node.text };
      problems.add(node.at, `\`mark\` takes a name, not ${nodeName(node)}.`);
      return undefined;
    case 'readAll': {
      const map = expectMap(node, '`readAll`', problems);
      if (map === undefined) return undefined;
      const inner = new MapReader(map, '`readAll`', problems);
      const file = inner.required('hFile');
      const size = inner.take('size');
      inner.finish();
      if (file === undefined) return undefined;
      return {
        verb,
        file: parseValue(file, problems),
        size: size === undefined ? undefined : parseValue(size, problems),
        expect: parseBeside(reader, problems),
      };
    }
    case 'client': {
      const action = parseClientAction(node, problems);
      const expect = parseBeside(reader, problems);
      return action && { verb, action, expect };
    }
    case 'server':
    case 'ftp': {
      // `on: $name` stands beside the action: inside the verb's map or at the step itself.
      const beside = reader.take('on');
      const parsed = parsePeerAction(node, verb === 'server' ? 'A server step' : 'An ftp step', problems);
      const expect = parseBeside(reader, problems);
      const on: Value | undefined = parsed?.on ?? (beside === undefined ? undefined : parseValue(beside, problems));
      return parsed && { verb, action: parsed.action, on, expect };
    }
    case 'expectTrace':
      return { verb, invariants: parseInvariantNames(node, problems) };
    case 'expect': {
      const expect = parseExpectBody(node, problems);
      return expect && { verb, expect };
    }
  }
}

function parseBeside(reader: MapReader, problems: Problems): Matcher | undefined {
  const node = reader.take('expect');
  return node === undefined ? undefined : parseMatcher(node, problems);
}

function parseCall(node: Node, reader: MapReader, problems: Problems): StepAction | undefined {
  const withNode = reader.take('with');
  const expectNode = reader.take('expect');
  const args: readonly Argument[] = withNode === undefined || withNode.kind === 'null' ? [] : expectMap(withNode, '`with`', problems)?.entries.map((entry) => ({
    parameter: entry.key,
    at: entry.keyAt,
    value: parseValue(entry.value, problems),
  })) ?? [];
  const expect = expectNode === undefined ? undefined : parseCallExpectation(expectNode, problems);
  if (node.kind !== 'text') {
    problems.add(node.at, `\`call\` takes the name of a function, not ${nodeName(node)}.`);
    return undefined;
  }
  return { verb: 'call', function: node.text, functionAt: node.at, with: args, expect };
}

const WAITS = ['callback', 'overlapped', 'done', 'value', 'ms'] as const;

function parseWait(node: Node, beside: MapReader, problems: Problems): StepAction | undefined {
  const map = expectMap(node, '`wait`', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, '`wait`', problems);
  const kinds = WAITS.filter((word) => reader.has(word));
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    problems.add(map.at, `\`wait\` waits for one of ${WAITS.join(', ')}.`);
    return undefined;
  }
  const within = reader.count('within') ?? DEFAULT_WITHIN;
  const until = parseUntil(kind, reader, problems);
  reader.finish();
  const expect = parseBeside(beside, problems);
  return until && { verb: 'wait', until, within, expect };
}

function parseUntil(kind: (typeof WAITS)[number], reader: MapReader, problems: Problems): WaitStep['until'] | undefined {
  if (kind === 'ms') {
    const milliseconds = reader.count('ms');
    return milliseconds === undefined ? undefined : { kind: 'time', milliseconds };
  }
  const node = reader.required(kind);
  if (node === undefined) return undefined;
  switch (kind) {
    case 'callback': {
      const item = parseItem(node, problems);
      const choice = parseChoice(reader, problems);
      const count = reader.count('count', 1) ?? 1;
      return item && { kind, item, choice, count };
    }
    case 'overlapped':
      return { kind, overlapped: parseValue(node, problems) };
    case 'done':
      return { kind, call: parseValue(node, problems) };
    case 'value':
      return { kind, value: parseValue(node, problems), matcher: matcherBeside(reader.node, reader, problems) };
  }
}

function parseOn(node: Node, path: string, problems: Problems): OnStep | undefined {
  const map = expectMap(node, '`on`', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, '`on`', problems);
  const status = reader.required('callback');
  const choice = parseChoice(reader, problems);
  const times = reader.count('times', 1) ?? 1;
  const steps = reader.required('do');
  reader.finish();
  if (status === undefined || steps === undefined) return undefined;
  return { verb: 'on', status: parseValue(status, problems), choice, times, do: parseSteps(steps, `${path}.`, problems) };
}
