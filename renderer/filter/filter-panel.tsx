import { useEffect, useMemo, useState, type RefObject } from 'react';
import { explainFilter } from '../../preload/contract/filter/explain-filter';
import type { Filter, FilterProblem } from '../../preload/contract/filter/filter';
import type { Result } from '../../preload/contract/result';
import { suggestionsFor, type FilterSuggestion, type KeyValues } from '../model/filter-suggestions';
import { finishFilter, rememberFilter, setFilter } from '../store/filter';
import { giveNamedCommand } from '../commands/registry';
import { useApp } from '../store/state';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import type { FilterAid } from './filter-box';
import { occurringValues } from './occurring-values';
import css from './filter.module.css';

interface FilterPanelProps {
  readonly id: string;
  readonly input: RefObject<HTMLInputElement | null>;
  readonly text: string;
  readonly parsed: Result<Filter, FilterProblem>;
  readonly onAid: (aid: FilterAid) => void;
}

/** Under the filter's box: what the filter means, or what is wrong with it, and what can be written next. */
export default function FilterPanel({ id, input, text, parsed, onAid }: FilterPanelProps) {
  const saved = useApp((state) => state.settings.savedFilters);
  const recent = useApp((state) => state.settings.recentFilters);
  const [values, setValues] = useState<KeyValues>({});
  // Other text begins with the panel open and nothing chosen.
  const [place, setPlace] = useState({ text, open: true, active: -1 });
  const { open, active } = place.text === text ? place : { open: true, active: -1 };
  useEffect(() => {
    let gone = false;
    void occurringValues().then((found) => { if (!gone) setValues(found); });
    return () => { gone = true; };
  }, []);
  const offered = useMemo((): readonly FilterSuggestion[] => {
    const earlier = text.trim() === '' ? [
      ...saved.map((filter) => ({ text: filter, label: filter, about: 'saved' })),
      ...recent.filter((filter) => !saved.includes(filter)).map((filter) => ({ text: filter, label: filter, about: 'used before' })),
    ] : [];
    return [...earlier, ...suggestionsFor(text, values)];
  }, [text, values, saved, recent]);

  const expanded = open && offered.length > 0;
  const activeId = expanded && active >= 0 ? optionId(id, active) : undefined;
  useEffect(() => { onAid({ expanded, active: activeId }); }, [onAid, expanded, activeId]);
  useEffect(() => () => onAid({ expanded: false, active: undefined }), [onAid]);
  useEffect(() => { if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' }); }, [activeId]);
  useEffect(() => () => rememberFilter(), []);

  useEffect(() => {
    const field = input.current;
    if (field === null) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const chosen = offered[active];
      switch (event.key) {
        case 'ArrowDown': setPlace({ text, open: true, active: active + 1 < offered.length ? active + 1 : -1 }); break;
        case 'ArrowUp': setPlace({ text, open: true, active: active < 0 ? offered.length - 1 : active - 1 }); break;
        case 'Enter':
          if (expanded && chosen !== undefined) setFilter(chosen.text);
          else {
            finishFilter();
            rememberFilter();
            setPlace({ text, open: false, active: -1 });
          }
          break;
        case 'Tab':
          if (!expanded || chosen === undefined) return;
          setFilter(chosen.text);
          break;
        case 'Escape':
          if (expanded && active >= 0) setPlace({ text, open: true, active: -1 });
          else if (text !== '') setFilter('');
          else setPlace({ text, open: false, active: -1 });
          break;
        default: return;
      }
      event.preventDefault();
    };
    field.addEventListener('keydown', onKey);
    return () => field.removeEventListener('keydown', onKey);
  }, [input, offered, active, expanded, text]);

  const isSaved = saved.includes(text.trim());
  if (!open) return undefined;
  return (
    // The box keeps the focus while something here is pressed.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps the focus where it is
    <div className={css.panel} onMouseDown={(event) => event.preventDefault()}>
      <div className={css.says}>
        <p id={`${id}-says`} className={classNames(!parsed.ok && css.problem)} role="status">
          {parsed.ok ? explainFilter(parsed.value) : `${parsed.error.message}${' '}The filter before it stays in force.`}
        </p>
        {parsed.ok && parsed.value.length > 0 && <Button look="quiet" pressed={isSaved} onPress={() => giveNamedCommand('save-filter')}>{isSaved ? 'Saved' : 'Save'}</Button>}
      </div>
      {offered.length > 0 && (
        <div id={`${id}-list`} className={css.list} role="listbox" aria-label="Suggestions">
          {offered.map((suggestion, index) => (
            // The box has the focus and takes the keys; a pointer needs the line.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- aria-activedescendant
            <div
              key={`${suggestion.label} ${suggestion.about}`}
              id={optionId(id, index)}
              role="option"
              aria-selected={index === active}
              className={classNames(css.option, index === active && css.active)}
              onClick={() => setFilter(suggestion.text)}
            >
              <code title={suggestion.label}>{suggestion.label}</code>
              <span className={css.about}>{suggestion.about}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function optionId(id: string, index: number): string {
  return `${id}-option-${index}`;
}
