import { nodeName, type MapEntry, type MapNode, type Node } from './node';
import { suggestion } from './nearest';
import type { Position, Problems } from './problem';

/**
 * Takes the keys of one map by name, checks what they hold, and in the end complains of every key nobody took.
 * What it returns is undefined both for a missing key and for one that was reported as wrong.
 */
export class MapReader {
  readonly node: MapNode;
  readonly #what: string;
  readonly #problems: Problems;
  readonly #asked = new Set<string>();

  /** `what` names the map in messages: "a wait step", "the server". */
  constructor(node: MapNode, what: string, problems: Problems) {
    this.node = node;
    this.#what = what;
    this.#problems = problems;
  }

  get at(): Position {
    return this.node.at;
  }

  has(key: string): boolean {
    return this.node.entries.some((entry) => entry.key === key);
  }

  entry(key: string): MapEntry | undefined {
    this.#asked.add(key);
    return this.node.entries.find((entry) => entry.key === key);
  }

  take(key: string): Node | undefined {
    return this.entry(key)?.value;
  }

  /** What nobody has taken yet; from here on it counts as taken. */
  rest(): readonly MapEntry[] {
    const left = this.node.entries.filter((entry) => !this.#asked.has(entry.key));
    for (const entry of left) this.#asked.add(entry.key);
    return left;
  }

  required(key: string): Node | undefined {
    const node = this.take(key);
    if (node === undefined) this.#problems.add(this.node.at, `${this.#what} needs \`${key}\`.`);
    return node;
  }

  /** Numbers count as texts, as they were written. */
  text(key: string): string | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    const text = scalarText(node);
    if (text === undefined) this.wrong(node, `\`${key}\` must be a text`);
    return text;
  }

  boolean(key: string): boolean | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    if (node.kind === 'boolean') return node.value;
    this.wrong(node, `\`${key}\` must be true or false`);
    return undefined;
  }

  /** A whole number of at least `minimum`; milliseconds, counts. */
  count(key: string, minimum = 0): number | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    if (node.kind === 'integer' && node.value >= BigInt(minimum) && node.value <= 2_147_483_647n) return Number(node.value);
    this.wrong(node, `\`${key}\` must be a whole number of at least ${minimum}`);
    return undefined;
  }

  oneOf<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const node = this.take(key);
    if (node === undefined) return undefined;
    const found = node.kind === 'text' ? allowed.find((word) => word === node.text) : undefined;
    if (found === undefined) {
      const hint = node.kind === 'text' ? suggestion(node.text, allowed) : '';
      this.#problems.add(node.at, `\`${key}\` must be one of ${allowed.join(', ')}, not ${nodeName(node)}.${hint}`);
    }
    return found;
  }

  wrong(node: Node, rule: string): void {
    this.#problems.add(node.at, `${rule}, not ${nodeName(node)}.`);
  }

  /** Reports the keys that have no meaning here. Call it last. */
  finish(): void {
    const known = [...this.#asked];
    for (const entry of this.rest()) {
      this.#problems.add(
        entry.keyAt,
        `${this.#what} has no key "${entry.key}".${suggestion(entry.key, known)} Allowed: ${known.join(', ')}.`,
      );
    }
  }
}

/** A text, or a number as it was written. */
export function scalarText(node: Node): string | undefined {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'integer' || node.kind === 'float') return node.source;
  return undefined;
}

/** The node as a map, or a complaint. */
export function expectMap(node: Node | undefined, what: string, problems: Problems): MapNode | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'map') return node;
  problems.add(node.at, `${what} must be a map, not ${nodeName(node)}.`);
  return undefined;
}

export function expectList(node: Node | undefined, what: string, problems: Problems): readonly Node[] | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'list') return node.items;
  problems.add(node.at, `${what} must be a list, not ${nodeName(node)}.`);
  return undefined;
}
