import type { PointerEvent } from 'react';
import { classNames } from './class-names';
import css from './separator.module.css';

interface SeparatorProps {
  readonly name: string;
  /** 'vertical' stands between two panes side by side. */
  readonly direction: 'vertical' | 'horizontal';
  /** Pixels of the pane that it sizes. */
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** Which way the pane lies: 1 when it grows with the pointer's coordinate. */
  readonly grows: 1 | -1;
  /** What it is at first: a double click and Enter go back to it. */
  readonly first: number;
  readonly onChange: (value: number) => void;
}

const STEP = 16;

/** The line between two panes: dragged, or moved with the arrow keys, Home and End; Enter puts it where it was at first. */
export function Separator({ name, direction, value, least, most, grows, first, onChange }: SeparatorProps) {
  const set = (next: number): void => onChange(Math.round(Math.min(most, Math.max(least, next))));
  const follow = (event: PointerEvent<HTMLDivElement>): void => {
    const target = event.currentTarget;
    const at = (moment: { readonly clientX: number; readonly clientY: number }): number => (direction === 'vertical' ? moment.clientX : moment.clientY);
    const start = at(event);
    target.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent): void => set(value + (at(moved) - start) * grows);
    const end = (): void => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={name}
      aria-orientation={direction}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      className={classNames(css.separator, css[direction])}
      title="Drag, or move with the arrow keys; a double click or Enter makes it as at first"
      onDoubleClick={() => set(first)}
      onPointerDown={(event) => { if (event.button === 0) follow(event); }}
      onKeyDown={(event) => {
        const towards = direction === 'vertical' ? { ArrowLeft: -1, ArrowRight: 1 } : { ArrowUp: -1, ArrowDown: 1 };
        const sign = Object.entries(towards).find(([key]) => key === event.key)?.[1];
        if (sign !== undefined) set(value + sign * grows * STEP);
        else if (event.key === 'Home') set(least);
        else if (event.key === 'End') set(most);
        else if (event.key === 'Enter') set(first);
        else return;
        event.preventDefault();
      }}
    />
  );
}
