/**
 * The session file, version 1: gzip of UTF-8 lines, each one JSON value. The first line is the header, every other one an
 * event in the order of the trace. A file cut short is read up to its last whole line.
 */
export const FORMAT_NAME = 'hinspect';
export const FORMAT_VERSION = 1;

export interface SessionHeader {
  readonly format: typeof FORMAT_NAME;
  readonly version: typeof FORMAT_VERSION;
  /** Version of the application that wrote it. */
  readonly application: string;
  /** Engine.kind and Engine.description of the recording. */
  readonly engine: { readonly kind: string; readonly description: string };
  /** ISO 8601 time at which the file was written. */
  readonly savedAt: string;
  /** Constants that the numbers in the events need: a reader of another version can name them without this program. */
  readonly constants: Readonly<Record<string, Readonly<Record<string, number>>>>;
}
