import { referenceText, type Value } from '../language/value';
import { plain, type Datum } from '../values/datum';
import { describe, type NameHint } from '../values/describe';
import { integerOfText } from '../values/integer';

/** What was due, as the scenario wrote it and with the number behind it: `ERROR_IO_PENDING (997)`, `$port (41234)`. */
export function describeExpected(value: Value, evaluated: Datum, observed: Datum, hint?: NameHint): string {
  if (value.kind === 'reference') return `${referenceText(value.reference)} (${describe(evaluated, hint)})`;
  const plainObserved = plain(observed);
  if (value.kind === 'text' && typeof plainObserved !== 'string') {
    const number = integerOfText(value.text);
    if (number !== undefined) return /^[A-Za-z]/.test(value.text) ? `${value.text} (${number})` : describe(number, hint);
    if (typeof plainObserved === 'bigint') return value.text;
  }
  return describe(evaluated, hint);
}
