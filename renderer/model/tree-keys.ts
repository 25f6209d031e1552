import type { HandleId } from '../../preload/contract/ids';
import type { RowList } from './rows';

export type TreeMove =
  | { readonly kind: 'select'; readonly index: number }
  | { readonly kind: 'expand' | 'collapse'; readonly handles: readonly HandleId[] };

/** Keys that mean something to a tree, whatever is selected in it. */
export const TREE_KEYS: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageDown', 'PageUp', 'Enter', ' ', '*']);

/** The keys of an ARIA tree. `page` is how many rows are on the screen; undefined for a key that means nothing here. */
export function treeMove(rows: RowList, selected: number, key: string, page: number): TreeMove | undefined {
  const last = rows.length - 1;
  if (last < 0) return undefined;
  const select = (index: number): TreeMove => ({ kind: 'select', index: Math.min(last, Math.max(0, index)) });
  const row = rows.at(selected);
  switch (key) {
    case 'ArrowDown': return select(selected + 1);
    case 'ArrowUp': return select(selected < 0 ? 0 : selected - 1);
    case 'Home': return select(0);
    case 'End': return select(last);
    case 'PageDown': return select(selected + page);
    case 'PageUp': return select(selected - page);
    case 'ArrowRight':
      if (row === undefined || !row.expandable) return undefined;
      return row.expanded ? select(selected + 1) : { kind: 'expand', handles: [row.node.id] };
    case 'ArrowLeft':
      if (row === undefined) return undefined;
      if (row.expanded) return { kind: 'collapse', handles: [row.node.id] };
      return row.depth === 0 || row.node.parent === undefined ? undefined : select(rows.indexOf(row.node.parent));
    case 'Enter': case ' ':
      if (row === undefined || !row.expandable) return undefined;
      return { kind: row.expanded ? 'collapse' : 'expand', handles: [row.node.id] };
    case '*': return row === undefined ? undefined : { kind: 'expand', handles: rows.expandableSiblings(row.node.id) };
    default: return undefined;
  }
}

/** The next row whose name begins with what was typed, from the selected one on and round again. */
export function typeAhead(rows: RowList, selected: number, typed: string): number | undefined {
  // One more of the same letter means the next such row; a longer word stays on a row that it still fits.
  const from = typed.length === 1 ? selected + 1 : Math.max(0, selected);
  for (let step = 0; step < rows.length; step++) {
    const index = (from + step) % rows.length;
    if (rows.at(index)?.node.label.toLowerCase().startsWith(typed.toLowerCase()) === true) return index;
  }
  return undefined;
}
