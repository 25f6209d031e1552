/** What a recording can be written as, beside the session file itself. docs/exchange.md says of each what it holds and what it loses. */
export const EXPORT_FORMATS = ['har', 'trace-events', 'csv', 'ndjson', 'scenario'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What the window draws itself: the timeline as it is shown. */
export const PICTURE_FORMATS = ['svg', 'png'] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

export interface ExportFormatInfo {
  readonly title: string;
  /** What a file of it is for, in a line. */
  readonly purpose: string;
  /** Without the dot. The first is the one that a new file gets. */
  readonly extensions: readonly [string, ...string[]];
  /** Whether the filter of the event list chooses what is written. */
  readonly filtered: boolean;
}

export const EXPORT_FORMAT_INFO: Readonly<Record<ExportFormat, ExportFormatInfo>> = {
  har: { title: 'HTTP Archive (HAR 1.2)', purpose: 'HTTP exchanges, for browser tools and proxies', extensions: ['har'], filtered: false },
  'trace-events': { title: 'Trace events', purpose: 'Threads and handles, for Perfetto, speedscope', extensions: ['trace.json'], filtered: false },
  csv: { title: 'CSV', purpose: 'The event list, for a spreadsheet', extensions: ['csv'], filtered: true },
  ndjson: { title: 'NDJSON', purpose: 'Whole events, one JSON value a line', extensions: ['ndjson', 'jsonl'], filtered: true },
  scenario: { title: 'Scenario', purpose: 'The calls, to be made again on any engine', extensions: ['yaml', 'yml'], filtered: false },
};

export const PICTURE_FORMAT_INFO: Readonly<Record<PictureFormat, { readonly title: string; readonly purpose: string }>> = {
  svg: { title: 'SVG picture', purpose: 'The timeline as it is shown, sharp at any size' },
  png: { title: 'PNG picture', purpose: 'The timeline as it is shown, for messages' },
};
