import type { Severity } from './finding';
import type { HandleId, Seq } from './ids';

/** How a step of one session stands to the other: the same in both, different, or in one alone. */
export const DIFF_STATES = ['same', 'changed', 'only-a', 'only-b'] as const;
export type DiffState = (typeof DIFF_STATES)[number];

/** A call or callback of one session, as a row shows it. */
export interface DiffSide {
  readonly seq: Seq;
  /** Milliseconds since the start of its trace. */
  readonly time: number;
  /** Milliseconds from the call to its return, or to the completion of one that pended; undefined for what has no length. */
  readonly duration: number | undefined;
  readonly thread: number;
  readonly handle: HandleId | undefined;
  readonly handleLabel: string;
  readonly title: string;
  readonly detail: string;
  readonly result: string;
  /** The worst finding that this side has here and the other has not. */
  readonly finding: Severity | undefined;
}

/** A value that the two sides do not share, by its name: "error", "payload", "out.lpdwNumberOfBytesRead". */
export interface DiffValue {
  readonly field: string;
  readonly a: string;
  readonly b: string;
}

export interface DiffRow {
  readonly index: number;
  readonly state: DiffState;
  readonly a: DiffSide | undefined;
  readonly b: DiffSide | undefined;
  /** Empty for what is the same and for what is in one alone. */
  readonly values: readonly DiffValue[];
  /** How many times as long it took in B, where that is beyond the threshold; below 1 it was faster. */
  readonly ratio: number | undefined;
}

/** A finding that only one of the sessions has. */
export interface DiffFinding {
  readonly side: 'a' | 'b';
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly seq: Seq | undefined;
}

/** A handle that only one of the sessions has. */
export interface DiffHandle {
  readonly side: 'a' | 'b';
  readonly id: HandleId;
  readonly kind: string;
  readonly label: string;
}

export interface DiffSummary {
  readonly rows: number;
  readonly states: Readonly<Record<DiffState, number>>;
  /** Rows whose time differs beyond the threshold. */
  readonly times: number;
  readonly handles: readonly DiffHandle[];
  readonly findings: readonly DiffFinding[];
  /** Whether nothing differs but, perhaps, times. */
  readonly same: boolean;
}
