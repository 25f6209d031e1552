import { expectMap, MapReader } from './map-reader';
import { nodeName, type MapNode, type Node } from './node';
import { isName } from './parse-text';
import { parseHex, parseValue } from './parse-value';
import type { Problems } from './problem';
import { DEFAULT_WITHIN, type ClientAction, type ClosedExpectation, type Closing, type PeerAction, type ReceiveUntil } from './step';
import type { Value } from './value';

const CLIENT_ACTIONS = ['connect', 'send', 'receive', 'expect', 'close'] as const;
const PEER_ACTIONS = ['send', 'close', 'receive', 'expect', 'accept'] as const;
const CLOSINGS: readonly Closing[] = ['fin', 'reset'];

export function parseClientAction(node: Node, problems: Problems): ClientAction | undefined {
  const reader = readerOf(node, 'A client step', problems);
  if (reader === undefined) return undefined;
  const entries = CLIENT_ACTIONS.flatMap((key) => reader.entry(key) ?? []);
  reader.finish();
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    problems.add(reader.at, `A client step does one of ${CLIENT_ACTIONS.join(', ')}.`);
    return undefined;
  }
  const inner = readerOf(entry.value, `\`${entry.key}\` of a client`, problems);
  if (inner === undefined) return undefined;
  const action = clientAction(entry.key, inner, problems);
  inner.finish();
  return action;
}

function clientAction(key: string, inner: MapReader, problems: Problems): ClientAction | undefined {
  if (key === 'connect') {
    const port = requiredValue(inner, 'port', problems);
    const host = inner.take('host');
    return port && { kind: 'connect', port, host: host === undefined ? undefined : parseValue(host, problems) };
  }
  const on = requiredValue(inner, 'on', problems);
  if (on === undefined) return undefined;
  switch (key) {
    case 'send': {
      const bytes = parseSentBytes(inner, problems);
      return bytes && { kind: 'send', on, bytes };
    }
    case 'receive':
      return { kind: 'receive', on, ...parseReceive(inner, problems) };
    case 'expect': {
      const closed = parseClosed(inner, problems);
      return closed && { kind: 'expect', on, ...closed };
    }
    default:
      return { kind: 'close', on, how: inner.oneOf('how', CLOSINGS) ?? 'fin' };
  }
}

/** The action of a `server` or `ftp` step, and the connection it speaks on. */
export function parsePeerAction(
  node: Node,
  what: string,
  problems: Problems,
): { readonly action: PeerAction; readonly on: Value | undefined } | undefined {
  const reader = readerOf(node, what, problems);
  if (reader === undefined) return undefined;
  const entries = PEER_ACTIONS.flatMap((key) => reader.entry(key) ?? []);
  const [entry] = entries;
  if (entry === undefined || entries.length > 1) {
    problems.add(reader.at, `${what} does one of ${PEER_ACTIONS.join(', ')}.`);
    return undefined;
  }
  // `on` and `within` may stand beside the action; inside its own map they are understood as well.
  const map: MapNode = entry.value.kind === 'map' ? entry.value : { kind: 'map', entries: [], at: entry.value.at };
  const inner = new MapReader(map, `\`${entry.key}\` of ${what.toLowerCase()}`, problems);
  const action = peerAction(entry.key, entry.value, inner, reader, problems);
  const on = reader.take('on') ?? (consumesMap(entry.key) ? inner.take('on') : undefined);
  if (consumesMap(entry.key)) inner.finish();
  reader.finish();
  return action && { action, on: on === undefined ? undefined : parseValue(on, problems) };
}

/** Sent bytes may themselves be a map, `{hex: 0d0a}`. */
function consumesMap(key: string): boolean {
  return key !== 'send' && key !== 'accept';
}

