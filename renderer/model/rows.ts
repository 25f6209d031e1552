import { isEnded, type HandleNode } from '../../preload/contract/handle';
import type { HandleId } from '../../preload/contract/ids';
import type { Forest } from './forest';
import { kindWords } from './kinds';
import { chipsOf } from './chips';
import { nodeAt } from './past';

/** One row of the tree and one lane of the timeline. */
export interface Row {
  readonly node: HandleNode;
  /** From 0. */
  readonly depth: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
  /** From 1, among the siblings that are shown. */
  readonly position: number;
  readonly siblings: number;
}

export interface RowOptions {
  readonly collapsed: ReadonlySet<HandleId>;
  readonly liveOnly: boolean;
  /** Plain text; every word must be found. */
  readonly filter: string;
  /** Shows the handles as they stood at this time, in milliseconds since the start of the trace; undefined for now. */
  readonly asOf: number | undefined;
}

/** The rows to show, top to bottom. A handle that does not match stays as long as something below it does. */
export function visibleRows(forest: Forest, options: RowOptions): readonly Row[] {
  const words = filterWords(options.filter);
  const rows: Row[] = [];
  const kept = options.liveOnly || words.length > 0 || options.asOf !== undefined ? keptHandles(forest, options, words) : undefined;
  const visit = (parent: HandleId | undefined, depth: number): void => {
    const all = forest.childrenOf(parent);
    const shown = kept === undefined ? all : all.filter((id) => kept.has(id));
    for (const [index, id] of shown.entries()) {
      const node = shownNode(forest, id, options.asOf);
      if (node === undefined) continue;
      const children = forest.childrenOf(id);
      const expandable = kept === undefined ? children.length > 0 : children.some((child) => kept.has(child));
      const expanded = expandable && !options.collapsed.has(id);
      rows.push({ node, depth, expandable, expanded, position: index + 1, siblings: shown.length });
      if (expanded) visit(id, depth + 1);
    }
  };
  visit(undefined, 0);
  return rows;
}

export function filterWords(filter: string): readonly string[] {
  return filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

function shownNode(forest: Forest, id: HandleId, asOf: number | undefined): HandleNode | undefined {
  const node = forest.get(id);
  return node === undefined || asOf === undefined ? node : nodeAt(node, asOf);
}

function keptHandles(forest: Forest, { liveOnly, asOf }: RowOptions, words: readonly string[]): ReadonlySet<HandleId> {
  const kept = new Set<HandleId>();
  const keep = (id: HandleId): boolean => {
    const node = shownNode(forest, id, asOf);
    let wanted = node !== undefined && !(liveOnly && isEnded(node.state)) && matches(node, words);
    for (const child of forest.childrenOf(id)) wanted = keep(child) || wanted;
    if (wanted) kept.add(id);
    return wanted;
  };
  for (const root of forest.childrenOf(undefined)) keep(root);
  return kept;
}

function matches(node: HandleNode, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const chips = chipsOf(node).map((chip) => chip.text).join(' ');
  const text = `${node.label} ${node.detail} ${node.raw} ${kindWords(node.kind).name} ${node.state} ${chips}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
