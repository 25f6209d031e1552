import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { initialFocus } from './initial-focus';
import css from './button.module.css';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly look?: 'plain' | 'quiet' | 'primary' | 'danger';
  /** Why it cannot be pressed now. It stays in reach of the keyboard, so that the reason can be read. */
  readonly offReason?: string | undefined;
  /** The keys that do the same, as shown beside the words. */
  readonly keys?: string | undefined;
  readonly hint?: string | undefined;
  /** For a button that shows a picture only. */
  readonly name?: string | undefined;
  readonly pressed?: boolean | undefined;
  readonly focusFirst?: boolean | undefined;
  readonly submits?: boolean | undefined;
}

export function Button({ children, onPress, look = 'plain', offReason, keys, hint, name, pressed, focusFirst, submits }: ButtonProps) {
  const off = offReason !== undefined;
  return (
    <button
      type={submits === true ? 'submit' : 'button'}
      className={classNames(css.button, css[look], off && css.off)}
      aria-disabled={off}
      aria-label={name}
      aria-pressed={pressed}
      aria-description={offReason}
      title={offReason ?? hint}
      ref={focusFirst === true ? initialFocus : undefined}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onPress();
      }}
    >
      {children}
      {keys !== undefined && <kbd className={css.keys} aria-hidden="true">{keys}</kbd>}
    </button>
  );
}
