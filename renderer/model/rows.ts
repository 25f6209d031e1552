import { asksEvents, type Filter } from '../../preload/contract/filter/filter';
import { handleSubject } from '../../preload/contract/filter/handle-subject';
import { meets } from '../../preload/contract/filter/meets';
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
  /** What parseFilter takes; empty for all. */
  readonly filter: string;
  /** The handles of the events that the filter lets through, where it asks for what only events have; undefined until main has told. */
  readonly found?: ReadonlySet<HandleId> | undefined;
  /** Shows the handles as they stood at this time, in milliseconds since the start of the trace; undefined for now. */
  readonly asOf: number | undefined;
}

/** The rows to show, top to bottom, by their place. */
export interface RowList {
  readonly length: number;
  at(index: number): Row | undefined;
  /** -1 for a handle that is hidden or unknown. */
  indexOf(handle: HandleId): number;
  /** The rows from one place up to and without another, as many as there are. */
  slice(from: number, to: number): readonly Row[];
  /** The handles beside this one, itself among them, that something is shown below of. */
  expandableSiblings(handle: HandleId): readonly HandleId[];
}

export function filterWords(filter: string): readonly string[] {
  return filter.toLowerCase().split(/\s+/).filter((word) => word !== '');
}

/** The handle as it is shown; undefined for one that was not there yet. */
export function shownNode(forest: Forest, id: HandleId, asOf: number | undefined): HandleNode | undefined {
  const node = forest.get(id);
  return node === undefined || asOf === undefined ? node : nodeAt(node, asOf);
}

/** Whether a handle asks for a row by itself; one that does not is still shown as long as something below it is. */
export function matchesOptions(now: HandleNode, { liveOnly, asOf, found }: RowOptions, filter: Filter): boolean {
  const node = asOf === undefined ? now : nodeAt(now, asOf);
  return node !== undefined && !(liveOnly && isEnded(node.state)) && matches(node, filter, found);
}

/** A filter that asks for what only events have is met by the handles of those events. */
function matches(node: HandleNode, filter: Filter, found: ReadonlySet<HandleId> | undefined): boolean {
  if (filter.length === 0) return true;
  if (filter.some(asksEvents)) return found === undefined || found.has(node.id);
  const chips = chipsOf(node).map((chip) => chip.text).join(' ');
  const subject = handleSubject(node, `${node.label} ${node.detail} ${node.raw} ${kindWords(node.kind).name} ${node.state} ${chips}`);
  return filter.every((term) => meets(term, subject) !== term.negated);
}
