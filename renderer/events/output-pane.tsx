import { useEffect, useRef } from 'react';
import { momentValue } from '../model/time-mode';
import { useApp } from '../store/state';
import { useTelling } from '../store/telling';
import { classNames } from '../ui/class-names';
import css from './events.module.css';

/** What each command said when it was done, the newest last. */
export function OutputPane() {
  const output = useApp((state) => state.output);
  const telling = useTelling();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => { if (output.length > 0) list.current?.lastElementChild?.scrollIntoView({ block: 'end' }); }, [output]);
  if (output.length === 0) return <p className={css.nothing}>What your commands did, and why one could not, is told here.</p>;
  return (
    <ol ref={list} className={css.output} aria-label="Output">
      {output.map((line) => (
        <li key={line.key} className={classNames(css.said, line.level === 'error' && css.bad)}>
          <span className={css.number}>{momentValue(line.time, telling)}</span>
          <span>{line.level === 'error' ? `Failed: ${line.text}` : line.text}</span>
        </li>
      ))}
    </ol>
  );
}
