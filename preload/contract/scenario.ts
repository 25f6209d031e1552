import type { HandleId, Seq } from './ids';

/** Where a run is to be held. */
export interface ScenarioBreaks {
  /** Lines of the text on which steps begin, from 1. */
  readonly lines: readonly number[];
  /** INTERNET_STATUS values of callbacks, or all of them. */
  readonly callbacks: readonly number[] | 'every';
}

export const NO_BREAKS: ScenarioBreaks = { lines: [], callbacks: [] };

/** Bounds of what the window sends; no scenario that a person wrote comes near them. */
export const LONGEST_SCENARIO = 64 * 1024;
export const MOST_BREAKS = 1000;

/** A step by where it stands: "3.2" is the second step inside the third one's `do`. */
export interface StepPlace {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** In words: "InternetCloseHandle($request)". */
  readonly title: string;
}

/** Where a run is held now. */
export type ScenarioHold =
  | { readonly at: 'step'; readonly step: StepPlace; readonly why: 'step' | 'breakpoint' | 'pause' }
  | {
    readonly at: 'callback';
    /** "HANDLE_CLOSING". */
    readonly status: string;
    readonly event: Seq;
    readonly handle: HandleId | undefined;
    readonly thread: number;
    /** Whether its thread waits; false on an engine whose callbacks return at once, where only the steps wait. */
    readonly threadHeld: boolean;
  }
  | { readonly at: 'pause' };

/** Two sequences side by side: what was expected, and what came. */
export interface ListComparison {
  /** What is compared: "callbacks.exactly". */
  readonly what: string;
  readonly rows: readonly ListRow[];
}

export interface ListRow {
  /** Undefined where something came that nothing stands for. */
  readonly expected: string | undefined;
  /** Undefined where it did not come. */
  readonly observed: string | undefined;
  readonly held: boolean;
}
