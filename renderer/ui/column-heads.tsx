import { useRef, useState, type PointerEvent } from 'react';
import { classNames } from './class-names';
import css from './column-heads.module.css';

interface Head<Id extends string> {
  readonly id: Id;
  readonly title: string;
  /** Whether its values stand at their right edge. */
  readonly number?: true;
}

interface ColumnHeadsProps<Id extends string> {
  readonly columns: readonly Head<Id>[];
  /** grid-template-columns of the rows below. */
  readonly grid: string;
  /** Undefined takes back what was chosen. */
  readonly onWidth: (id: Id, width: number | undefined) => void;
  /** A column is put where another one is. */
  readonly onPutAt: (id: Id, at: Id) => void;
  /** CSS pixels in the window. */
  readonly onMenu: (x: number, y: number) => void;
}

/** A pointer that moves less than this between down and up has not dragged, in CSS pixels. */
const CLICK = 5;

/**
 * The heads of a table's columns, for a pointer: an edge is dragged to make a column wider, a head to move it, and the
 * context menu says which are shown. By the keyboard the same is done in the dialog of the columns.
 */
export function ColumnHeads<Id extends string>({ columns, grid, onWidth, onPutAt, onMenu }: ColumnHeadsProps<Id>) {
  const bar = useRef<HTMLDivElement>(null);
  const [carried, setCarried] = useState<Id | undefined>(undefined);
  const boxOf = (id: Id): DOMRect | undefined => bar.current?.querySelector(`[data-column=${id}]`)?.getBoundingClientRect();

  const carry = (event: PointerEvent<HTMLSpanElement>, id: Id): void => {
    const target = event.currentTarget;
    const start = event.clientX;
    let moved = false;
    follow(event, (x) => {
      moved ||= Math.abs(x - start) >= CLICK;
      if (!moved) return;
      setCarried(id);
      const own = target.getBoundingClientRect();
      const over = columns.find((column) => column.id !== id && isPast(boxOf(column.id), own, x));
      if (over !== undefined) onPutAt(id, over.id);
    }, () => setCarried(undefined));
  };

  const stretch = (event: PointerEvent<HTMLElement>, id: Id): void => {
    const box = boxOf(id);
    if (box === undefined) return;
    const start = event.clientX;
    event.stopPropagation();
    follow(event, (x) => onWidth(id, box.width + x - start), () => undefined);
  };

  return (
    <div
      ref={bar}
      className={css.heads}
      style={{ gridTemplateColumns: grid }}
      aria-hidden="true"
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(event.clientX, event.clientY);
      }}
    >
      {columns.map(({ id, title, number }) => (
        <span
          key={id} data-column={id} className={classNames(css.head, number === true && css.number, carried === id && css.carried)}
          title={`${title}\nDrag to move it; the context menu chooses columns`}
          onPointerDown={(event) => { if (event.button === 0) carry(event, id); }}
        >
          <span className={css.title}>{title}</span>
          <i
            className={css.grip} title="Drag to resize; a double click takes the width back"
            onPointerDown={(event) => { if (event.button === 0) stretch(event, id); }}
            onDoubleClick={() => onWidth(id, undefined)}
          />
        </span>
      ))}
    </div>
  );
}

/** Whether the pointer has come far enough over another head that the two can change places without changing back. */
function isPast(other: DOMRect | undefined, own: DOMRect, x: number): boolean {
  if (other === undefined || x < other.left || x > other.right) return false;
  return other.left > own.left ? x > other.right - Math.min(own.width, other.width) : x < other.left + Math.min(own.width, other.width);
}

function follow(event: PointerEvent<HTMLElement>, onMove: (x: number) => void, onEnd: () => void): void {
  const target = event.currentTarget;
  const stop = new AbortController();
  const { signal } = stop;
  target.setPointerCapture(event.pointerId);
  const end = (): void => {
    stop.abort();
    onEnd();
  };
  const move = (moved: globalThis.PointerEvent): void => onMove(moved.clientX);
  target.addEventListener('pointermove', move, { signal });
  target.addEventListener('pointerup', end, { signal });
  target.addEventListener('pointercancel', end, { signal });
}
