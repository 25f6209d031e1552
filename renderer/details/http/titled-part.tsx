import type { ReactNode } from 'react';
import css from './http.module.css';

interface TitledPartProps {
  readonly title: string;
  /** What can be done with it, at the end of its heading. */
  readonly actions?: ReactNode;
  /** Why it is not whole. */
  readonly note?: string | undefined;
  readonly children?: ReactNode;
}

export function TitledPart({ title, actions, note, children }: TitledPartProps) {
  return (
    <section className={css.part} aria-label={title}>
      <div className={css.partHead}>
        <h3 className={css.heading}>{title}</h3>
        {actions}
      </div>
      {children}
      {note !== undefined && <p className={css.note}>{note}</p>}
    </section>
  );
}
