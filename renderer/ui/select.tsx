import { useId, type ReactNode } from 'react';
import css from './select.module.css';

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Its <option>s, perhaps in <optgroup>s. */
  readonly children: ReactNode;
  /** Takes the room that is left. */
  readonly wide?: boolean;
}

/** The browser's own list of choices, with its label beside it. */
export function Select({ label, value, onChange, children, wide }: SelectProps) {
  const id = useId();
  return (
    <span className={wide === true ? `${css.field} ${css.wide}` : css.field}>
      <label htmlFor={id} className={css.label}>{label}</label>
      <select id={id} className={css.select} value={value} onChange={(event) => onChange(event.target.value)}>{children}</select>
    </span>
  );
}
