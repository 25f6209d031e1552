import type { KeyboardEvent, MouseEvent, ReactNode, RefCallback, RefObject } from 'react';
import { classNames } from './class-names';
import { menuPlace, type MenuPlace } from './menu-place';
import type { VirtualRows } from './use-virtual-rows';
import css from './virtual-list.module.css';

interface VirtualListProps {
  readonly label: string;
  readonly count: number;
  /** CSS pixels. */
  readonly rowHeight: number;
  readonly rows: VirtualRows;
  readonly scroller: RefObject<HTMLDivElement | null> | RefCallback<HTMLDivElement>;
  /** CSS pixels that a line needs at least: in less room all of it scrolls sideways. */
  readonly leastWidth?: number;
  /** Above the lines; of the height that the rows were told of. */
  readonly head?: ReactNode;
  /** Below the lines, at their end. */
  readonly after?: ReactNode;
  readonly className?: string | undefined;
  /** The chosen line; -1 without one. */
  readonly index: number;
  /** The id of the chosen line's element while it is drawn. */
  readonly active: string | undefined;
  /** A key goes to a line: always one that there is. */
  readonly onGo: (index: number) => void;
  /** A context menu is asked for: of the line under the pointer, or by a key of the chosen one. */
  readonly onMenu?: ((index: number, place: MenuPlace) => void) | undefined;
  readonly renderLine: (place: number, top: number) => ReactNode;
  /** Told of every key that does not go to a line. */
  readonly onOtherKey?: (event: KeyboardEvent) => void;
}

/** A list of which only the lines on the screen are drawn. It has the focus and takes the keys: its lines are told by aria-activedescendant. */
export function VirtualList({ label, count, rowHeight, rows, scroller, leastWidth, head, after, className, index, active, onGo, onMenu, renderLine, onOtherKey }: VirtualListProps) {
  const { first, last, offset, height, barHeight } = rows;
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(height / rowHeight) - 2);
    const to = targetOf(event.key, index, page, count);
    if (to === undefined) return onOtherKey?.(event);
    event.preventDefault();
    if (count > 0) onGo(Math.min(count - 1, Math.max(0, to)));
  };
  const onContextMenu = (event: MouseEvent): void => {
    if (onMenu === undefined) return;
    event.preventDefault();
    const line = event.button === 2 && event.target instanceof Element ? event.target.closest('[role=option]') : active === undefined ? null : document.getElementById(active);
    const at = line === null ? index : Number(line.getAttribute('aria-posinset')) - 1;
    if (at >= 0 && at < count) onMenu(at, menuPlace(event, line ?? event.currentTarget));
  };
  return (
    <div ref={scroller} className={classNames(css.scroller, leastWidth !== undefined && css.sideways, className)} role="listbox" aria-label={label} aria-activedescendant={active} tabIndex={0} onKeyDown={onKeyDown} onContextMenu={onContextMenu}>
      <div className={css.bar} style={{ height: barHeight, minWidth: leastWidth }}>
        <div className={css.view} style={{ height }}>
          {head}
          <div className={css.lines}>{Array.from({ length: Math.max(0, last - first) }, (_none, at) => renderLine(first + at, (first + at) * rowHeight - offset))}</div>
        </div>
      </div>
      {after}
    </div>
  );
}

/** Where a key goes from the chosen line; without one, upwards is from the end. */
function targetOf(key: string, index: number, page: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowDown': return index + 1;
    case 'ArrowUp': return index < 0 ? count - 1 : index - 1;
    case 'PageDown': return index + page;
    case 'PageUp': return index - page;
    case 'Home': return 0;
    case 'End': return count - 1;
    default: return undefined;
  }
}

interface VirtualLineProps {
  /** Undefined while what stands there is still being fetched. */
  readonly id: string | undefined;
  readonly place: number;
  readonly count: number;
  /** CSS pixels. */
  readonly top: number;
  /** grid-template-columns, of a line with columns. */
  readonly grid?: string | undefined;
  readonly selected: boolean;
  readonly className?: string | undefined;
  readonly label?: string | undefined;
  readonly title?: string | undefined;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

export function VirtualLine({ id, place, count, top, grid, selected, className, label, title, onChoose, children }: VirtualLineProps) {
  const classes = classNames(css.line, className, selected && css.selected);
  const style = { transform: `translateY(${top}px)`, gridTemplateColumns: grid };
  if (id === undefined) return <div className={classes} style={style} role="option" aria-selected={false} aria-label="not fetched yet" />;
  return (
    // The list has the focus and takes the keys; a pointer needs the line.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- aria-activedescendant
    <div
      id={id} role="option" aria-selected={selected} aria-posinset={place + 1} aria-setsize={count} aria-label={label}
      className={classes} style={style} title={title} onClick={onChoose}
    >
      {children}
    </div>
  );
}
