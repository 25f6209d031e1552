import {
  CHOICE_KEYS, CLOSED_VALUES, FILTER_KEY_INFO, MEASURE_KEYS, type ChoiceKey, type FilterKey,
} from '../../preload/contract/filter/filter';
import { quoted } from '../../preload/contract/filter/quoted';

/** Values of each key, those that occur in the trace first. */
export type KeyValues = Readonly<Partial<Record<ChoiceKey, readonly string[]>>>;

export interface FilterSuggestion {
  /** What the box would hold, with the caret at its end. */
  readonly text: string;
  /** What is added, as it is shown. */
  readonly label: string;
  readonly about: string;
}

/** More are read by nobody; one more letter leaves fewer. */
const MOST = 12;

const KEYS: readonly FilterKey[] = [...CHOICE_KEYS, ...MEASURE_KEYS];

/** What can be written next where the text ends: keys, or the values of the key that is written. */
export function suggestionsFor(text: string, values: KeyValues): readonly FilterSuggestion[] {
  const [word = ''] = /\S*$/.exec(text) ?? [];
  const before = text.slice(0, text.length - word.length);
  const minus = word.startsWith('-') ? '-' : '';
  const body = word.slice(minus.length);
  const match = /^([a-z]+):(.*)$/i.exec(body);
  const key = CHOICE_KEYS.find((known) => known === match?.[1]?.toLowerCase());
  if (key === undefined || match === null) return keysLike(body, before + minus);
  const done = (match[2] ?? '').split(',');
  const begun = (done.pop() ?? '').replace(/^"/, '').toLowerCase();
  const head = `${before}${minus}${key}:${done.map((one) => `${one},`).join('')}`;
  const known = [...new Set([...values[key] ?? [], ...CLOSED_VALUES[key] ?? []])].filter((value) => !done.includes(value));
  const starts = known.filter((value) => value.toLowerCase().startsWith(begun));
  const holds = known.filter((value) => !starts.includes(value) && value.toLowerCase().includes(begun));
  const occur = new Set(values[key]);
  return [...starts, ...holds].filter((value) => value.toLowerCase() !== begun).slice(0, MOST).map((value) => {
    const written = /[\s,"]/.test(value) ? quoted(value) : value;
    return { text: `${head}${written} `, label: `${key}:${written}`, about: occur.has(value) ? 'occurs in what is shown' : '' };
  });
}

function keysLike(begun: string, before: string): readonly FilterSuggestion[] {
  const typed = begun.toLowerCase();
  return KEYS.filter((key) => key.startsWith(typed) && !/[<>=:]/.test(typed)).map((key) => {
    const sign = MEASURE_KEYS.some((measure) => measure === key) ? '>' : ':';
    return { text: `${before}${key}${sign}`, label: `${key}${sign}`, about: `${FILTER_KEY_INFO[key].asks}, as ${FILTER_KEY_INFO[key].example}` };
  });
}
