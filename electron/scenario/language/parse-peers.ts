import { expectMap, MapReader } from './map-reader';
import { nodeName, type Node } from './node';
import { optionalValue } from './parse-callbacks';
import { parseText } from './parse-text';
import { parseValue } from './parse-value';
import type { AfterAnswer, Answer, FtpScript, HeaderLine, Route, ServerScript } from './peer-script';
import type { Problems } from './problem';

const AFTER: readonly AfterAnswer[] = ['keep', 'close', 'reset'];

export function parseServer(node: Node, problems: Problems): ServerScript | undefined {
  const map = expectMap(node.kind === 'null' ? { kind: 'map', entries: [], at: node.at } : node, '`server`', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, '`server`', problems);
  const tls = reader.oneOf('tls', ['self-signed']);
  const routes = expectMap(reader.take('routes'), '`routes`', problems)?.entries.flatMap((entry): Route[] => {
    const match = /^(?:([A-Z][A-Z0-9_-]*)\s+)?(\S.*)$/.exec(entry.key);
    const path = match?.[2] ?? '';
    if (!/^[/*$]/.test(path) && !/^[a-z]+:/i.test(path)) {
      problems.add(entry.keyAt, `A route is a path, or a verb and a path ("POST /x"), not "${entry.key}".`);
      return [];
    }
    const nodes = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    if (nodes.length === 0) problems.add(entry.value.at, 'A route needs at least one answer.');
    const answers = nodes.flatMap((item) => parseAnswer(item, problems) ?? []);
    return [{ verb: match?.[1], path: parseText(path, entry.keyAt, problems), answers }];
  });
  reader.finish();
  return { tls, routes, at: map.at };
}

function parseAnswer(node: Node, problems: Problems): Answer | undefined {
  const map = expectMap(node.kind === 'null' ? { kind: 'map', entries: [], at: node.at } : node, 'An answer', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, 'An answer', problems);
  const delay = optionalValue(reader, 'delay', problems);
  const then = reader.oneOf('then', AFTER) ?? 'keep';
  const raw = optionalValue(reader, 'raw', problems);
  const message = {
    kind: 'message' as const,
    status: optionalValue(reader, 'status', problems),
    reason: optionalValue(reader, 'reason', problems),
    headers: parseHeaders(reader.take('headers'), problems),
    body: optionalValue(reader, 'body', problems),
  };
  reader.finish();
  if (raw === undefined) return { delay, content: message, then };
  for (const key of ['status', 'reason', 'headers', 'body']) {
    if (reader.has(key)) problems.add(map.at, `An answer is either \`raw\` or made of status, reason, headers and body: \`${key}\` has no effect.`);
  }
  return { delay, content: { kind: 'raw', raw }, then };
}

/** A header given a list of values becomes a line each. */
function parseHeaders(node: Node | undefined, problems: Problems): readonly HeaderLine[] {
  const map = expectMap(node, '`headers`', problems);
  return map?.entries.flatMap((entry) => {
    const values = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    return values.map((value) => ({ name: entry.key, value: parseValue(value, problems) }));
  }) ?? [];
}

export function parseFtp(node: Node, problems: Problems): FtpScript | undefined {
  const map = expectMap(node.kind === 'null' ? { kind: 'map', entries: [], at: node.at } : node, '`ftp`', problems);
  if (map === undefined) return undefined;
  const reader = new MapReader(map, '`ftp`', problems);
  const files = expectMap(reader.take('files'), '`files`', problems)?.entries.map((entry) => ({
    name: entry.key,
    text: parseValue(entry.value, problems),
  })) ?? [];
  const replies = expectMap(reader.take('replies'), '`replies`', problems)?.entries.flatMap((entry) => {
    if (/^[A-Za-z]{3,5}$/.test(entry.key)) return [{ command: entry.key.toUpperCase(), reply: parseValue(entry.value, problems) }];
    problems.add(entry.keyAt, `\`replies\` is a map from FTP commands to replies, MKD: "550 no", not ${nodeName(entry.value)} for "${entry.key}".`);
    return [];
  }) ?? [];
  reader.finish();
  return { files, replies, at: map.at };
}
