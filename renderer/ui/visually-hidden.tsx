import type { ReactNode } from 'react';
import css from './visually-hidden.module.css';

/** What a screen reader hears and nobody sees. */
export function VisuallyHidden({ children }: { readonly children: ReactNode }) {
  return <div className={css.hidden}>{children}</div>;
}
