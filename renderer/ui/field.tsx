import { useId, type ReactNode } from 'react';
import { classNames } from './class-names';
import { initialFocus } from './initial-focus';
import css from './field.module.css';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  /** What is wrong with the value and what to do. */
  readonly problem?: string | undefined;
  /** Lines to show; one is an input, more a text area. */
  readonly lines?: number;
  readonly suggestions?: readonly string[];
  readonly focusFirst?: boolean;
  readonly numeric?: boolean;
  readonly wide?: boolean;
  /** Words of a person, which wrap, and not lines of a protocol. */
  readonly prose?: boolean;
  /** Hidden from who looks on, as it is typed. */
  readonly secret?: boolean;
  /** Controls of the same thing, on the line of the label. */
  readonly beside?: ReactNode;
}

/** A text field with its label, its hint and what is wrong with it; it never changes what was typed. */
export function Field({ label, value, onChange, hint, problem, lines = 1, suggestions, focusFirst, numeric, wide, prose, secret, beside }: FieldProps) {
  const id = useId();
  const about = [hint !== undefined && `${id}-hint`, problem !== undefined && `${id}-problem`].filter((part) => part !== false).join(' ');
  const shared = {
    id,
    value,
    spellCheck: false,
    autoComplete: 'off',
    className: classNames(css.input, lines > 1 && css.area, prose === true && css.prose, problem !== undefined && css.wrong),
    'aria-invalid': problem !== undefined,
    'aria-describedby': about === '' ? undefined : about,
  };
  return (
    <div className={classNames(css.field, wide === true && css.wide)}>
      {beside === undefined ? <label htmlFor={id} className={css.label}>{label}</label> : <div className={css.head}><label htmlFor={id} className={css.label}>{label}</label>{beside}</div>}
      {lines > 1
        ? <textarea {...shared} rows={lines} ref={focusFirst === true ? initialFocus : undefined} onChange={(event) => onChange(event.target.value)} />
        : (
          <input
            {...shared}
            type={secret === true ? 'password' : 'text'}
            inputMode={numeric === true ? 'numeric' : undefined}
            list={suggestions === undefined ? undefined : `${id}-list`}
            ref={focusFirst === true ? initialFocus : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      {suggestions !== undefined && (
        <datalist id={`${id}-list`}>{suggestions.map((suggestion) => <option key={suggestion} value={suggestion} />)}</datalist>
      )}
      {problem !== undefined && <Problem id={`${id}-problem`}>{`${label} ${problem}`}</Problem>}
      {hint !== undefined && <p id={`${id}-hint`} className={css.hint}>{hint}</p>}
    </div>
  );
}

/** What is wrong, said aloud when it appears. */
export function Problem({ id, children }: { readonly id?: string; readonly children: ReactNode }) {
  return (
    <p id={id} role="alert" className={css.problem}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true"><circle cx="7" cy="7" r="6" fill="none" stroke="currentColor" strokeWidth="1.4" /><path d="M7 3.6v4M7 9.4v1" stroke="currentColor" strokeWidth="1.5" /></svg>
      <span>{children}</span>
    </p>
  );
}

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly meaning: string;
}

interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly problem?: string | undefined;
}

/** A few choices, each with what it means. */
export function Choices<T extends string>({ label, value, choices, onChange, problem }: ChoicesProps<T>) {
  const name = useId();
  return (
    <fieldset className={css.choices}>
      <legend className={css.label}>{label}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className={css.choice}>
          <input id={`${name}-${choice.value}`} type="radio" name={name} checked={choice.value === value} aria-describedby={`${name}-${choice.value}-meaning`} onChange={() => onChange(choice.value)} />
          <div>
            <label htmlFor={`${name}-${choice.value}`}>{choice.label}</label>
            <p id={`${name}-${choice.value}-meaning`} className={css.meaning}>{choice.meaning}</p>
          </div>
        </div>
      ))}
      {problem !== undefined && <Problem>{`${label} ${problem}`}</Problem>}
    </fieldset>
  );
}
