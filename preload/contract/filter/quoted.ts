/** A text in quotes, as a filter reads it: what is a quote or a backslash in it has one before it. */
export function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
