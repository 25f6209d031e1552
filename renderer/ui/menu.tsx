import { Fragment, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { classNames } from './class-names';
import css from './menu.module.css';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly offReason?: string | undefined;
  /** Of one that is chosen or not, whether it is. */
  readonly checked?: boolean | undefined;
  /** Begins another group of choices: a line parts it from the one above. */
  readonly begins?: boolean | undefined;
  readonly onPress: () => void;
}

interface MenuProps {
  readonly name: string;
  /** CSS pixels in the window; the menu moves as far as it must to be seen whole. */
  readonly x: number;
  readonly y: number;
  readonly items: readonly MenuItem[];
  readonly onClose: () => void;
}

/**
 * A menu of the page's own, for choices that stay on or off; commands have the system's context menus. It stands beside
 * the window's content, since what it is opened from may be a list, which can hold nothing but lines. An item that is off can
 * be reached all the same, so that its reason can be read.
 */
export function Menu({ name, x, y, items, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ x, y });
  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect();
    if (box !== undefined) setPlace({ x: Math.max(4, Math.min(x, innerWidth - box.width - 4)), y: Math.max(4, Math.min(y, innerHeight - box.height - 4)) });
  }, [x, y]);
  useEffect(() => {
    const before = document.activeElement;
    menu.current?.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
    return () => { if (before instanceof HTMLElement) before.focus(); };
  }, []);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && menu.current?.contains(event.target) === true) return;
      onClose();
    };
    addEventListener('pointerdown', outside, true);
    addEventListener('blur', onClose);
    return () => {
      removeEventListener('pointerdown', outside, true);
      removeEventListener('blur', onClose);
    };
  }, [onClose]);
  const move = (by: number | 'first' | 'last'): void => {
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = all.findIndex((item) => item === document.activeElement);
    const next = by === 'first' ? 0 : by === 'last' ? all.length - 1 : (at + by + all.length) % all.length;
    all[next]?.focus();
  };
  return createPortal(
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={name}
      className={css.menu}
      style={{ left: place.x, top: place.y }}
      onKeyDown={(event) => {
        switch (event.key) {
          case 'ArrowDown': move(1); break;
          case 'ArrowUp': move(-1); break;
          case 'Home': move('first'); break;
          case 'End': move('last'); break;
          case 'Escape': case 'Tab': onClose(); break;
          default: event.stopPropagation(); return;
        }
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      {items.map((item) => (
        <Fragment key={item.key}>
          {item.begins === true && <div role="separator" className={css.line} />}
          <button
            type="button"
            role={item.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
            aria-checked={item.checked}
            tabIndex={-1}
            aria-disabled={item.offReason !== undefined}
            aria-description={item.offReason}
            title={item.offReason}
            className={classNames(css.item, item.offReason !== undefined && css.off)}
            onClick={() => {
              if (item.offReason !== undefined) return;
              onClose();
              item.onPress();
            }}
          >
            <span className={css.words}>{items.some(({ checked }) => checked !== undefined) && <i className={css.check} aria-hidden="true">{item.checked === true ? '✓' : ''}</i>}{item.label}</span>
            {item.keys !== undefined && <kbd className={css.keys}>{item.keys}</kbd>}
          </button>
        </Fragment>
      ))}
    </div>,
    document.body,
  );
}
