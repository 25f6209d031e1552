import { reaches, type Severity } from './finding';
import { WIN32_ERRORS } from './win32/constants/win32-errors';

/** What a sweep does at a moment: closes the handle, or cancels the request. */
export type SweepAction = 'close' | 'cancel';

/** Something of a scenario that a sweep can close or cancel: what one of its steps binds. */
export interface SweepTarget {
  readonly action: SweepAction;
  /** The binding, without its $. */
  readonly name: string;
  /** The function that makes the handle or receives the request. */
  readonly api: string;
}

/** What came of closing at one moment. */
export interface SweepCell {
  readonly kind: 'run';
  /** What the function returned, in words: "TRUE", "NO_ERROR". */
  readonly returned: string;
  /** GetLastError, or the returned error code; 0 for none. */
  readonly lastError: number;
  /** The last error in words; empty for none. */
  readonly lastErrorWords: string;
  /** What was pending ended with; empty when nothing was. */
  readonly completions: readonly string[];
  /** Whether HANDLE_CLOSING came, was owed and did not come, or was never owed. For a cancel: whether the connection closed. */
  readonly closing: 'came' | 'missing' | 'not owed';
  /** Milliseconds from the call until the handle was gone; undefined when it was not within the time. */
  readonly gone: number | undefined;
  readonly findings: readonly SweepFinding[];
  /** The session file of this run. */
  readonly trace: string | undefined;
}

export interface SweepFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
}

/** A run that did not come to its moment, or was not begun because the time was up or the person had enough. */
export type SweepBlank = { readonly kind: 'not reached' } | { readonly kind: 'not run' };

export interface SweepRow {
  readonly moment: string;
  readonly engine: string;
  readonly cell: SweepCell | SweepBlank;
}

/** The matrix: a row a moment and engine. */
export interface Sweep {
  readonly scenario: string;
  readonly engines: readonly string[];
  readonly action: SweepAction;
  /** The binding that was closed or cancelled. */
  readonly target: string;
  readonly rows: readonly SweepRow[];
}

/** How far a sweep of the window is; what main tells of it with every update. */
export interface SweepStatus {
  /** Grows with everything that there is to ask for anew. */
  readonly revision: number;
  readonly state: 'running' | 'finished' | 'stopped' | 'failed';
  /** Runs that have ended, of those known so far: an engine's moments are known once it has run the scenario as it is. */
  readonly done: number;
  readonly of: number;
}

/** The sweep of the window, as far as it is. */
export interface SweepAnswer {
  readonly status: SweepStatus;
  /** Its scenario in the gallery. */
  readonly id: string;
  readonly title: string;
  readonly sweep: Sweep;
  /** Why it failed. */
  readonly message: string | undefined;
}

/** Whether a cell shows what should not be. A cancel that came too late for its request is the race that a sweep looks for. */
export function isBad({ findings, closing, lastError }: SweepCell): boolean {
  return findings.some(({ severity }) => reaches(severity, 'warning')) || (closing === 'missing' && lastError !== WIN32_ERRORS.ERROR_CONNECTION_INVALID);
}
