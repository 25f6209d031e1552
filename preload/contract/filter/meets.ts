import { assertUnreachable } from '../result';
import type { ChoiceKey, Comparison, FilterTerm } from './filter';

/**
 * What is known of a handle, an event or a finding, as a filter asks for it; what is left out it does not have. An event is
 * asked in parts (its handle, its columns, its payload), and meets a term when one of the parts does.
 */
export interface FilterSubject {
  /** Lower case. */
  readonly text?: string;
  /** Names in each of which a value of the key is looked for: "request", "ERROR_IO_PENDING" and "997". Lower case. */
  readonly names?: Readonly<Partial<Record<ChoiceKey, readonly string[]>>>;
  /** Milliseconds. */
  readonly dur?: number | undefined;
  /** Bytes. */
  readonly size?: number | undefined;
}

/** The name that every failure has beside its own. */
export const ANY = 'any';

/** Whether the subject has what the term names. Whether it should or should not is left to the caller: see `negated`. */
export function meets(term: FilterTerm, subject: FilterSubject): boolean {
  switch (term.kind) {
    case 'text': return subject.text?.includes(term.text) === true;
    case 'choice': return subject.names?.[term.key]?.some((name) => term.values.some((value) => isNamed(term.key, name, value))) === true;
    case 'measure': {
      const measured = subject[term.key];
      return measured !== undefined && compares(measured, term.comparison, term.value);
    }
  }
}

/** Functions, callbacks, errors and handles are found by a part of their name; numbers, kinds and states by all of it. */
function isNamed(key: ChoiceKey, name: string, value: string): boolean {
  if (name === ANY || value === ANY || /^[#\d]/.test(name)) return name === value;
  switch (key) {
    case 'fn': case 'status': case 'handle': case 'error': return name.includes(value);
    case 'kind': case 'state': case 'thread': case 'severity': return name === value;
  }
}

function compares(measured: number, comparison: Comparison, value: number): boolean {
  switch (comparison) {
    case '>': return measured > value;
    case '>=': return measured >= value;
    case '<': return measured < value;
    case '<=': return measured <= value;
    case '=': return measured === value;
    default: return assertUnreachable(comparison);
  }
}
