import type { Position } from './problem';

/** A YAML or JSON document as plain data that remembers where each part stood. */
export type Node = ScalarNode | ListNode | MapNode;

export type ScalarNode =
  | { readonly kind: 'null'; readonly at: Position }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly at: Position }
  /** `source` is the number as written: `hex: 00` must keep its two digits. */
  | { readonly kind: 'integer'; readonly value: bigint; readonly source: string; readonly at: Position }
  | { readonly kind: 'float'; readonly value: number; readonly source: string; readonly at: Position }
  | { readonly kind: 'text'; readonly text: string; readonly at: Position };

export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly at: Position;
}

export interface MapNode {
  readonly kind: 'map';
  readonly entries: readonly MapEntry[];
  readonly at: Position;
}

export interface MapEntry {
  readonly key: string;
  readonly keyAt: Position;
  readonly value: Node;
}

/** How an error message names what it found. */
export function nodeName(node: Node): string {
  switch (node.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(node.value);
    case 'integer':
    case 'float':
      return `the number ${node.source}`;
    case 'text':
      return `the text "${node.text.length > 40 ? `${node.text.slice(0, 40)}…` : node.text}"`;
    case 'list':
      return 'a list';
    case 'map':
      return 'a map';
  }
}
