import { useId, useRef, useState, type KeyboardEvent } from 'react';
import type { CommandEntry } from '../../preload/contract/command-catalog';
import type { KeyChanges } from '../../preload/contract/command-keys';
import { chooseKeys, claim, swapKeys, withKeys, type KeyChoice } from '../model/key-choice';
import { keyLabel } from '../model/keys';
import { appState, useApp } from '../store/state';
import { changeSettings } from '../store/view-actions';
import { Button } from '../ui/button';
import { classNames } from '../ui/class-names';
import { commandTitle, keysOfCommands } from './registry';
import css from './help-dialog.module.css';

interface KeyRowProps {
  readonly entry: CommandEntry;
  readonly changing: boolean;
  readonly onChange: () => void;
  /** @param told what came of it, in words */
  readonly onDone: (told: string) => void;
}

/** A command with its keys, and with what changes them while they are being changed. */
export function KeyRow({ entry, changing, onChange, onDone }: KeyRowProps) {
  const keys = useApp((state) => keysOfCommands(state).get(entry.id));
  const row = useRef<HTMLLIElement>(null);
  const title = plain(entry);
  const first = entry.keys;
  return (
    <li ref={row}>
      <div className={classNames(css.row, changing && css.changing)}>
        <span className={css.title}>{title}</span>
        {keys !== first && <span className={css.before}>{first === undefined ? 'none at first' : `${keyLabel(first)} at first`}</span>}
        {keys === undefined ? <span className={css.none}>–</span> : <kbd className={classNames(css.key, keys !== first && css.own)}>{keyLabel(keys)}</kbd>}
        <Button look="quiet" name={`Change the keys of ${title}`} onPress={onChange}>Change…</Button>
      </div>
      {changing && (
        <KeyEditor
          entry={entry}
          keys={keys}
          onDone={(told) => {
            onDone(told);
            // The editor goes, and with it what had the focus.
            row.current?.querySelector('button')?.focus();
          }}
        />
      )}
    </li>
  );
}

function KeyEditor({ entry, keys, onDone }: { readonly entry: CommandEntry; readonly keys: string | undefined; readonly onDone: (told: string) => void }) {
  const id = useId();
  const [choice, setChoice] = useState<KeyChoice>({ kind: 'waiting' });
  const title = plain(entry);
  const keep = (changes: KeyChanges): void => {
    changeSettings({ keys: changes });
    const now = keysOfCommands().get(entry.id);
    onDone(now === undefined ? `${title} has no keys now.` : `${title}: ${keyLabel(now)}`);
  };
  const take = (chosen: KeyChoice): void => {
    if (chosen.kind === 'free') keep(withKeys(appState().settings.keys, entry.id, chosen.keys));
    else setChoice(chosen);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Leads on through the dialog.
    if (event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') onDone(`${title}: nothing was changed.`);
    else take(chooseKeys(event, entry, appState().settings.keys));
  };
  const first = entry.keys;
  return (
    <div className={css.editor}>
      <input
        ref={takeFocus} className={css.press} readOnly value="" placeholder="Press the new keys" aria-label={`New keys for ${title}`} aria-describedby={id} aria-invalid={choice.kind === 'refused'} onKeyDown={onKeyDown}
      />
      <p id={id} role="alert" className={classNames(css.words, choice.kind === 'refused' && css.refused)}>{wordsFor(choice)}</p>
      <div className={css.actions}>
        {choice.kind === 'taken' && <Button look="primary" onPress={() => keep(swapKeys(appState().settings.keys, entry.id, choice.keys))}>{choice.instead === undefined ? 'Take them' : 'Swap them'}</Button>}
        <Button offReason={keys === undefined ? 'It has no keys.' : undefined} onPress={() => keep(withKeys(appState().settings.keys, entry.id, undefined))}>Remove</Button>
        <Button
          offReason={keys === first ? 'They are those at first.' : undefined}
          onPress={() => {
            if (first === undefined) keep(withKeys(appState().settings.keys, entry.id, undefined));
            else take(claim(first, entry, appState().settings.keys));
          }}
        >
          {first === undefined ? 'Reset' : `Reset to ${keyLabel(first)}`}
        </Button>
        <Button look="quiet" onPress={() => onDone(`${title}: nothing was changed.`)}>Keep as it is</Button>
      </div>
    </div>
  );
}

/** Comes when it is asked for, in a dialog that is open already. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}

function wordsFor(choice: KeyChoice): string {
  switch (choice.kind) {
    case 'waiting': case 'free': return 'Escape keeps them as they are.';
    case 'refused': return choice.reason;
    case 'taken': {
      const other = commandTitle(choice.by).replace('…', '');
      return `${keyLabel(choice.keys)} gives ${other} now. ${choice.instead === undefined ? `${other} would then have no keys.` : `Swapped, ${other} has ${keyLabel(choice.instead)}.`}`;
    }
  }
}

function plain({ title }: CommandEntry): string {
  return title.replace('…', '');
}