function peerAction(key: string, node: Node, inner: MapReader, beside: MapReader, problems: Problems): PeerAction | undefined {
  switch (key) {
    case 'send': {
      const bytes = node.kind === 'map' && inner.has('text') ? requiredValue(inner, 'text', problems) : parseValue(node, problems);
      return bytes && { kind: 'send', bytes };
    }
    case 'close': {
      if (node.kind === 'map') return { kind: 'close', how: inner.oneOf('how', CLOSINGS) ?? 'fin' };
      const how = CLOSINGS.find((word) => node.kind === 'text' && node.text === word);
      if (how === undefined) problems.add(node.at, `\`close\` is fin or reset, not ${nodeName(node)}.`);
      return how && { kind: 'close', how };
    }
    case 'receive': {
      const within = beside.count('within');
      const parsed = node.kind === 'map'
        ? parseReceive(inner, problems)
        : { until: parseUntil(node, problems), within: DEFAULT_WITHIN };
      return { kind: 'receive', until: parsed.until, within: within ?? parsed.within };
    }
    case 'expect': {
      if (node.kind !== 'map') problems.add(node.at, `\`expect\` of a peer is {closed: fin}, not ${nodeName(node)}.`);
      const closed = parseClosed(inner, problems);
      return closed && { kind: 'expect', ...closed };
    }
    default: {
      const name = node.kind === 'text' && isName(node.text) ? node.text : undefined;
      if (name === undefined) problems.add(node.at, `\`accept\` gives the next connection a name, such as second, not ${nodeName(node)}.`);
      return name === undefined ? undefined : { kind: 'accept', name, within: beside.count('within') ?? DEFAULT_WITHIN };
    }
  }
}

function parseSentBytes(reader: MapReader, problems: Problems): Value | undefined {
  const text = reader.take('text');
  const hex = reader.take('hex');
  const fill = reader.take('fill');
  const bytes = reader.take('bytes');
  const given = [text, hex, fill].filter((node) => node !== undefined);
  if (given.length !== 1 || (fill === undefined) !== (bytes === undefined)) {
    problems.add(reader.at, '`send` takes one of text, hex, or fill with bytes.');
    return undefined;
  }
  if (text !== undefined) return parseValue(text, problems);
  if (hex !== undefined) return parseHex(hex, problems);
  if (fill === undefined || bytes === undefined) return undefined;
  return { kind: 'fill', fill: parseValue(fill, problems), bytes: parseValue(bytes, problems), at: reader.at };
}

function parseReceive(reader: MapReader, problems: Problems): { readonly until: ReceiveUntil; readonly within: number } {
  const until = reader.take('until');
  return {
    until: until === undefined ? { kind: 'some' } : parseUntil(until, problems),
    within: reader.count('within') ?? DEFAULT_WITHIN,
  };
}

function parseUntil(node: Node, problems: Problems): ReceiveUntil {
  if (node.kind === 'null') return { kind: 'some' };
  if (node.kind === 'integer') return { kind: 'count', bytes: parseValue(node, problems) };
  if (node.kind === 'text') {
    if (node.text === 'response' || node.text === 'request') return { kind: 'message' };
    if (node.text === 'close') return { kind: 'close' };
    const value = parseValue(node, problems);
    return value.kind === 'sum' ? { kind: 'count', bytes: value } : { kind: 'text', text: value };
  }
  if (node.kind === 'map') {
    const bytes = parseValue(node, problems);
    if (bytes.kind === 'hex' || bytes.kind === 'fill') return { kind: 'text', text: bytes };
  }
  problems.add(node.at, `A receive goes until \`response\`, \`close\`, a number of bytes or a text, not ${nodeName(node)}.`);
  return { kind: 'some' };
}

function parseClosed(reader: MapReader, problems: Problems): ClosedExpectation | undefined {
  const node = reader.required('closed');
  const within = reader.count('within') ?? DEFAULT_WITHIN;
  const stays = reader.count('for');
  if (node === undefined) return undefined;
  if (node.kind === 'boolean' && !node.value) {
    if (stays === undefined) problems.add(node.at, '`closed: false` needs `for`, the milliseconds it must stay open.');
    return { closed: false, within, for: stays ?? 0 };
  }
  const closed = (['fin', 'reset', 'any'] as const).find((word) => node.kind === 'text' && node.text === word);
  if (closed === undefined) {
    problems.add(node.at, `\`closed\` is fin, reset, any, or false with \`for\`, not ${nodeName(node)}.`);
    return undefined;
  }
  return { closed, within, for: stays ?? 0 };
}

function requiredValue(reader: MapReader, key: string, problems: Problems): Value | undefined {
  const node = reader.required(key);
  return node === undefined ? undefined : parseValue(node, problems);
}

function readerOf(node: Node, what: string, problems: Problems): MapReader | undefined {
  const map = expectMap(node, what, problems);
  return map === undefined ? undefined : new MapReader(map, what, problems);
}
