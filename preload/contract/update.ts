import type { AppUpdateState } from './app-update';
import type { ExchangeProgress } from './exchange';
import type { FindingCounts } from './finding';
import type { HandleNode } from './handle';
import type { HandleId, Seq } from './ids';
import type { NodeColumns } from './node-columns';
import type { Annotations, Opening, ShownRecording } from './session';
import type { OthersProgress } from './record-others';
import type { ListComparison, ScenarioHold, StepPlace } from './scenario';
import type { SweepStatus, SweepTarget } from './sweep';

export interface EngineStatus {
  readonly kind: 'portable' | 'native' | 'host';
  readonly description: string;
  /** Why a function cannot be called, by its name; a function not listed can. */
  readonly unavailable: Readonly<Record<string, string>>;
  readonly lost: string | undefined;
  /** True when the app runs in Windows session 0, where WinINet is not supported. */
  readonly service: boolean;
}

/**
 * Whether every event is on disk as it happens. none: nobody asked for a journal. stopped: it could not be made or went
 * on no longer, for the reason given; the recording goes on.
 */
export type JournalStatus = { readonly state: 'none' } | { readonly state: 'saved' } | { readonly state: 'stopped'; readonly reason: string };

export interface RecorderStatus {
  /** Since the recording began, those that were dropped among them. */
  readonly events: number;
  /** Places that are of recordings before this one: the first event that could be kept has this place. */
  readonly earlier: number;
  readonly dropped: number;
  /** Handles that were forgotten with them: they had ended, and no event that is kept tells of them. */
  readonly forgotten: number;
  readonly perSecond: number;
  /** Microseconds the recorder takes for an event, mean of the last second. */
  readonly microsPerEvent: number;
  readonly journal: JournalStatus;
  /** Milliseconds since the start of the trace, now. */
  readonly now: number;
}

export interface StepReport extends StepPlace {
  readonly index: number;
  readonly state: 'passed' | 'failed' | 'known-difference';
  /** What the page says of the step, in the words of the scenario's notes; else what the step expects. */
  readonly documented: string;
  /** What the step expects, in words; empty when it expects nothing. */
  readonly expected: string;
  readonly observed: string;
  /** Each expectation that did not hold. */
  readonly failures: readonly { readonly what: string; readonly expected: string; readonly observed: string }[];
  /** Sequences that were compared, item by item. */
  readonly lists: readonly ListComparison[];
  /** Why it differs on this engine, for a known difference. */
  readonly why: string | undefined;
  /** Its first event and the one behind its last; undefined for what was judged when the run was over. */
  readonly events: { readonly from: Seq; readonly to: Seq } | undefined;
  /** Milliseconds, without those for which the run was held. */
  readonly took: number;
}

export interface ScenarioProgress {
  /** Counts the runs of this start, from 1: the same scenario run again is another one. */
  readonly run: number;
  readonly id: string;
  readonly title: string;
  readonly state: 'running' | 'passed' | 'failed' | 'stopped';
  readonly step: number;
  readonly steps: number;
  readonly reports: readonly StepReport[];
  /** The step that began last; undefined before the first and when the run is over. */
  readonly current: StepPlace | undefined;
  /** Where it is held; undefined while it goes on. */
  readonly held: ScenarioHold | undefined;
  /** Why it ended before its last step, as is known of this engine: a function that it lacks. */
  readonly endedEarly: string | undefined;
  /** Set when it failed or could not run. */
  readonly message: string | undefined;
}

/** What main tells the window, at most once a frame. */
export interface Update {
  readonly revision: number;
  /** Nodes that are new or changed since the last update, parents before children. */
  readonly nodes: readonly HandleNode[];
  /** The same where they are many: then `nodes` is empty. */
  readonly many?: NodeColumns;
  /** Handles that are forgotten since the last update: every event that told of them has left the history. */
  readonly removed: readonly HandleId[];
  readonly recorder: RecorderStatus;
  readonly engine: EngineStatus;
  readonly scenario: ScenarioProgress | undefined;
  /** How far the close sweep is; undefined before the first one. */
  readonly sweep: SweepStatus | undefined;
  /** How far a recording of another program is; undefined while there is none. */
  readonly others: OthersProgress | undefined;
  /** An export or a comparison that is under way. */
  readonly exchange: ExchangeProgress | undefined;
  /** Where the application stands with versions newer than itself. */
  readonly appUpdate: AppUpdateState;
  /** What is waited for before the app leaves; undefined while it stays. */
  readonly leaving: string | undefined;
  /** The accent that the person chose for their system, as #rrggbb; undefined where there is none. */
  readonly accent: string | undefined;
  /** Findings of the referee so far, those left out that stand only while nothing more comes. */
  readonly findings: FindingCounts;
  readonly shown: ShownRecording;
  /** The file that is being read, while one is. */
  readonly opening: Opening | undefined;
  /** Left out while they are what they were. */
  readonly annotations?: Annotations;
}

export interface GalleryEntry {
  /** Its path in the gallery without the extension: "tour/1-close-while-pending". */
  readonly id: string;
  readonly group: 'tour' | 'rules' | 'more';
  readonly title: string;
  readonly source: string;
  readonly notes: string;
  /** The YAML text. */
  readonly text: string;
  /** What of it a sweep can close or cancel. */
  readonly targets: readonly SweepTarget[];
  /** The functions that it calls, each once, without A or W, in the order of its steps. */
  readonly calls: readonly string[];
}
