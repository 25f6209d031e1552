import { useState, type ReactNode } from 'react';
import css from './fold.module.css';

interface FoldProps {
  readonly title: string;
  /** What is set inside, for one who does not open it. */
  readonly told: string;
  /** Whether something inside must be seen. */
  readonly open: boolean;
  readonly children: ReactNode;
}

/** The less usual part of a form, folded away until it is wanted or something in it is wrong. */
export function Fold({ title, told, open, children }: FoldProps) {
  // Opened by a problem, it stays so when that is mended: the person is in it.
  const [wanted, setWanted] = useState(open);
  return (
    <details className={css.fold} open={wanted || open} onToggle={(event) => setWanted(event.currentTarget.open)}>
      <summary className={css.summary}><b>{title}</b> <span className={css.told} title={told}>{told}</span></summary>
      <div className={css.folded}>{children}</div>
    </details>
  );
}
