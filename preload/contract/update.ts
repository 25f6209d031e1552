import type { ExchangeProgress } from './exchange';
import type { FindingCounts } from './finding';
import type { HandleNode } from './handle';
import type { HandleId } from './ids';
import type { Annotations, Opening, ShownRecording } from './session';
import type { OthersProgress } from './record-others';
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
  readonly events: number;
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

export interface StepReport {
  readonly index: number;
  /** The step in words: "InternetCloseHandle($request)". */
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'known-difference';
  /** What the page says, from the step's expectations. */
  readonly documented: string;
  readonly observed: string;
}

export interface ScenarioProgress {
  readonly id: string;
  readonly title: string;
  readonly state: 'running' | 'passed' | 'failed' | 'stopped';
  readonly step: number;
  readonly steps: number;
  readonly reports: readonly StepReport[];
  /** Set when it failed or could not run. */
  readonly message: string | undefined;
}

/** What main tells the window, at most once a frame. */
export interface Update {
  readonly revision: number;
  /** Nodes that are new or changed since the last update, parents before children. */
  readonly nodes: readonly HandleNode[];
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
  /** What is waited for before the app leaves; undefined while it stays. */
  readonly leaving: string | undefined;
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
}
