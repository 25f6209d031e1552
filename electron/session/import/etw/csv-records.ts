/** Characters of one record; an event of ETW is at most 64 KiB, and each byte of it at most four characters. */
const LONGEST_RECORD = 1024 * 1024;

export interface CsvRecord {
  readonly fields: readonly string[];
  /** Where it begins in the text, from 1. */
  readonly line: number;
}

/**
 * Records of RFC 4180 out of text that comes in pieces, as tracerpt writes them: blanks after a comma, and quotes that stand
 * unescaped within quoted values. A quote that is never closed costs its own line and no more.
 */
export class CsvRecords {
  private rest = '';
  private line = 1;
  private barren: Barren = NOTHING_BARREN;

  /**
   * @param take each record
   * @param damaged told of a line that is none, with its number
   */
  constructor(private readonly take: (record: CsvRecord) => void, private readonly damaged: (line: number) => void) {}

  write(text: string): void {
    this.rest += text;
    this.read(false);
  }

  end(): void {
    this.read(true);
    this.rest = '';
  }

  private read(final: boolean): void {
    let at = 0;
    while (at < this.rest.length) {
      const found = recordAt(this.rest, at, final, this.barren);
      if ('fields' in found) {
        if (found.fields.length > 1 || found.fields[0] !== '') this.take({ fields: found.fields, line: this.line });
        this.count(at, found.next);
        at = found.next;
        continue;
      }
      this.barren = found.barren;
      if (final || this.rest.length - at > LONGEST_RECORD) {
        this.damaged(this.line);
        const lineEnd = this.rest.indexOf('\n', at);
        const next = lineEnd === -1 ? this.rest.length : lineEnd + 1;
        this.count(at, next);
        at = next;
      } else {
        break;
      }
    }
    this.rest = this.rest.slice(at);
    this.barren = { from: Math.max(0, this.barren.from - at), to: Math.max(0, this.barren.to - at) };
  }

  private count(from: number, to: number): void {
    for (let at = from; at < to; at += 1) if (this.rest.charCodeAt(at) === LF) this.line += 1;
  }
}

const COMMA = 44;
const QUOTE = 34;
const LF = 10;
const CR = 13;

const isBlank = (code: number): boolean => code === 32 || code === 9;
const endsField = (code: number): boolean => code === COMMA || code === LF || code === CR;

/** Where no quote closes a value: what was looked through once in vain is not looked through again. */
interface Barren {
  readonly from: number;
  readonly to: number;
}

const NOTHING_BARREN: Barren = { from: 0, to: 0 };

type FoundRecord = { readonly fields: readonly string[]; readonly next: number } | { readonly barren: Barren };

/** The record that begins at a place, or up to where its end is not. */
function recordAt(text: string, start: number, final: boolean, barren: Barren): FoundRecord {
  const fields: string[] = [];
  let at = start;
  for (;;) {
    while (isBlank(text.charCodeAt(at))) at += 1;
    let value: string;
    if (text.charCodeAt(at) === QUOTE) {
      const found = closingQuote(text, at + 1, final, barren);
      if ('barren' in found) return found;
      const { close } = found;
      value = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
      while (isBlank(text.charCodeAt(at))) at += 1;
    } else {
      const from = at;
      while (at < text.length && !endsField(text.charCodeAt(at))) at += 1;
      value = text.slice(from, at).trimEnd();
    }
    fields.push(value);
    if (at >= text.length) return final ? { fields, next: at } : { barren };
    const ends = text.charCodeAt(at);
    at += 1;
    if (ends === COMMA) continue;
    if (ends === CR) {
      if (at >= text.length && !final) return { barren };
      if (text.charCodeAt(at) === LF) at += 1;
    }
    return { fields, next: at };
  }
}

/** The quote that ends a value: one that a comma or the end of the line follows, with or without blanks between. */
function closingQuote(text: string, from: number, final: boolean, barren: Barren): { readonly close: number } | { readonly barren: Barren } {
  const start = from >= barren.from && from < barren.to ? barren.to : from;
  const earliest = start === from ? from : barren.from;
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    if (text.charCodeAt(at + 1) === QUOTE) {
      at += 1;
      continue;
    }
    let after = at + 1;
    while (isBlank(text.charCodeAt(after))) after += 1;
    if (after >= text.length) return final ? { close: at } : { barren: { from: earliest, to: at } };
    if (endsField(text.charCodeAt(after))) return { close: at };
  }
  return { barren: { from: earliest, to: text.length } };
}
