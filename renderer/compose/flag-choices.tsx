import { useId, useState } from 'react';
import type { FlagChoice } from '../../preload/contract/client-options';
import { Field } from '../ui/field';
import css from './compose.module.css';

interface FlagChoicesProps<T extends string> {
  readonly label: string;
  readonly choices: readonly FlagChoice<T>[];
  readonly chosen: readonly T[];
  readonly onChange: (chosen: readonly T[]) => void;
  /** Shows a field that narrows a long list by name or meaning. */
  readonly searchable?: boolean;
}

/** Flags by their names, each with what it means. One that is chosen stays in the list whatever is searched. */
export function FlagChoices<T extends string>({ label, choices, chosen, onChange, searchable }: FlagChoicesProps<T>) {
  const id = useId();
  const [sought, setSought] = useState('');
  const words = sought.toLowerCase().split(/\s+/).filter((word) => word !== '');
  const shown = choices.filter(({ name, meaning }) => chosen.includes(name) || words.every((word) => `${name} ${meaning}`.toLowerCase().includes(word)));
  return (
    <fieldset className={css.flags} aria-label={label}>
      {searchable === true && <Field label="Find a flag" value={sought} hint="By its name or by what it does." onChange={setSought} />}
      {shown.map(({ name, meaning }) => (
        <div key={name} className={css.flag}>
          <input
            id={`${id}-${name}`}
            type="checkbox"
            checked={chosen.includes(name)}
            aria-describedby={`${id}-${name}-meaning`}
            onChange={(event) => onChange(event.target.checked ? [...chosen, name] : chosen.filter((one) => one !== name))}
          />
          <div>
            <label className={css.flagName} htmlFor={`${id}-${name}`}>{name}</label>
            <p id={`${id}-${name}-meaning`} className={css.flagMeaning}>{meaning}</p>
          </div>
        </div>
      ))}
    </fieldset>
  );
}
