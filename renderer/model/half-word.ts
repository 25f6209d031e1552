import { CHOICE_KEYS, MEASURE_KEYS } from '../../preload/contract/filter/filter';

/** Letters behind a blank, a minus among them, up to the end of what is written. */
const LAST_WORD = /(?:^|\s)-?([a-z]+)$/i;

/** Whether a filter ends in what may become a key: "dur" on the way to "dur>100ms". As a word it would be looked for in texts. */
export function endsInHalfKey(text: string): boolean {
  const word = LAST_WORD.exec(text)?.[1]?.toLowerCase();
  return word !== undefined && [...CHOICE_KEYS, ...MEASURE_KEYS].some((key) => key.startsWith(word));
}
