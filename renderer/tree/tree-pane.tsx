import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import type { HandleId } from '../../preload/contract/ids';
import { shownColumns } from '../model/columns';
import { TABLES } from '../model/tables';
import { useTelling } from '../store/telling';
import type { RowList } from '../model/rows';
import { countNotes } from '../model/notes';
import { treeMove, typeAhead } from '../model/tree-keys';
import { useApp } from '../store/state';
import { selectHandle, setExpanded } from '../store/view-actions';
import { menuPlace } from '../ui/menu-place';
import { TreeRow, rowElementId } from './tree-row';
import css from './tree.module.css';

interface TreePaneProps {
  readonly rows: RowList;
  readonly rowHeight: number;
  /** The rows that are drawn: from the first up to and without the last. */
  readonly first: number;
  readonly last: number;
  /** CSS pixels that the rows are scrolled. */
  readonly offset: number;
  /** Rows on the screen. */
  readonly page: number;
  readonly onReveal: (index: number) => void;
  readonly onMenu: (handle: HandleId, x: number, y: number) => void;
}

/** What was typed counts as one word until the typing stops for so long, in milliseconds. */
const TYPING_PAUSE = 700;

/** The handles as a flat ARIA tree: the rows are siblings in the page, and level and place stand in their attributes. */
export function TreePane({ rows, rowHeight, first, last, offset, page, onReveal, onMenu }: TreePaneProps) {
  const selected = useApp((state) => state.selection.handle);
  const badges = useApp((state) => state.badges);
  const annotations = useApp((state) => state.annotations);
  const noted = useMemo(() => countNotes(annotations), [annotations]);
  const index = selected === undefined ? -1 : rows.indexOf(selected);
  const places = useApp((state) => state.layout.tree);
  const columns = useMemo(() => shownColumns(TABLES.tree.columns, places), [places]);
  const telling = useTelling();
  const typed = useRef({ text: '', at: 0 });

  const tree = useRef<HTMLDivElement>(null);
  // When what had the focus is gone, as with the button of an empty window, the keys go to what was opened with it.
  useEffect(() => {
    if (selected !== undefined && document.activeElement === document.body) tree.current?.focus({ preventScroll: true });
  }, [selected]);

  const select = (at: number): void => {
    selectHandle(rows.at(at)?.node.id);
    onReveal(at);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = treeMove(rows, index, event.key, page);
    if (move !== undefined) {
      event.preventDefault();
      if (move.kind === 'select') select(move.index);
      else setExpanded(move.handles, move.kind === 'expand');
      return;
    }
    // A key that means nothing to a tree may still be the key of a command: only a letter that finds a row is taken.
    if (event.key.length !== 1 || event.key === ' ' || event.key === '?') return;
    const text = event.timeStamp - typed.current.at < TYPING_PAUSE ? typed.current.text + event.key : event.key;
    const found = typeAhead(rows, index, text);
    if (found === undefined) return;
    typed.current = { text, at: event.timeStamp };
    event.preventDefault();
    select(found);
  };

  return (
    <div
      ref={tree}
      role="tree"
      aria-label="Handles"
      tabIndex={0}
      className={css.tree}
      aria-activedescendant={selected !== undefined && index >= 0 ? rowElementId(selected) : undefined}
      onKeyDown={onKeyDown}
      onFocus={() => { if (index >= 0) onReveal(index); }}
      onContextMenu={(event) => {
        event.preventDefault();
        const element = event.target instanceof Element ? event.target.closest('[role=treeitem]') : null;
        const at = element === null ? index : Number(element.getAttribute('data-index'));
        const row = rows.at(at);
        if (row === undefined) return;
        const { x, y } = menuPlace(event, document.getElementById(rowElementId(row.node.id)));
        onMenu(row.node.id, x, y);
      }}
    >
      {rows.slice(first, last).map((row, at) => (
        <TreeRow
          key={row.node.id} row={row} index={first + at} top={(first + at) * rowHeight - offset} selected={row.node.id === selected} finding={badges.get(row.node.id)} columns={columns} telling={telling} notes={noted.get(row.node.id) ?? 0}
        />
      ))}
    </div>
  );
}
