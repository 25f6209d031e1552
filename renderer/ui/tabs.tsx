import { useRef } from 'react';
import { classNames } from './class-names';
import css from './tabs.module.css';

interface TabsProps<T extends string> {
  readonly name: string;
  readonly tabs: readonly { readonly id: T; readonly label: string }[];
  readonly shown: T;
  readonly onShow: (id: T) => void;
}

/** ARIA tabs: one stop of the Tab key, the arrows go between them. */
export function Tabs<T extends string>({ name, tabs, shown, onShow }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);
  const go = (by: number): void => {
    const at = tabs.findIndex((tab) => tab.id === shown);
    const next = (at + by + tabs.length) % tabs.length;
    const tab = tabs[next];
    if (tab === undefined) return;
    onShow(tab.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={name} className={css.tabs}>
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          aria-selected={tab.id === shown}
          tabIndex={tab.id === shown ? 0 : -1}
          className={classNames(css.tab, tab.id === shown && css.shown)}
          onClick={() => onShow(tab.id)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') go(1);
            else if (event.key === 'ArrowLeft') go(-1);
            else return;
            event.preventDefault();
          }}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
