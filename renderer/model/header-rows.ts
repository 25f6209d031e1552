export interface HeaderRow {
  readonly name: string;
  readonly value: string;
}

/** Header text as rows of a table. A line without a colon is a name whose value is still to come. */
export function headerRows(text: string): readonly HeaderRow[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '').map((line) => {
    const colon = line.indexOf(':');
    return colon < 0 ? { name: line, value: '' } : { name: line.slice(0, colon), value: line.slice(colon + 1).replace(/^ /, '') };
  });
}

/** The same text again. A row that is empty is no line. */
export function headerText(rows: readonly HeaderRow[]): string {
  return rows.filter(({ name, value }) => name !== '' || value !== '').map(({ name, value }) => `${name}: ${value}`).join('\n');
}
