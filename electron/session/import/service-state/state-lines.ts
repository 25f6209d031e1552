/** One line of netsh, with what stands below it by its indentation. */
export interface StateLine {
  readonly line: number;
  readonly indent: number;
  /** What stands before the colon, in whatever language; empty for a line that is a value by itself. */
  readonly key: string;
  readonly value: string;
  readonly below: StateLine[];
}

/** A line, and one deeper than can be meant: both are cut off, for nobody writes such. */
const LONGEST_LINE = 4096;
const DEEPEST_INDENT = 200;
export const MOST_LINES = 2_000_000;

/** The lines of a text as a forest: a line lies below the nearest one above it that is indented less. */
export class StateLines {
  readonly roots: StateLine[] = [];
  private readonly open: StateLine[] = [];
  private count = 0;

  add(text: string): void {
    this.count += 1;
    const bare = text.slice(0, LONGEST_LINE).replaceAll('\t', '    ').trimEnd();
    const words = bare.trimStart();
    if (words === '') return;
    const indent = Math.min(DEEPEST_INDENT, bare.length - words.length);
    const made: StateLine = { line: this.count, indent, ...parts(words), below: [] };
    while ((this.open.at(-1)?.indent ?? -1) >= indent) this.open.pop();
    (this.open.at(-1)?.below ?? this.roots).push(made);
    this.open.push(made);
  }

  get lines(): number {
    return this.count;
  }
}

/** A colon ends a key only before a blank or the line's end: URLs and paths have colons too. */
function parts(words: string): { readonly key: string; readonly value: string } {
  const [, key, value] = /^([^:]*(?::(?!\s|$)[^:]*)*):(?:\s+(.*))?$/.exec(words) ?? [];
  return key === undefined ? { key: '', value: words } : { key, value: value ?? '' };
}
