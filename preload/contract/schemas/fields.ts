import * as v from 'valibot';
import { handleId, type HandleId } from '../ids';

/** What messages have in common, field by field. Every limit is there so that a message cannot cost more than it is worth. */

export const MAX_TEXT = 1024 * 1024;
const HEADER_LINE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+:[^\r\n]*$/;

export const handle = v.pipe(
  v.number('names a handle by its number'), v.integer('names a handle by its number'), v.minValue(1, 'names a handle by its number'),
  v.maxValue(2 ** 32 - 1, 'names a handle by its number'), v.transform((value): HandleId => handleId(value)),
);

/** Header lines as a person types them: one "Name: value" a line, empty lines ignored. */
export const headerLines = v.pipe(
  v.string('is text'), v.maxLength(65536, 'is longer than 64 KB; send fewer or shorter headers'),
  v.check((text) => headerLineProblem(text) === undefined, (issue) => headerLineProblem(issue.input) ?? ''),
);

/** Why header text cannot be sent, naming the line, or undefined. Shared by the form and the bridge. */
function headerLineProblem(text: string): string | undefined {
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || HEADER_LINE.test(line)) continue;
    return `line ${index + 1}, “${line.slice(0, 60)}”, is not a header; write it as “Name: value”`;
  }
  return undefined;
}

export const token = (what: string) => v.pipe(
  v.string('is text'), v.trim(), v.regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/, `is not a ${what}: letters, digits and - only, like GET`),
);

export const plainLine = v.pipe(v.string('is text'), v.trim(), v.maxLength(1024, 'is longer than 1,024 characters'), v.regex(/^[^\r\n\0]*$/, 'contains a line break; it is one line'));

/** A whole number of a range that its problem names. */
export const within = ({ least, most }: { readonly least: number; readonly most: number }, unit: string) => {
  const range = `is ${least.toLocaleString('en')} to ${most.toLocaleString('en')} ${unit}`;
  return v.pipe(v.number(range), v.integer(range), v.minValue(least, range), v.maxValue(most, range));
};
