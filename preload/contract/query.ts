import type { HandleId, Seq } from './ids';
import type { HandleNode } from './handle';
import type { TraceEvent } from './event';

/** What a span of the timeline stands for; its place in this list is its number in SpanColumns. */
export const SPAN_KINDS = ['life', 'resolve', 'connect', 'send', 'receive', 'call', 'pending', 'closing', 'received', 'body'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

/** What a mark stands for; its place in this list is its number in MarkColumns. */
export const MARK_KINDS = [
  'created', 'call', 'failed-call', 'callback', 'complete', 'complete-failed', 'close-requested', 'handle-closing', 'cancelled',
  'connection-closed', 'completed', 'note',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** The part of the trace that the timeline shows. Times are milliseconds since the start of the trace. */
export interface TimelineQuery {
  readonly from: number;
  readonly to: number;
  /** Width of the view: what is denser than a pixel is merged. */
  readonly pixels: number;
  readonly lanes: readonly HandleId[];
}

/** Columns, one entry a span. */
export interface SpanColumns {
  readonly lane: Uint32Array;
  readonly start: Float64Array;
  /** NaN while it lasts. */
  readonly end: Float64Array;
  readonly kind: Uint8Array;
  /** 1 where it ended badly: cancelled, failed, lost. */
  readonly bad: Uint8Array;
  /** The event that opened it. */
  readonly seq: Uint32Array;
  /** Index into `strings` of its words. */
  readonly label: Uint32Array;
  /** How many spans it stands for: more than 1 where they are denser than pixels. */
  readonly count: Uint32Array;
}

export interface MarkColumns {
  readonly lane: Uint32Array;
  readonly time: Float64Array;
  readonly kind: Uint8Array;
  readonly seq: Uint32Array;
  readonly label: Uint32Array;
  /** How many marks it stands for; its kind is the worst of them. */
  readonly count: Uint32Array;
}

/** How much a bucket of the overview asks to be looked at; its place in this list is its number in Overview. */
export const OVERVIEW_LEVELS = ['plain', 'closing', 'bad'] as const;
export type OverviewLevel = (typeof OVERVIEW_LEVELS)[number];

/** The marks of every lane over the whole trace, in buckets of equal time. */
export interface Overview {
  /** Where the first bucket begins, in milliseconds since the start of the trace. */
  readonly from: number;
  /** Milliseconds that a bucket holds. */
  readonly bucket: number;
  readonly counts: Uint32Array;
  /** Of each bucket the worst, as a place in OVERVIEW_LEVELS. */
  readonly worst: Uint8Array;
}

export interface TimelineAnswer {
  readonly revision: number;
  readonly overview: Overview;
  readonly spans: SpanColumns;
  readonly marks: MarkColumns;
  readonly strings: readonly string[];
}

export interface EventQuery {
  /** Rows to skip from the start of the (filtered) list. */
  readonly offset: number;
  /** At most 500. */
  readonly count: number;
  /** A filter that parseFilter takes; empty for all. */
  readonly text: string;
  /** Only events of this handle and what is below it. */
  readonly handle: HandleId | undefined;
  /** Looks no further than it has: what was found so far is the list. */
  readonly stopped?: boolean | undefined;
  /** Whether the handles of what was found are wanted too. */
  readonly owners?: boolean | undefined;
}

/** How good or bad a result is; never shown by colour alone. */
export type Tone = 'plain' | 'good' | 'pending' | 'bad';

/** One line of the event list. */
export interface EventRow {
  readonly seq: Seq;
  readonly time: number;
  readonly handle: HandleId | undefined;
  readonly handleLabel: string;
  readonly kind: TraceEvent['kind'];
  /** "InternetCloseHandle", "REQUEST_COMPLETE", "connection closed". */
  readonly title: string;
  readonly detail: string;
  readonly result: string;
  readonly tone: Tone;
  readonly thread: number;
}

export interface EventPage {
  readonly revision: number;
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly EventRow[];
  /** Events looked at so far: a search over a long trace goes on while its first answers are shown. */
  readonly looked: number;
  /** Whether `total` is the whole of it. */
  readonly complete: boolean;
  /** The handles of what was found so far, of a filter that asks for what only events have, when the query wants them. */
  readonly owners?: Uint32Array;
}

export type DetailsTarget = { readonly kind: 'event'; readonly seq: Seq } | { readonly kind: 'handle'; readonly handle: HandleId };

/** A name, its value in words, and what the value means. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly meaning: string | undefined;
  /** The flags that it is made of, or the fields of a structure. */
  readonly parts?: readonly Fact[];
  /** Of a value that tells a moment: which, in milliseconds since the start. A window may tell it otherwise. */
  readonly at?: number;
}

/** Bytes of an event as they were recorded. */
export interface RecordedBuffer {
  /** The parameter, and the way to it in a structure: "HttpResponse.pEntityChunks[0].pBuffer". */
  readonly name: string;
  readonly hex: string;
  /** Of the whole; longer than what was kept where the record cut it. */
  readonly length: number;
}

/**
 * How another event belongs to one. cause: why it came. call, return, completion: of the same call. sibling: a callback
 * while that call was under way. previous, next: on the same handle.
 */
export const RELATED_ROLES = ['cause', 'call', 'return', 'completion', 'sibling', 'previous', 'next'] as const;
export interface RelatedEvent {
  readonly role: (typeof RELATED_ROLES)[number];
  readonly row: EventRow;
}

/** A step of the explanation of how a handle ended: what was observed, and what the page says of it. */
export interface ExplainedStep {
  readonly seq: Seq | undefined;
  /** Milliseconds since the close or cancel was asked for; undefined for what is still owed. */
  readonly offset: number | undefined;
  readonly title: string;
  readonly result: string;
  readonly tone: Tone;
  readonly documented: string;
}

export type Details =
  | {
      readonly kind: 'event';
      readonly event: TraceEvent;
      readonly title: string;
      readonly facts: readonly Fact[];
      readonly parameters: readonly Fact[];
      readonly buffers: readonly RecordedBuffer[];
      /** The reference page of the function or callback. */
      readonly page: string | undefined;
      readonly related: readonly RelatedEvent[];
      /** Of a close or a cancel: what came of it. */
      readonly explained: readonly ExplainedStep[];
    }
  | {
      readonly kind: 'handle';
      readonly node: HandleNode;
      readonly facts: readonly Fact[];
      readonly explained: readonly ExplainedStep[];
      /** Why it is still open; offsets are from its creation. Empty once it has ended. */
      readonly stillOpen: readonly ExplainedStep[];
      /** A server request: its head and body so far, as text. */
      readonly message: string | undefined;
      readonly page: string | undefined;
    };
