import type { Mute } from './annotation';
import type { HandleKind } from './handle';
import type { HandleId, Seq } from './ids';

/** From the mildest: what the page says will happen, what is likely a mistake, what breaks the page. */
export const SEVERITIES = ['note', 'warning', 'error'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whether a severity is at least another. */
export function reaches(severity: Severity, floor: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(floor);
}

/** What a rule is, apart from any trace: a row of the table of rules. */
export interface RuleInfo {
  readonly id: string;
  /** The worst that it can be; a finding may be milder. */
  readonly severity: Severity;
  /** What it watches for, in a sentence. */
  readonly says: string;
  /** What to do about it, in a line. */
  readonly fix: string;
  /** The address of the reference page that the rule is read from. */
  readonly page: string;
}

/** A place where a trace breaks a lifetime rule, or does what the rule warns of. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** One sentence that names the handles and the events. */
  readonly message: string;
  readonly fix: string;
  readonly page: string;
  /** The lane it belongs to. */
  readonly handle: HandleId | undefined;
  /** Every handle that it names, its own first. */
  readonly handles: readonly HandleId[];
  /** The events that prove it, the telling one first. */
  readonly events: readonly Seq[];
  /** Milliseconds since the start of the trace. */
  readonly time: number;
  /** The scenario step that did it says that it is to fail: the misuse is on purpose, and the finding a note. */
  readonly provoked: boolean;
  /** True of the trace as it stands now: it goes when what is owed still comes. */
  readonly standing: boolean;
  /** Why it is not to be told, in the words of whoever muted it; undefined for one that counts. */
  readonly muted: string | undefined;
}

export type FindingCounts = { readonly [S in Severity]: number };

/** Handles of one origin that nobody has closed. */
export interface LeakGroup {
  /** Who made them: a command of the window, a scenario step, an imported thread. */
  readonly origin: string;
  /** The function that made them. */
  readonly api: string;
  readonly kind: HandleKind;
  readonly handles: readonly OpenHandle[];
}

export interface OpenHandle {
  readonly id: HandleId;
  readonly label: string;
  readonly createdBy: Seq;
  /** Milliseconds since it was made. */
  readonly age: number;
  /** Milliseconds since the last event that was about it. */
  readonly idle: number;
  readonly pending: number;
}

/** What the referee has to say now: the findings in the order of their events, and what is open. */
export interface FindingsAnswer {
  readonly revision: number;
  readonly findings: readonly Finding[];
  /** Of those that are not muted. */
  readonly counts: FindingCounts;
  /** Findings that a mute keeps quiet. */
  readonly mutedCount: number;
  /** What is muted in this recording, and why. */
  readonly mutes: readonly Mute[];
  /** Findings that were counted and not kept, because a rule had more than can be read. */
  readonly notKept: number;
  readonly rules: readonly RuleInfo[];
  readonly leaks: readonly LeakGroup[];
}
