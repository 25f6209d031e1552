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

/** What the language says of a text. */
export interface ScenarioCheck {
  /** In the order of the text; empty for a scenario. Both places count from 1. */
  readonly problems: readonly { readonly line: number; readonly column: number; readonly message: string }[];
  /** Problems beyond those. */
  readonly more: number;
  /** Of a text that is a scenario. */
  readonly title: string;
  readonly steps: readonly StepPlace[];
}

/** A place in a text, counted in UTF-16 units from its start. */
export interface ScenarioQuestion {
  readonly text: string;
  readonly offset: number;
}

export interface ScenarioOption {
  readonly label: string;
  readonly kind: 'key' | 'function' | 'parameter' | 'constant' | 'name' | 'value';
  /** What it is, in a few words. */
  readonly detail: string;
}

/** What can stand at a place, in place of what stands there from `from` on. */
export interface ScenarioCompletions {
  readonly from: number;
  readonly options: readonly ScenarioOption[];
}

/** What a word of a scenario means. */
export interface ScenarioHelp {
  readonly from: number;
  readonly to: number;
  readonly title: string;
  readonly text: string;
  /** Its page of Microsoft's reference. */
  readonly page: string | undefined;
}

/** A scenario file that the person chose. */
export type OpenedScenario =
  | { readonly kind: 'opened'; readonly name: string; readonly text: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

export interface SaveScenarioRequest {
  readonly text: string;
  /** What the file is to be called, where the person does not say otherwise; without its extension. */
  readonly name: string;
}

export type SavedScenario =
  | { readonly kind: 'written'; readonly name: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };
