/** What a person typed as a number: nothing is undefined, and what is no whole number NaN, which the schema refuses. */
export function wholeNumber(typed: string): number | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  // Digits only: "2e2" is a number to JavaScript and none to a person.
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
