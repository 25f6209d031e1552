import { scalarText } from './map-reader';
import { nodeName, type MapNode, type Node } from './node';
import { parseText } from './parse-text';
import type { Problems } from './problem';
import type { Value } from './value';

/** Reads a value: scalars, references, sums, bytes, lists, and maps as structures. */
export function parseValue(node: Node, problems: Problems): Value {
  switch (node.kind) {
    case 'null':
    case 'boolean':
      return node;
    case 'integer':
      return { kind: 'integer', value: node.value, source: node.source, at: node.at };
    case 'float':
      return parseFloatValue(node, problems);
    case 'text':
      return parseText(node.text, node.at, problems);
    case 'list':
      return { kind: 'list', items: node.items.map((item) => parseValue(item, problems)), at: node.at };
    case 'map':
      return parseBytes(node, problems) ?? parseStructure(node, problems);
  }
}

/** No Windows parameter here takes a fraction, but `1e3` and the text 1.1 are written without quotes. */
function parseFloatValue(node: Extract<Node, { kind: 'float' }>, problems: Problems): Value {
  return parseText(node.source, node.at, problems);
}

function parseStructure(node: MapNode, problems: Problems): Value {
  const fields = node.entries.map((entry) => ({
    name: entry.key,
    nameAt: entry.keyAt,
    value: parseValue(entry.value, problems),
  }));
  return { kind: 'map', fields, at: node.at };
}

/** `{hex: 0d0a}` and `{fill: x, bytes: 20000}`, or undefined for any other map. */
export function parseBytes(node: MapNode, problems: Problems): Value | undefined {
  const keys = node.entries.map((entry) => entry.key).sort().join(' ');
  const valueOf = (key: string): Node | undefined => node.entries.find((entry) => entry.key === key)?.value;
  if (keys === 'hex') {
    const hex = valueOf('hex');
    return hex === undefined ? undefined : parseHex(hex, problems);
  }
  if (keys === 'bytes fill') {
    const fill = valueOf('fill');
    const bytes = valueOf('bytes');
    if (fill === undefined || bytes === undefined) return undefined;
    return { kind: 'fill', fill: parseValue(fill, problems), bytes: parseValue(bytes, problems), at: node.at };
  }
  return undefined;
}

export function parseHex(node: Node, problems: Problems): Value {
  const digits = (scalarText(node) ?? '').replace(/\s+/g, '');
  if (scalarText(node) === undefined || digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
    problems.add(node.at, `\`hex\` takes pairs of hexadecimal digits, such as 0d0a, not ${nodeName(node)}.`);
    return { kind: 'hex', bytes: new Uint8Array(), at: node.at };
  }
  const bytes = new Uint8Array(digits.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    bytes[index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  }
  return { kind: 'hex', bytes, at: node.at };
}
