import type { HandleId } from './ids';

/** What people add to a recording. It is kept beside the events, never among them: the record stays what was observed. */

interface AnnotationBase {
  /** Unique in its recording; letters, digits and hyphens, at most 64. */
  readonly id: string;
  /** ISO 8601 time at which it was written. */
  readonly writtenAt: string;
}

/** Where a note or a bookmark stands: at a moment (milliseconds since the start of the trace), or on a handle for its whole life. */
export type AnnotationPlace = { readonly kind: 'time'; readonly time: number } | { readonly kind: 'handle'; readonly handle: HandleId };

export interface Note extends AnnotationBase {
  readonly kind: 'note';
  readonly place: AnnotationPlace;
  /** Not empty, at most LONGEST_ANNOTATION characters. */
  readonly text: string;
}

/** A moment to come back to. */
export interface Bookmark extends AnnotationBase {
  readonly kind: 'bookmark';
  /** Milliseconds since the start of the trace. */
  readonly time: number;
}

/** A rule whose findings are not to be told, and why. */
export interface Mute extends AnnotationBase {
  readonly kind: 'mute';
  /** RuleInfo.id. */
  readonly rule: string;
  /** Only findings that name this handle; undefined for every one of the rule. */
  readonly handle: HandleId | undefined;
  readonly reason: string;
}

export type Annotation = Note | Bookmark | Mute;

/** An annotation before it was given its id and time. */
export type AnnotationDraft = Annotation extends infer A ? (A extends Annotation ? Omit<A, 'id' | 'writtenAt'> : never) : never;

/** Characters of a note's text or a mute's reason. */
export const LONGEST_ANNOTATION = 4000;

/** Annotations that one recording holds at most. */
export const MOST_ANNOTATIONS = 10_000;
