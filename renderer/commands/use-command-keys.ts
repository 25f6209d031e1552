import { useEffect } from 'react';
import { belongsToText } from '../../preload/contract/command-keys';
import { matchesKeys } from '../model/keys';
import { appState } from '../store/state';
import { giveNamedCommand, keysOfCommands } from './registry';

/** Listens for the keys of every command. What a widget has used for itself, and what belongs to a text field, is left alone. */
export function useCommandKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.repeat) return;
      const found = [...keysOfCommands()].find(([, keys]) => matchesKeys(event, keys));
      if (found === undefined) return;
      const [id, keys] = found;
      // A modal dialog has the keyboard for itself, but for the question how it is used, and for what waits no longer than three seconds.
      const { dialog, manual } = appState();
      if (manual !== undefined || (dialog !== undefined && id !== 'manual' && id !== 'undo')) return;
      if (belongsToText(keys) && isText(event.target)) return;
      if (scrolls(event) && isReading(event.target)) return;
      event.preventDefault();
      giveNamedCommand(id);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

const SCROLLING: ReadonlySet<string> = new Set(['Home', 'End', 'PageUp', 'PageDown', 'ArrowUp', 'ArrowDown', ' ']);

function scrolls({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return SCROLLING.has(key) && !ctrlKey && !metaKey && !altKey;
}

/** Inside what a person reads these keys scroll, as they do on every page: its end is not the end of live time. */
function isReading(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-reading]') !== null;
}
