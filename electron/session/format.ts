import type { Annotation } from '../../preload/contract/annotation';
import type { EventBlock } from '../trace/event-block';

/**
 * The session file, version 2: a signature, then blocks one after another to the end of the file. Every number is
 * little-endian. Each block stands by itself and carries its checksums, so that what a damage leaves whole can be read.
 *
 *   signature   8 bytes, SIGNATURE
 *   block       head (HEAD_BYTES, at the offsets of HEAD), then `storedBytes` of content
 *
 * The first block is the header, the last one the end; a file without an end was cut short. Version 1 was gzip of JSON
 * lines: electron/session/upgrade/ says how it becomes this.
 */
export const FORMAT_NAME = 'hinspect';
export const FORMAT_VERSION = 2;
export const SESSION_EXTENSION = '.hinspect';

/** Not text, and broken by a transfer that changes line ends. */
export const SIGNATURE: Uint8Array = Uint8Array.of(0x89, 0x48, 0x53, 0x50, 0x0d, 0x0a, 0x1a, 0x0a);

/** "HBLK": where a block may begin, for a reader that has lost its way. */
export const BLOCK_MARKER = 0x4b4c4248;
export const HEAD_BYTES = 28;

/** Offsets in a block's head. All are uint32 but kind and codec, which are one byte each; two bytes after them are 0. */
export const HEAD = {
  marker: 0,
  /** A place in BLOCK_KINDS. */
  kind: 4,
  /** A place in CODECS. */
  codec: 5,
  /** Of an events block the place of its first event in the recording; 0 otherwise. */
  first: 8,
  /** Bytes of the content once it is expanded. */
  rawBytes: 12,
  storedBytes: 16,
  /** CRC-32 (IEEE 802.3) of the content as it is stored. */
  contentCrc: 20,
  /** CRC-32 of the head's bytes before this one. */
  headCrc: 24,
} as const;

/** A reader passes over a kind that it does not know. */
export const BLOCK_KINDS = ['header', 'events', 'annotations', 'end'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];

/** deflate: RFC 1951, without a wrapper. */
export const CODECS = ['stored', 'deflate'] as const;

/** What a reader takes at most: more is no work of ours but an attack on memory. */
export const LIMITS = {
  /** Content of one block, stored or expanded, in bytes. */
  block: 64 * 1024 * 1024,
  /** Events in one block. */
  rows: 65_536,
  /** Handles that a recording may speak of. */
  handles: 2_000_000,
  /** Handles above a handle. */
  depth: 32,
  /** Values within values in what an event says. */
  nesting: 32,
} as const;

/** What a writer puts in one block of events: a reader gets on in steps of this size. */
export const WRITTEN_ROWS = 8192;
export const WRITTEN_CHARACTERS = 8 * 1024 * 1024;

/** SessionHeader.engine.kind of what another program wrote: there was no engine, and the program that was recorded goes on. */
export const IMPORT_ENGINE = 'import';

/** Content of the header block: JSON. */
export interface SessionHeader {
  readonly format: typeof FORMAT_NAME;
  readonly version: number;
  /** Version of the application that wrote it. */
  readonly application: string;
  /** Engine.kind and Engine.description of the recording. */
  readonly engine: { readonly kind: string; readonly description: string };
  /** ISO 8601 time at which the file was written. */
  readonly savedAt: string;
  /** ISO 8601 time at which the recording began, its time 0; undefined where nobody wrote it down. */
  readonly startedAt?: string | undefined;
  /** Place of the first event: greater than 0 where the history was full and its oldest events were dropped. */
  readonly first: number;
  /** How many of the places before the first event were of earlier recordings of the same start, and so no part of this one. 0 where it is left out. */
  readonly earlier?: number | undefined;
  /** How many events there are; undefined where that was not known when the file was begun. */
  readonly events: number | undefined;
  /** Names of the event kinds, by the number that the blocks give them. */
  readonly kinds: readonly string[];
  /** Constants that the numbers in the events need: a reader of another version can name them without this program. */
  readonly constants: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * Content of an events block, `rows` and `texts` being its first two uint32: the columns one after another, then the texts.
 *
 *   float64 × rows   time: milliseconds since the start of the trace, never falling
 *   uint32 × rows    handle: HandleId, 0 for none
 *   uint32 × rows    thread
 *   uint32 × rows    link: the place of the event that this one belongs to (of a return or completion its call, of a
 *                    REQUEST_COMPLETE the call that it ends, of a call the callback it was made in, of a
 *                    callback-return the callback), 0xffffffff for none
 *   uint32 × rows    payload: a place among the texts
 *   uint8 × rows     kind: a place in SessionHeader.kinds
 *   uint32 × texts   bytes of each text
 *   UTF-8            the texts, one after another: what an event says beside these columns, as JSON
 *
 * What the JSON holds for each kind is preload/contract/event.ts less the columns (Payloads in electron/trace/event-columns.ts).
 */
export const EVENTS_HEAD_BYTES = 8;
export const ROW_BYTES = 8 + 4 * 4 + 1;

/** Content of the annotations block: JSON, Annotation[]. The last such block counts. */
export type AnnotationsContent = readonly Annotation[];

/** Content of the end block: JSON. */
export interface EndContent {
  readonly events: number;
}

/** What a reader of any version gives, in the order of the file. */
export type SessionPart =
  | { readonly kind: 'events'; readonly first: number; readonly block: EventBlock; /** Rows that stand for what was no event. */ readonly invalid: number }
  | { readonly kind: 'annotations'; readonly annotations: readonly Annotation[] }
  /** A block that could not be read. */
  | { readonly kind: 'damage'; readonly what: string }
  | { readonly kind: 'end' };

export interface SessionSource {
  readonly header: SessionHeader;
  /** Reads on as it is asked; leaving the loop closes the file. */
  readonly parts: AsyncGenerator<SessionPart>;
  /** Bytes of the file that were read so far, of how many. */
  readonly progress: () => { readonly read: number; readonly size: number };
}
