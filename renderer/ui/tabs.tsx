import { useRef } from 'react';
import { Chip, type ChipTone } from './chip';
import { classNames } from './class-names';
import css from './tabs.module.css';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  /** How much there is to see in it; undefined for nothing. */
  readonly count?: string | undefined;
  /** How bad the worst of it is; `hint` says it in words. */
  readonly tone?: ChipTone;
  readonly hint?: string | undefined;
}

interface TabsProps<T extends string> {
  readonly name: string;
  readonly tabs: readonly Tab<T>[];
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
          title={tab.hint}
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
          {tab.count !== undefined && <> <Chip text={tab.count} tone={tab.tone ?? 'plain'} /></>}
        </button>
      ))}
    </div>
  );
}
