import { useEffect } from 'react';
import { COMMAND_CATALOG } from '../../preload/contract/command-catalog';
import { belongsToText, matchesKeys } from '../model/keys';
import { appState } from '../store/state';
import { giveNamedCommand } from './registry';

/** Listens for the keys of every command. What a widget has used for itself, and what belongs to a text field, is left alone. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A modal dialog has the keyboard for itself.
      if (event.defaultPrevented || event.repeat || appState().dialog !== undefined) return;
      const entry = COMMAND_CATALOG.find(({ keys }) => keys !== undefined && matchesKeys(event, keys));
      if (entry?.keys === undefined) return;
      if (belongsToText(entry.keys) && isText(event.target)) return;
      event.preventDefault();
      giveNamedCommand(entry.id);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}
