import type { EventKind } from '../event';
import { HANDLE_KINDS, HANDLE_STATES } from '../handle';
import { SEVERITIES } from '../finding';

/** Every kind of event, by the name that a filter gives it. */
export const FILTER_EVENT_KINDS = [
  'call', 'return', 'callback', 'callback-return', 'completion', 'connection', 'note', 'engine-lost', 'observed',
] as const satisfies readonly EventKind[];

/** Keys whose values are words; a measure has `dur` or `size`. */
export const CHOICE_KEYS = ['kind', 'state', 'status', 'error', 'fn', 'thread', 'handle', 'severity'] as const;
export type ChoiceKey = (typeof CHOICE_KEYS)[number];
export const MEASURE_KEYS = ['dur', 'size'] as const;
export type MeasureKey = (typeof MEASURE_KEYS)[number];
export type FilterKey = ChoiceKey | MeasureKey;

export const COMPARISONS = ['>=', '<=', '>', '<', '='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Where something stands in the text, in UTF-16 units: up to and without `to`. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** One condition. All of a filter's must hold. */
export type FilterTerm =
  /** Lower case. */
  | { readonly kind: 'text'; readonly negated: boolean; readonly text: string; readonly at: Place }
  /** Any of the values; lower case. */
  | { readonly kind: 'choice'; readonly negated: boolean; readonly key: ChoiceKey; readonly values: readonly string[]; readonly at: Place }
  /** Milliseconds for `dur`, bytes for `size`. */
  | { readonly kind: 'measure'; readonly negated: boolean; readonly key: MeasureKey; readonly comparison: Comparison; readonly value: number; readonly at: Place };

export type Filter = readonly FilterTerm[];

/** What is wrong with a filter, where, and what to do about it. */
export interface FilterProblem {
  readonly at: Place;
  readonly message: string;
}

/** What each key asks, for the suggestions and the manual. */
export const FILTER_KEY_INFO: Readonly<Record<FilterKey, { readonly asks: string; readonly example: string }>> = {
  kind: { asks: 'what it is: a handle’s kind or an event’s', example: 'kind:request' },
  state: { asks: 'the state of the handle now', example: 'state:closing' },
  status: { asks: 'the INTERNET_STATUS of a callback, by name or number', example: 'status:REQUEST_COMPLETE' },
  error: { asks: 'a Win32 error by number or name; any for every error', example: 'error:997' },
  fn: { asks: 'the function, or a part of its name', example: 'fn:InternetCloseHandle' },
  thread: { asks: 'the thread', example: 'thread:1' },
  handle: { asks: 'the handle by raw value, #number or name', example: 'handle:0xcc0004' },
  severity: { asks: 'the severity of a finding, and the events it names', example: 'severity:error' },
  dur: { asks: 'how long a call, operation or callback lasted', example: 'dur>100ms' },
  size: { asks: 'how many bytes were moved', example: 'size>=4kb' },
};

/** Values of the keys that have only these. */
export const CLOSED_VALUES: Readonly<Partial<Record<ChoiceKey, readonly string[]>>> = {
  kind: [...new Set<string>([...HANDLE_KINDS, ...FILTER_EVENT_KINDS])], state: HANDLE_STATES, severity: SEVERITIES,
};

const HANDLE_KIND_NAMES: ReadonlySet<string> = new Set(HANDLE_KINDS);
const OF_EVENTS: ReadonlySet<FilterKey> = new Set<FilterKey>(['status', 'error', 'fn', 'thread', 'severity', 'dur', 'size']);

/** Whether a term asks for what only events have. A handle meets it through one of its events. */
export function asksEvents(term: FilterTerm): boolean {
  if (term.kind === 'text') return false;
  if (term.kind === 'choice' && term.key === 'kind') return term.values.some((value) => !HANDLE_KIND_NAMES.has(value));
  return OF_EVENTS.has(term.key);
}
