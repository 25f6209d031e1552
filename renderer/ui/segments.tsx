import { useRef } from 'react';
import { classNames } from './class-names';
import css from './segments.module.css';

interface SegmentsProps<T extends string> {
  readonly name: string;
  readonly choices: readonly { readonly id: T; readonly label: string }[];
  readonly chosen: T;
  readonly onChoose: (id: T) => void;
}

/** A few ways to see one thing, of which one is taken: radio buttons that look like one bar. */
export function Segments<T extends string>({ name, choices, chosen, onChoose }: SegmentsProps<T>) {
  const bar = useRef<HTMLDivElement>(null);
  const go = (by: number): void => {
    const next = (choices.findIndex(({ id }) => id === chosen) + by + choices.length) % choices.length;
    const choice = choices[next];
    if (choice === undefined) return;
    onChoose(choice.id);
    bar.current?.querySelectorAll<HTMLElement>('[role=radio]')[next]?.focus();
  };
  return (
    <div ref={bar} role="radiogroup" aria-label={name} className={css.bar}>
      {choices.map(({ id, label }) => (
        <button
          key={id}
          type="button"
          role="radio"
          aria-checked={id === chosen}
          tabIndex={id === chosen ? 0 : -1}
          className={classNames(css.segment, id === chosen && css.chosen)}
          onClick={() => onChoose(id)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight' || event.key === 'ArrowDown') go(1);
            else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') go(-1);
            else return;
            event.preventDefault();
          }}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
