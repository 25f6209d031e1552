import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import type { CommandEntry } from '../../preload/contract/command-catalog';
import { useApp } from '../store/state';
import { showDialog } from '../store/view-actions';
import { classNames } from '../ui/class-names';
import { Dialog } from '../ui/dialog';
import { initialFocus } from '../ui/initial-focus';
import { paletteCommands } from './palette-commands';
import { commandEnablement, commandKeys, giveNamedCommand } from './registry';
import css from './palette-dialog.module.css';

/** Every command by its name: a few letters find it, Enter gives it. One that is off stands there with the reason. */
export default function PaletteDialog() {
  const id = useId();
  const state = useApp();
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const found = paletteCommands(wanted, state.settings.recentCommands);
  const at = Math.min(active, found.length - 1);
  const leave = (): void => showDialog(undefined);
  const give = (entry: CommandEntry | undefined): void => {
    if (entry === undefined || !commandEnablement(entry.id).on) return;
    leave();
    // The focus is back where it was before the command looks at it, or takes it.
    setTimeout(() => giveNamedCommand(entry.id), 0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    switch (event.key) {
      case 'ArrowDown': setActive((at + 1) % Math.max(1, found.length)); break;
      case 'ArrowUp': setActive((at - 1 + found.length) % Math.max(1, found.length)); break;
      case 'PageDown': setActive(Math.min(found.length - 1, at + 10)); break;
      case 'PageUp': setActive(Math.max(0, at - 10)); break;
      case 'Enter': give(found[at]?.entry); break;
      default: return;
    }
    event.preventDefault();
  };
  const activeId = at < 0 ? undefined : `${id}-${at}`;
  useEffect(() => { if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' }); }, [activeId]);
  return (
    <Dialog title="Command palette" size="medium" onClose={leave}>
      <input
        ref={initialFocus}
        className={css.input}
        type="text"
        role="combobox"
        aria-label="Command"
        aria-autocomplete="list"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={activeId}
        placeholder="A few letters of a command"
        spellCheck={false}
        autoComplete="off"
        value={wanted}
        maxLength={100}
        onChange={(event) => {
          setWanted(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} className={css.list} role="listbox" aria-label="Commands">
        {found.map(({ entry, match }, index) => {
          const allowed = commandEnablement(entry.id, state);
          const keys = commandKeys(entry.id, state);
          return (
            // The field has the focus and takes the keys; a pointer needs the line.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- aria-activedescendant
            <div
              key={entry.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-disabled={!allowed.on}
              className={classNames(css.option, index === at && css.active, !allowed.on && css.off)}
              onClick={() => give(entry)}
            >
              <span className={css.menu}>{entry.menu}</span>
              <span className={css.title}><Marked text={entry.title} places={match.places} />{!allowed.on && <small className={css.reason}>{allowed.reason}</small>}</span>
              {keys !== undefined && <kbd className={css.keys}>{keys}</kbd>}
            </div>
          );
        })}
      </div>
      {found.length === 0 && <p className={css.nothing} role="status">{`No command has the letters “${wanted}” in this order.`}</p>}
    </Dialog>
  );
}

/** The letters that were found stand out. */
function Marked({ text, places }: { readonly text: string; readonly places: readonly number[] }) {
  return <span>{[...text].map((letter, place) => (places.includes(place) ? <b key={place}>{letter}</b> : letter))}</span>;
}
