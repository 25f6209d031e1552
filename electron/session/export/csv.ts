import type { EventRow } from '../../../preload/contract/query';
import { chosenEvents } from './chosen-events';
import type { EventChoice, ExportSource, Progress, TextPieces } from './export-source';

interface Column {
  readonly name: string;
  readonly of: (row: EventRow) => string | number;
}

/** The columns, as docs/exchange.md describes them. */
const COLUMNS: readonly Column[] = [
  { name: 'seq', of: (row) => row.seq },
  { name: 'time_ms', of: (row) => row.time.toFixed(3) },
  { name: 'thread', of: (row) => row.thread },
  { name: 'handle', of: (row) => row.handle ?? '' },
  { name: 'handle_label', of: (row) => asText(row.handleLabel) },
  { name: 'kind', of: (row) => row.kind },
  { name: 'title', of: (row) => asText(row.title) },
  { name: 'detail', of: (row) => asText(row.detail) },
  { name: 'result', of: (row) => asText(row.result) },
  { name: 'tone', of: (row) => row.tone },
];

/** A spreadsheet on Windows takes a file without it for the local code page. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The event list as RFC 4180 text: a header line, CRLF after every record. */
export function* csvPieces(source: ExportSource, choice: EventChoice, progress: Progress): TextPieces {
  yield `${BYTE_ORDER_MARK}${COLUMNS.map(({ name }) => name).join(',')}\r\n`;
  for (const rows of chosenEvents(source, choice)) {
    yield rows.map((row) => `${COLUMNS.map(({ of }) => quoted(String(of(row)))).join(',')}\r\n`).join('');
    progress((rows.at(-1)?.seq ?? 0) + 1, source.end);
  }
}

/** RFC 4180 section 2: what holds a comma, a quote or a line break stands in quotes, a quote inside is doubled. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Text that a peer had a say in must not become a formula when a spreadsheet opens the file: with an apostrophe in front it
 * is text there. The first character alone decides.
 */
function asText(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}
