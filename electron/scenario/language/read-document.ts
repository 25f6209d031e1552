import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Scalar } from 'yaml';
import type { MapEntry, Node } from './node';
import type { Position, Problems } from './problem';

/** Bounds for a file from a stranger: aliases can make a small text expand without end. */
const MAX_CHARACTERS = 4_000_000;
const MAX_NODES = 200_000;

/** Reads YAML 1.2 (JSON is a part of it). Syntax errors go to `problems`, and then nothing is returned. */
export function readDocument(text: string, problems: Problems): Node | undefined {
  if (text.length > MAX_CHARACTERS) {
    problems.add({ line: 1, column: 1 }, `The file has ${text.length} characters; a scenario has at most ${MAX_CHARACTERS}.`);
    return undefined;
  }
  const lines = new LineCounter();
  let document: Document;
  try {
    document = parseDocument(text, { lineCounter: lines, intAsBigInt: true, prettyErrors: false, uniqueKeys: true });
  } catch (error) {
    // The parser is recursive, and a hostile depth of brackets ends its stack.
    if (!(error instanceof RangeError)) throw error;
    problems.add({ line: 1, column: 1 }, 'The file nests too deeply to be read.');
    return undefined;
  }
  for (const error of document.errors) {
    problems.add(positionAt(lines, error.pos[0]), `Not YAML: ${error.message}`);
  }
  if (document.errors.length > 0) return undefined;
  return new Converter(document, lines, problems).convert(document.contents, { line: 1, column: 1 });
}

function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

class Converter {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly #problems: Problems;
  #nodes = 0;

  constructor(document: Document, lines: LineCounter, problems: Problems) {
    this.#document = document;
    this.#lines = lines;
    this.#problems = problems;
  }

  convert(node: unknown, fallback: Position): Node | undefined {
    this.#nodes++;
    if (this.#nodes > MAX_NODES) {
      if (this.#nodes === MAX_NODES + 1) this.#problems.add(fallback, `The file holds more than ${MAX_NODES} values.`);
      return undefined;
    }
    if (node === null || node === undefined) return { kind: 'null', at: fallback };
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined) {
        this.#problems.add(fallback, `No anchor is named "${node.source}".`);
        return undefined;
      }
      return this.convert(target, fallback);
    }
    if (isScalar(node)) return this.#scalar(node, fallback);
    if (isSeq(node)) {
      const at = this.#at(node, fallback);
      const items: Node[] = [];
      for (const item of node.items) {
        const converted = this.convert(item, this.#at(item, at));
        if (converted !== undefined) items.push(converted);
      }
      return { kind: 'list', items, at };
    }
    if (isMap(node)) {
      const at = this.#at(node, fallback);
      const entries: MapEntry[] = [];
      for (const pair of node.items) {
        const keyAt = this.#at(pair.key, at);
        const key = this.#key(pair.key);
        if (key === undefined) {
          this.#problems.add(keyAt, 'A key must be a text.');
          continue;
        }
        const value = this.convert(pair.value, this.#at(pair.value, keyAt));
        if (value !== undefined) entries.push({ key, keyAt, value });
      }
      return { kind: 'map', entries, at };
    }
    this.#problems.add(fallback, 'This kind of YAML value has no meaning in a scenario.');
    return undefined;
  }

  #scalar(node: Scalar, fallback: Position): Node | undefined {
    const at = this.#at(node, fallback);
    const value: unknown = node.value;
    if (value === null || value === undefined) return { kind: 'null', at };
    if (typeof value === 'boolean') return { kind: 'boolean', value, at };
    if (typeof value === 'bigint') return { kind: 'integer', value, source: node.source ?? String(value), at };
    if (typeof value === 'number') return { kind: 'float', value, source: node.source ?? String(value), at };
    if (typeof value === 'string') return { kind: 'text', text: value, at };
    this.#problems.add(at, 'This kind of YAML value has no meaning in a scenario.');
    return undefined;
  }

  #key(key: unknown): string | undefined {
    const scalar = isAlias(key) ? key.resolve(this.#document) : key;
    if (!isScalar(scalar)) return undefined;
    if (typeof scalar.value === 'string') return scalar.value;
    // `404:` and `null:` are written as keys by people who mean the word.
    return scalar.source ?? (scalar.value === null ? undefined : String(scalar.value));
  }

  #at(node: unknown, fallback: Position): Position {
    if (typeof node !== 'object' || node === null || !('range' in node)) return fallback;
    const range: unknown = node.range;
    const start: unknown = Array.isArray(range) ? range[0] : undefined;
    return typeof start === 'number' ? positionAt(this.#lines, start) : fallback;
  }
}
