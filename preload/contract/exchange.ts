import type { DiffRow, DiffSummary } from './comparison';
import type { ExportFormat, PictureFormat } from './export';
import type { HandleId, Seq } from './ids';

/** What the window asks to be written. Where, main asks the person: the window names no file. */
export type ExportRequest =
  /** Of the trace; text and handle choose rows where the format is of the event list. */
  | { readonly kind: 'record'; readonly format: ExportFormat; readonly text: string; readonly handle: HandleId | undefined }
  /** A picture that the window has drawn. */
  | { readonly kind: 'picture'; readonly format: PictureFormat; readonly bytes: Uint8Array };

export type ExportOutcome =
  /** `name` is the file's without its folder. */
  | { readonly kind: 'written'; readonly name: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** An export or a comparison that is under way. */
export interface ExchangeProgress {
  /** "Export events.csv", "Compare with before.hinspect". */
  readonly title: string;
  /** From 0 to 1. */
  readonly part: number;
}

/** Names a finding: its rule and the event that tells it. */
export interface FindingName {
  readonly rule: string;
  readonly event: Seq | undefined;
}

export type CompareOutcome =
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** Two sessions: A is the one that the window shows, as it was at that moment. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly summary: DiffSummary;
}

export interface DiffPageQuery {
  readonly offset: number;
  /** At most 500. */
  readonly count: number;
  /** Only rows that are not the same. */
  readonly differing: boolean;
}

export interface DiffPage {
  readonly offset: number;
  /** Rows in all, with or without those that are the same. */
  readonly total: number;
  readonly rows: readonly DiffRow[];
}

export interface NextDifferenceQuery {
  /** A row among all of them; -1 for before the first. */
  readonly from: number;
  readonly direction: 'next' | 'previous';
}
