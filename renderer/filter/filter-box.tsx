import { lazy, Suspense, useCallback, useId, useRef, useState } from 'react';
import { parseFilter } from '../../preload/contract/filter/parse-filter';
import { FILTER_ELEMENT_ID, giveNamedCommand, withCommandKeys } from '../commands/registry';
import { finishFilter, typeFilter } from '../store/filter';
import { useApp } from '../store/state';
import { classNames } from '../ui/class-names';
import css from './filter.module.css';

/** Not needed before somebody writes a filter, and so not loaded with the window. */
const FilterPanel = lazy(() => import('./filter-panel'));

/** What the box tells a screen reader of its suggestions. */
export interface FilterAid {
  readonly expanded: boolean;
  readonly active: string | undefined;
}

/** The one filter of tree, lanes, events and findings: its text, its mistakes underlined, and a panel that helps to write it. */
export function FilterBox() {
  const text = useApp((state) => state.filterText);
  const placeholder = useApp((state) => withCommandKeys('Filter', 'focus-filter', state));
  const input = useRef<HTMLInputElement>(null);
  const mirror = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  const [aid, setAid] = useState<FilterAid>({ expanded: false, active: undefined });
  const panel = useId();
  const parsed = parseFilter(text);
  const problem = parsed.ok ? undefined : parsed.error;
  const follow = (): void => { if (mirror.current !== null && input.current !== null) mirror.current.scrollLeft = input.current.scrollLeft; };
  const leave = useCallback((): void => {
    setFocused(false);
    finishFilter();
  }, []);
  return (
    <search className={css.filter} data-help="filter">
      <svg className={css.glass} width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.4" /><path d="m9 9 3.5 3.5" stroke="currentColor" strokeWidth="1.4" /></svg>
      <input
        ref={input}
        id={FILTER_ELEMENT_ID}
        className={classNames(css.input, problem !== undefined && css.wrong)}
        type="text"
        role="combobox"
        aria-label="Filter handles, events and findings"
        aria-autocomplete="list"
        aria-expanded={aid.expanded}
        aria-controls={aid.expanded ? `${panel}-list` : undefined}
        aria-activedescendant={aid.active}
        aria-invalid={problem !== undefined}
        aria-describedby={focused ? `${panel}-says` : undefined}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        value={text}
        maxLength={1000}
        onChange={(event) => typeFilter(event.target.value)}
        onScroll={follow}
        onSelect={follow}
        onFocus={() => setFocused(true)}
        onBlur={leave}
      />
      {problem !== undefined && (
        <div ref={mirror} className={css.mirror} aria-hidden="true">
          {text.slice(0, problem.at.from)}<span className={css.mistake}>{text.slice(problem.at.from, problem.at.to) || ' '}</span>{text.slice(problem.at.to)}
        </div>
      )}
      {text !== '' && <button type="button" className={css.clear} aria-label="Clear the filter" onClick={() => giveNamedCommand('clear-filter')}>✕</button>}
      {focused && <Suspense><FilterPanel id={panel} input={input} text={text} parsed={parsed} onAid={setAid} /></Suspense>}
    </search>
  );
}
