import { useId, useRef } from 'react';
import { INTERNET_STATUS } from '../../preload/contract/win32/constants/status';
import { breakOnCallbacks } from '../store/scenario-actions';
import { useScenarioDesk } from '../store/scenario-desk';
import { useApp } from '../store/state';
import css from './desk.module.css';

const STATUSES = Object.entries(INTERNET_STATUS).map(([name, value]) => ({ name: name.replace('INTERNET_STATUS_', ''), value }));

/** At which callbacks the scenario is held: some, or every one. */
export function BreakMenu() {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const callbacks = useScenarioDesk((desk) => desk.callbacks);
  const kind = useApp((state) => state.engine?.kind);
  const every = callbacks === 'every';
  const chosen = every ? [] : callbacks;
  const words = every ? 'every callback' : chosen.length === 0 ? 'no callback' : chosen.length === 1 ? STATUSES.find(({ value }) => value === chosen[0])?.name ?? '1 callback' : `${chosen.length} callbacks`;
  const place = (): void => {
    const box = button.current?.getBoundingClientRect();
    const element = menu.current;
    if (box === undefined || element === null) return;
    element.style.top = `${box.bottom + 4}px`;
    element.style.right = `${Math.max(4, innerWidth - box.right)}px`;
  };
  return (
    <>
      <button ref={button} type="button" className={css.breakButton} popoverTarget={id} aria-haspopup="dialog" onClick={place} title="Callbacks of the scenario’s handles at which it is held">
        <span className={css.quiet}>Break on</span> {words} <span aria-hidden="true">▾</span>
      </button>
      <div ref={menu} id={id} popover="auto" role="dialog" aria-label="Break on callbacks" className={css.breakMenu}>
        <p className={css.breakNote}>
          {kind === 'native'
            ? 'The scenario is held at these callbacks of its handles. This engine cannot hold the callback itself: its thread goes on, and the steps wait.'
            : 'The scenario is held inside these callbacks of its handles: the thread waits, the rest of the window goes on.'}
        </p>
        <label className={css.check}>
          <input type="checkbox" checked={every} onChange={(event) => breakOnCallbacks(event.target.checked ? 'every' : [])} />
          Every callback
        </label>
        <fieldset className={css.checks} disabled={every}>
          <legend className={css.quiet}>Or these</legend>
          {STATUSES.map(({ name, value }) => (
            <label key={value} className={css.check}>
              <input
                type="checkbox"
                checked={every || chosen.includes(value)}
                onChange={(event) => breakOnCallbacks(event.target.checked ? [...chosen, value] : chosen.filter((one) => one !== value))}
              />
              {name}
            </label>
          ))}
        </fieldset>
      </div>
    </>
  );
}
