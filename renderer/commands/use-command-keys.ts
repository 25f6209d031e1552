import { useEffect } from 'react';
import { COMMAND_CATALOG } from '../../preload/contract/command-catalog';
import { belongsToText, matchesKeys } from '../model/keys';
import { appState } from '../store/state';
import { giveNamedCommand } from './registry';

/** Listens for the keys of every command. What a widget has used for itself, and what belongs to a text field, is left alone. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      const entry = COMMAND_CATALOG.find(({ keys }) => keys !== undefined && matchesKeys(event, keys));
      if (entry?.keys === undefined) return;
      // A modal dialog has the keyboard for itself, but for the question how it is used.
      const { dialog, manual } = appState();
      if (manual !== undefined || (dialog !== undefined && entry.id !== 'manual')) return;
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
